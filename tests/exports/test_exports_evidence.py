"""Kept evidence as JSON Resume and as a table: valid, complete, and read back as it was."""

import copy
import csv
import io
import json
import re
from typing import Any

import pytest

import profiles
from domain import Document, Doubt, Evidence, Persona, Profile, Record, SourceSpan
from exports.evidence import KEY, iso, to_csv, to_json_resume
from language import quantities
from language.digests import digest_of
from profiles.json_documents import read_json
from store import Item, KeptDocument  # the shape the functions are given in life

_DATE = re.compile(r"[12]\d{3}(?:-[01]\d(?:-[0-3]\d)?)?")
# The sections of the schema, and which of their fields are no plain text. All else may be added in entries.
_ENTRIES: dict[str, dict[str, type]] = {
    "work": {"highlights": list},
    "volunteer": {"highlights": list},
    "education": {"courses": list},
    "certificates": {},
    "projects": {"highlights": list, "keywords": list, "roles": list},
    "skills": {"keywords": list},
    "languages": {},
}


def evidence(id_: str, type_: Any, text: str, record: str | None = None, **fields: Any) -> Evidence:
    source = SourceSpan(document="cv.pdf", place=f"line {id_[1:]}", page=1, start=7, end=9)
    return Evidence(
        id=id_, type=type_, text=text, record=record, numbers=quantities.find(text), source=source, **fields
    )


RECORDS = (
    Record(id="r1", kind="role", title="Engineer", organization="Northwind", start="Mar 2021", current=True),
    Record(id="r2", kind="degree", title="BSc", area="Physics", organization="Porto", end="Summer 2013"),
    Record(id="r3", kind="project", title="Quayside", links=("https://q.example/x", "https://q.example/y")),
    Record(id="r4", kind="certificate", title="CKA", organization="CNCF", end="2022-05-01"),
    Record(id="r5", kind="volunteering", title="Trainer", organization="Code Club", start="a while ago"),
    Record(id="r6", kind="role", title="Spy", organization="Secret Service"),
)
EVIDENCE = (
    evidence("e1", "role", "Engineer, Northwind, Mar 2021 – now", "r1"),
    evidence("e2", "bullet", "Cut deploys by 40 %.", "r1", links=("https://n.example",)),
    evidence("e3", "degree", "BSc in Physics, Porto", "r2"),
    evidence("e4", "degree", "Thesis on tides.", "r2"),
    evidence("e5", "project", "Berth booking for harbours.", "r3"),
    evidence("e6", "bullet", "Used by 12 harbours.", "r3"),
    evidence("e7", "skill", "TypeScript", "r3"),
    evidence("e8", "certificate", "CKA, CNCF", "r4"),
    evidence("e9", "bullet", "Taught 30 children.", "r5"),
    evidence("e10", "summary", "Engineer who likes harbours."),
    evidence("e11", "skill", "Python"),
    evidence("e12", "language", "Portuguese (native)"),
    evidence("e13", "bullet", "Wrote things."),
    evidence("e14", "bullet", "Spied on 007.", "r6", confidential=True),
    evidence("e15", "project", "A kite.", doubts=(Doubt(about="owner", question="Whose?"),), confidence=0.4),
)
PROFILE = Profile(
    id="p-3",
    kept_as="p",
    name="Ada Okafor",
    persona=Persona.SERVICE_PROVIDER,
    headline="Engineer",
    email="ada@example.org",
    phone="+351 1",
    postal_address="1 Quay, Porto",
    links=("https://ada.example", "https://code.example/ada"),
    language="de",
    records=RECORDS,
    evidence=EVIDENCE,
)
HIDDEN = evidence("e16", "bullet", "Hidden words.", "r1")
ITEMS = tuple(
    Item(
        evidence=each,
        document="d1",
        state="hidden" if each is HIDDEN else "read",
        original="Cut deploys by 40." if each.id == "e2" else "",
        corrected=each.id == "e2",
        read_from=each.source,
        also_in=(SourceSpan(document="p.csv", place="row 4"),) if each.id == "e5" else (),
    )
    for each in (*EVIDENCE, HIDDEN)
)
PAPERS = (
    KeptDocument(
        id="d1",
        document=Document(name="cv.pdf", digest="0" * 64, format="PDF", text="…", parser="plain"),
        imported_at="2026-01-01T00:00:00Z",  # type: ignore[arg-type]
    ),
)


@pytest.fixture(scope="module")
def resume() -> Any:
    return json.loads(to_json_resume(PROFILE, ITEMS, PAPERS))


def test_it_is_valid_json_resume(resume: Any) -> None:
    assert set(resume) <= {"$schema", "basics", "meta", *_ENTRIES}  # the schema allows nothing else here
    assert all(
        isinstance(resume["basics"].get(name, ""), str) for name in ("name", "label", "url", "summary")
    )
    for section, shapes in _ENTRIES.items():
        for entry in resume[section]:
            for name, value in entry.items():
                if name == KEY:
                    continue
                assert isinstance(
                    value, shapes.get(name, list if name in {"keywords", "highlights"} else str)
                )
                if name in {"startDate", "endDate", "date"}:
                    assert _DATE.fullmatch(str(value)), value
                if name == "url":
                    assert str(value).startswith("https://")


def test_other_tools_see_what_a_resume_shows(resume: Any) -> None:
    def bare(section: str) -> list[dict[str, Any]]:
        return [{k: v for k, v in entry.items() if k != KEY} for entry in resume[section]]

    assert bare("work") == [
        {
            "name": "Northwind",
            "position": "Engineer",
            "startDate": "2021-03",
            "highlights": ["Cut deploys by 40 %."],
        },
        {"highlights": ["Wrote things."]},
    ]
    assert bare("education") == [
        {
            "institution": "Porto",
            "studyType": "BSc",
            "area": "Physics",
            "endDate": "2013",
            "highlights": ["Thesis on tides."],
        }
    ]
    assert bare("projects") == [
        {
            "name": "Quayside",
            "url": "https://q.example/x",
            "description": "Berth booking for harbours.",
            "keywords": ["TypeScript"],
            "highlights": ["Used by 12 harbours."],
        },
        {"description": "A kite."},
    ]
    assert bare("certificates")[0] == {
        "name": "CKA",
        "issuer": "CNCF",
        "date": "2022-05-01",
        "highlights": ["CKA, CNCF"],
    }
    assert bare("volunteer") == [
        {"organization": "Code Club", "position": "Trainer", "highlights": ["Taught 30 children."]}
    ]
    assert bare("skills") == [{"name": "Python"}]
    assert resume["basics"]["summary"] == "Engineer who likes harbours."


def test_neither_hidden_nor_confidential_items_stand_where_other_tools_look(resume: Any) -> None:
    shown = json.dumps({name: value for name, value in resume.items() if name != "meta"})
    for words in ("Hidden words", "Spied", "Secret Service"):
        assert words not in shown
    [hidden] = resume["meta"][KEY]["hidden"]
    assert (hidden["text"], hidden["state"]) == ("Hidden words.", "hidden")


def test_each_entry_says_where_its_items_stand(resume: Any) -> None:
    told = resume["work"][0][KEY]
    assert told["record"]["start"] == "Mar 2021"
    assert told["items"][1] == {
        "id": "e2",
        "type": "bullet",
        "state": "read",
        "verbatim": "Cut deploys by 40.",
        "document": "cv.pdf",
        "place": "line 2",
        "page": 1,
        "start": 7,
        "end": 9,
    }
    assert resume["projects"][0][KEY]["items"][0]["alsoIn"] == [{"document": "p.csv", "place": "row 4"}]


def test_the_profile_in_it_is_read_back_as_it_was(resume: Any) -> None:
    again = read_json(json.dumps(resume["meta"][KEY]["profile"]), "export.json")
    assert again == PROFILE.model_copy(
        update={"id": again.id, "kept_as": ""}
    )  # an index of here is not known there


def test_the_whole_file_is_read_back_as_it_was(resume: Any) -> None:
    again = read_json(json.dumps(resume), "export.json")
    assert again == PROFILE.model_copy(update={"id": again.id, "kept_as": ""})


def test_a_file_changed_by_hand_is_read_by_its_sections(resume: Any) -> None:
    resume = copy.deepcopy(resume)
    resume["basics"]["name"] = "Somebody Else"
    assert read_json(json.dumps(resume), "export.json").name == "Somebody Else"


def test_a_confidential_role_stands_in_no_section() -> None:
    evidence = tuple(
        item.model_copy(update={"confidential": item.confidential or item.type == "role"})
        for item in PROFILE.evidence
    )
    profile = PROFILE.model_copy(update={"evidence": evidence})
    items = [Item(evidence=each, document="d1", read_from=each.source) for each in evidence]
    told = json.loads(to_json_resume(profile, items))
    assert "Northwind" not in json.dumps({name: part for name, part in told.items() if name != "meta"})


def test_its_sections_alone_are_read_as_a_resume(resume: Any) -> None:
    del resume["meta"]
    again = read_json(json.dumps(resume), "export.json")
    assert (again.name, again.email, again.links) == (PROFILE.name, PROFILE.email, PROFILE.links)
    facts = {(each.kind, each.title, each.organization) for each in again.records}
    assert facts >= {
        (each.kind, each.title, each.organization) for each in RECORDS if each.id in ("r1", "r2", "r3", "r4")
    }
    texts = {each.text for each in again.evidence}
    assert {each.text for each in EVIDENCE if each.type == "bullet" and not each.confidential} <= texts


def test_the_sample_person_survives_the_journey() -> None:
    for persona in Persona:
        sample = profiles.sample(persona)
        items = [Item(evidence=each, document="d1", read_from=each.source) for each in sample.evidence]
        resume = json.loads(to_json_resume(sample, items))
        again = read_json(json.dumps(resume["meta"][KEY]["profile"]), "x")
        assert (again.records, again.evidence) == (sample.records, sample.evidence)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mar 2021", "2021-03"),
        ("2021", "2021"),
        ("2021-03-09", "2021-03-09"),
        ("Summer 2013", "2013"),
        ("03/2021", "2021-03"),
        ("Present", ""),
        ("a while ago", ""),
        ("", ""),
    ],
)
def test_dates_are_no_finer_than_written(written: str, expected: str) -> None:
    assert iso(written) == expected


# --- the table ---------------------------------------------------------------------------------------


def rows_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_an_item() -> None:
    rows = rows_of(to_csv(PROFILE, ITEMS, PAPERS))
    assert [row["id"] for row in rows] == [each.evidence.id for each in ITEMS]
    second, last = rows[1], rows[-1]
    assert (second["text"], second["as read"]) == ("Cut deploys by 40 %.", "Cut deploys by 40.")
    assert (second["organization"], second["start"], second["page"]) == ("Northwind", "Mar 2021", "1")
    assert last["state"] == "hidden"
    assert rows[4]["also in"] == "p.csv, row 4"
    assert rows[14]["questions"] == "Whose?"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", 'x;=cmd|" /C calc"!A0', "x\t=1", "x\n@y"],
)
def test_a_spreadsheet_computes_nothing_of_it(text: str) -> None:
    item = evidence("e1", "bullet", text)
    data = to_csv(
        Profile(id="", name="", evidence=(item,)), [Item(evidence=item, document="d1", read_from=item.source)]
    )
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator):
            for cell in row:
                assert not cell.strip().startswith(("=", "+", "-", "@", "＝"))


def test_the_digest_is_of_the_sections_in_any_order() -> None:
    resume = json.loads(to_json_resume(PROFILE, ITEMS, PAPERS))
    again = dict(reversed(resume.items()))
    assert digest_of(again) == digest_of(resume) == resume["meta"][KEY]["digest"]
    assert digest_of(resume | {"skills": []}) != digest_of(resume)
