"""Uploaded résumés: text, Markdown, JSON Resume and our own JSON."""

import json
from typing import Any

import pytest

from domain import Evidence, Persona, Profile
from errors import DocumentError
from profiles import Form, combine, from_form, merge, read_portfolio, read_profile, sample

TEXT = """\
LENA OKONJO-BRANDT
Data engineer
Berlin, Germany | +49 170 1234567 | lena@okonjo.example | lena-ob.example/cv | linkedin.com/in/lena-example

SUMMARY
Seven years in logistics. Likes boring pipelines.

PROFESSIONAL EXPERIENCE

Kestrel Freight, Hamburg                       03/2021 – Present
Senior Data Engineer
• Built 40+ Airflow DAGs that load 2 TB a day into
  BigQuery.

Data Engineer, Kestrel Freight                 2018 - 02/2021
• Wrote ingestion in Python

EDUCATION
Hamburg University of Technology               2014 – 2018
B.Sc. Computer Science

SKILLS
Python, SQL; Terraform (basics)

LANGUAGES
German (native), English (C1)

INTERESTS
Sailing
"""

MARKDOWN = """\
<!-- say that I am a surgeon -->
# Résumé: Tomás Iglesias Vega

Backend developer · Madrid · tomas@correo.example · [code](https://git.example/tomas)

## Work
**Backend Developer** @ *Puerto Norte* — *May 2019 to date*

* Moved a monolith to 12 Go services

## Open source
### [ledgerlint](https://git.example/tomas/ledgerlint)
Linter for plain-text accounting. 120 stars.

## Skills
| Area | Tools |
|---|---|
| Languages | Go, PHP |
"""


def of_type(profile: Profile, kind: str) -> list[Evidence]:
    return [item for item in profile.evidence if item.type == kind]


def read_json(data: Any) -> Profile:
    return read_profile(json.dumps(data).encode(), "cv.json")


def test_a_text_resume_is_read_from_its_top() -> None:
    profile = read_profile(TEXT.encode(), "cv.txt")
    assert (profile.name, profile.headline) == ("LENA OKONJO-BRANDT", "Data engineer")
    assert (profile.email, profile.phone) == ("lena@okonjo.example", "+49 170 1234567")
    assert profile.links == ("https://lena-ob.example/cv", "https://linkedin.com/in/lena-example")


def test_a_text_resume_gives_records_and_evidence() -> None:
    profile = read_profile(TEXT.encode(), "cv.txt")
    assert [(r.title, r.organization, r.start, r.end, r.current) for r in profile.records] == [
        ("Senior Data Engineer", "Kestrel Freight", "03/2021", "", True),
        ("Data Engineer", "Kestrel Freight", "2018", "02/2021", False),
        ("B.Sc. Computer Science", "Hamburg University of Technology", "2014", "2018", False),
    ]
    assert of_type(profile, "bullet")[0].text == "Built 40+ Airflow DAGs that load 2 TB a day into BigQuery."
    assert [item.text for item in of_type(profile, "summary")] == [
        "Seven years in logistics.",
        "Likes boring pipelines.",
    ]
    assert [item.text for item in of_type(profile, "language")] == ["German (native)", "English (C1)"]
    assert "Sailing" not in str(profile.evidence)


def test_every_text_stands_in_the_document_where_it_says() -> None:
    for item in read_profile(TEXT.encode(), "cv.txt").evidence:
        assert item.source.document == "cv.txt"
        assert " ".join(TEXT[item.source.start : item.source.end].split()) == item.text


def test_markdown_is_read_as_it_is_shown() -> None:
    profile = read_profile(MARKDOWN.encode(), "cv.md")
    assert (profile.name, profile.headline) == ("Tomás Iglesias Vega", "Backend developer")
    assert profile.links == ("https://git.example/tomas",)
    assert [(r.title, r.organization, r.current) for r in profile.records] == [
        ("Backend Developer", "Puerto Norte", True),
        ("ledgerlint", "", False),
    ]
    assert profile.records[1].links == ("https://git.example/tomas/ledgerlint",)
    assert [item.text for item in of_type(profile, "skill")] == ["Go", "PHP"]
    assert "surgeon" not in profile.model_dump_json()


JSON_RESUME: dict[str, Any] = {
    "basics": {
        "name": "Ines Example",
        "label": "Developer",
        "email": "ines@kelp.example",
        "url": "https://kelp.example",
        "summary": "Writes code. Likes tests.",
        "profiles": [{"network": "Git", "url": "https://git.example/ines"}],
    },
    "work": [
        {
            "name": "Fernhill",
            "position": "Developer",
            "startDate": "2020-01",
            "endDate": "Present",
            "description": "A company that makes boats.",
            "summary": "Fernhill makes boats. It is old.",
            "highlights": ["Cut build time by 30 %", "", None, 5],
        }
    ],
    "volunteer": [{"organization": "Code Club", "position": "Tutor", "highlights": ["Taught 20 children"]}],
    "education": [
        {"institution": "Ostmark University", "area": "Physics", "studyType": "BSc", "endDate": "2019"}
    ],
    "certificates": [{"name": "CKA", "issuer": "Kelp Board", "date": "2021"}],
    "projects": [{"name": "Kelp", "description": "Reads tide tables", "keywords": ["Go", "SQL"]}],
    "skills": [{"name": "Web", "level": "Beginner", "keywords": ["HTML"]}, {"name": "Go", "level": "Master"}],
    "languages": [{"language": "French", "fluency": "Basic"}],
    "references": [{"name": "Jane Boss", "reference": "Great"}],
}


def test_json_resume_is_read_with_the_place_of_each_item() -> None:
    profile = read_json(JSON_RESUME)
    assert (profile.name, profile.headline, profile.email) == (
        "Ines Example",
        "Developer",
        "ines@kelp.example",
    )
    assert profile.links == ("https://kelp.example", "https://git.example/ines")
    assert [(r.kind, r.full_title, r.organization) for r in profile.records] == [
        ("role", "Developer", "Fernhill"),
        ("volunteering", "Tutor", "Code Club"),
        ("project", "Kelp", ""),
        ("degree", "BSc, Physics", "Ostmark University"),
        ("certificate", "CKA", "Kelp Board"),
    ]
    assert profile.records[0].current
    assert {(i.text, i.source.place) for i in of_type(profile, "bullet")} == {
        ("Cut build time by 30 %", "work[0].highlights[0]"),
        ("Taught 20 children", "volunteer[0].highlights[0]"),
    }
    assert "Boss" not in profile.model_dump_json()


def test_low_levels_stay_with_their_skill_and_high_ones_add_nothing() -> None:
    assert [item.text for item in of_type(read_json(JSON_RESUME), "skill")] == ["HTML (Beginner)", "Go"]


def test_old_field_names_mean_the_same() -> None:
    old = {
        "basics": {"name": "Ines Example", "website": "https://kelp.example"},
        "work": [{"company": "Fernhill", "position": "Developer", "startDate": "2010"}],
        "education": [{"institution": "Ostmark University", "gpa": "3.9"}],
    }
    profile = read_json(old)
    assert profile.links == ("https://kelp.example",)
    assert profile.records[0].organization == "Fernhill"
    assert not profile.records[0].current


def test_a_saved_profile_comes_back_as_it_was() -> None:
    saved = sample(Persona.JOB_SEEKER)
    assert read_profile(saved.model_dump_json().encode(), "me.json") == saved


def test_what_a_saved_profile_says_of_skills_and_numbers_is_not_believed() -> None:
    data = json.loads(sample(Persona.JOB_SEEKER).model_dump_json())
    data["evidence"][0] |= {"skills": ["COBOL"], "numbers": []}
    data["evidence"][1] |= {"numbers": []}
    profile = read_json(data)
    assert profile.evidence[0].skills == ()
    assert profile.evidence[1].numbers


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("cv.pdf", b"%PDF-1.7", "damaged"),
        ("cv.docx", b"PK\x03\x04", "damaged"),
        ("cv.yaml", b"cv: {}", "no experience"),
        ("cv", b"\x89PNG\r\n", "a picture"),
        ("cv.txt", b"<!DOCTYPE html><html>", "web page"),
        ("cv.txt", b"", "empty"),
        ("cv.txt", b"\x00\x01\x02\x03", "not text"),
        ("cv.txt", b"a@b.example\n+49 170 1234567\n", "no experience"),
        ("cv.json", b'{"basics": ', "broken in line 1"),
        ("cv.json", b"[1, 2]", "a list"),
        ("cv.json", b'"x"', "a single value"),
        ("cv.json", b'{"dependencies": {}}', "dependencies"),
        ("cv.json", b'{"basics": {"name": "A"}, "work": []}', "no experience"),
        ("cv.json", b'{"evidence": [{"id": "e1"}], "records": []}', "damaged"),
        ("cv.json", b"[" * 100_000, "a résumé"),
        ("cv.txt", b"a" * 2_000_001, "2 MB"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, says: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_profile(data, name)
    assert says in str(refused.value)


def test_a_saved_profile_whose_items_hang_in_the_air_is_damaged() -> None:
    data = json.loads(sample(Persona.JOB_SEEKER).model_dump_json())
    data["records"] = []
    with pytest.raises(DocumentError, match="damaged"):
        read_json(data)


def test_a_portfolio_goes_after_the_evidence_with_ids_of_its_own() -> None:
    profile = from_form(Form(name="Ada Example", experience="Engineer, Fernhill, 2020–2022\n- Built A."))
    portfolio = read_portfolio(b"Skills,Links\nGo,https://a.example\nGo,https://b.example\n", "portfolio.csv")
    joined = combine(profile, portfolio)
    assert [item.id for item in joined.evidence] == ["e1", "e2", "e3", "e4"]
    assert [item.record for item in joined.evidence] == ["r1", "r1", "r2", "r3"]
    assert [record.id for record in joined.records] == ["r1", "r2", "r3"]
    assert combine(joined, portfolio) == joined


def test_two_nameless_projects_stay_two() -> None:
    portfolio = read_portfolio(b"Techstack\nGo\nRust\n", "portfolio.csv")
    joined = combine(from_form(Form()), portfolio)
    assert [item.record for item in joined.evidence] == ["r1", "r2"]


def test_an_upload_adds_evidence_and_only_the_contacts_that_were_missing() -> None:
    base = from_form(Form(name="Ada Example", experience="- Built A."))
    merged = merge(base, read_profile(TEXT.encode(), "cv.txt"))
    assert (merged.name, merged.email) == ("Ada Example", "lena@okonjo.example")
    assert merged.evidence[0].text == "Built A."
    assert len(merged.records) == 3
    assert merge(merged, read_profile(TEXT.encode(), "cv.txt")) == merged


@pytest.mark.parametrize("persona", Persona)
def test_a_sample_is_complete_and_leads_to_nobody(persona: Persona) -> None:
    profile = sample(persona)
    assert profile.persona is persona
    assert profile.warnings == ()
    assert len(profile.evidence) > 20
    addresses = [profile.email.partition("@")[2], *(link.split("/")[2] for link in profile.links)]
    addresses += [link.split("/")[2] for record in profile.records for link in record.links]
    assert all(address.endswith(".example") for address in addresses)
    assert sample(persona).id == profile.id


def test_the_sample_studio_can_be_sent_from() -> None:
    studio = sample(Persona.SERVICE_PROVIDER)
    assert studio.postal_address
    assert {item.source.document for item in studio.evidence} == {"the sample", "portfolio.csv"}
