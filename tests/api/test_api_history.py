"""Saved drafts through the API: found, seen, changed, marked and taken away, each by its own person alone."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

import outreach
from domain import Draft, DraftKind, Persona
from store import DraftVersion, History, SavedDraft, Store
from tests.api.conftest import PAGE
from tests.api.people import Visit, sign_up

DRAFTS = "/api/v1/drafts"


def written(kept: Store, person: str, kind: DraftKind = DraftKind.COLD_EMAIL) -> SavedDraft:
    """A draft of the sample, written and kept."""
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    posting = outreach.read(PAGE).postings[0]
    events = outreach.draft(outreach.examine(posting, profile), profile, outreach.Options(kind=kind))
    draft = next(event for event in events if isinstance(event, Draft))
    return kept.history.keep(person, draft, posting, profile, asks=("Say when.",))


@pytest.fixture
def maya(visit: Visit) -> TestClient:
    return sign_up(visit(), "maya@inroad.example")


@pytest.fixture
def noor(visit: Visit) -> TestClient:
    return sign_up(visit(), "noor@inroad.example")


def person_of(browser: TestClient) -> str:
    return str(browser.get("/api/v1/account").json()["id"])


@pytest.fixture
def saved(maya: TestClient, kept: Store) -> SavedDraft:
    return written(kept, person_of(maya))


def at(saved: SavedDraft, more: str = "") -> str:
    return f"{DRAFTS}/{saved.id}{more}"


# --- finding -------------------------------------------------------------------------------------------


def test_the_list_has_pages_and_filters(maya: TestClient, kept: Store) -> None:
    person = person_of(maya)
    first, second, third = (
        written(kept, person, kind)
        for kind in (
            DraftKind.COLD_EMAIL,
            DraftKind.COVER_LETTER,
            DraftKind.COLD_EMAIL,
        )
    )
    page = maya.get(DRAFTS, params={"limit": 2}).json()
    assert [each["id"] for each in page["items"]] == [third.id, second.id]
    rest = maya.get(DRAFTS, params={"limit": 2, "after": page["next"]}).json()
    assert ([each["id"] for each in rest["items"]], rest["next"]) == ([first.id], None)

    def found(**params: str) -> list[str]:
        return [each["id"] for each in maya.get(DRAFTS, params=params).json()["items"]]

    maya.patch(at(first), json={"state": "sent", "due": "2030-05-01", "note": "Met at the fair"})
    assert found(kind="cover-letter") == [second.id]
    assert found(state="sent") == found(words="FAIR met") == found(due_by="2030-05-01") == [first.id]
    assert found(due_by="2030-04-30") == found(company="Nobody") == []
    assert found(company=first.company.upper()) == [third.id, second.id, first.id]
    assert maya.get(f"{DRAFTS}/companies").json() == {"items": [first.company], "next": None}


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"after": "nothing of ours"}, 404),
        ({"after": "\0"}, 404),
        ({"limit": "0"}, 422),
        ({"limit": "9" * 400}, 422),
        ({"state": "lost"}, 422),
        ({"kind": "poem"}, 422),
        ({"due_by": "tomorrow"}, 422),
        ({"due_by": "1700000000"}, 422),
        ({"due_by": "2026-02-30"}, 422),
        ({"words": "x" * 201}, 422),
        ({"words": "\0 %_", "company": "\0"}, 200),
    ],
)
def test_a_list_that_cannot_be_is_a_problem_of_who_asks(
    maya: TestClient, params: dict[str, str], status: int
) -> None:
    answer = maya.get(DRAFTS, params=params)
    assert (answer.status_code, answer.json().get("status", 200)) == (status, status)


def test_a_draft_is_seen_with_what_it_was_made_from(maya: TestClient, saved: SavedDraft) -> None:
    seen = maya.get(at(saved)).json()
    assert seen["saved"]["id"] == saved.id
    assert seen["posting"]["url"] == PAGE
    assert seen["asks"] == ["Say when."]
    assert seen["version"]["draft"]["receipt"]["evidence"]
    cited = {id_ for line in seen["version"]["lines"] for id_ in line["rests_on"]}
    assert {source["id"] for source in seen["sources"]} == {id_ for id_ in cited if id_.startswith("e")}
    # It can be given back as it is: to have it checked, or another draft written for it.
    checked = maya.post(
        "/api/v1/checks",
        json={
            "text": seen["version"]["body"],
            "subject": seen["version"]["subject"],
            "kind": "cold-email",
            "opening": {"posting": seen["posting"]},
            "sender": {"sample": "job-seeker"},
        },
    )
    assert checked.json()["may_go_out"] is True


# --- changing ------------------------------------------------------------------------------------------


def test_a_changed_text_is_checked_and_kept_whatever_it_says(maya: TestClient, saved: SavedDraft) -> None:
    before = maya.get(at(saved)).json()["version"]
    claim = next(line["text"] for line in before["lines"] if line["stands_on"] == "evidence")
    body = before["body"].replace(claim, f"{claim} I ran 900 servers on Mars.")
    subject = before["subject"]
    answer = maya.put(at(saved, "/text"), json={"subject": subject, "body": body})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["version"], told["checked"]["may_go_out"]) == (2, False)
    by_text = {one["text"]: one for one in told["checked"]["sentences"]}
    assert by_text[claim]["supported"] is True
    assert by_text["I ran 900 servers on Mars."]["supported"] is False
    stands = {line["text"]: line["stands_on"] for line in told["lines"]}
    assert (stands[claim], stands["I ran 900 servers on Mars."]) == ("evidence", "nothing")
    after = maya.get(at(saved)).json()
    assert (after["version"]["by"], after["version"]["body"]) == ("person", body)
    assert after["version"]["lines"] == told["lines"]
    assert (after["saved"]["own_lines"], after["saved"]["versions"]) == (1, 2)
    assert maya.get(at(saved), params={"version": 1}).json()["version"] == before


def test_what_a_person_vouched_for_stays_so_until_they_say_otherwise(
    maya: TestClient, saved: SavedDraft
) -> None:
    given: dict[str, Any] = {
        "subject": "Hello from Mars",
        "body": "I ran 900 servers on Mars.\n\nBest regards,",
    }
    vouched = ["I ran 900 servers on Mars.", "Hello from Mars"]
    told = maya.put(at(saved, "/text"), json=given | {"vouched": vouched}).json()
    assert {line["text"]: line["stands_on"] for line in told["lines"]} == {
        "Subject: Hello from Mars": "person",
        "I ran 900 servers on Mars.": "person",
        "Best regards,": "form",
    }
    again = maya.put(at(saved, "/text"), json=given | {"body": "I ran 900 servers on Mars."}).json()
    assert again["lines"][1]["stands_on"] == "person"
    none = maya.put(at(saved, "/text"), json=given | {"vouched": []}).json()
    assert [line["stands_on"] for line in none["lines"][:2]] == ["nothing", "nothing"]


def test_the_same_text_again_is_no_version(maya: TestClient, saved: SavedDraft) -> None:
    version = maya.get(at(saved)).json()["version"]
    given = {"subject": version["subject"], "body": version["body"]}
    assert maya.put(at(saved, "/text"), json=given).json()["version"] == 1
    changed = given | {"body": "Else."}
    assert [maya.put(at(saved, "/text"), json=changed).json()["version"] for _ in range(2)] == [2, 2]


def test_every_kind_of_draft_can_be_changed(maya: TestClient, kept: Store) -> None:
    for kind in DraftKind:
        saved = written(kept, person_of(maya), kind)
        answer = maya.put(at(saved, "/text"), json={"body": "I like boats.\n\nBest regards"})
        assert answer.status_code == 200, (kind, answer.text)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"body": None},
        {"body": 7},
        {"body": "x" * 50_001},
        {"body": "", "subject": "x" * 501},
        {"body": "", "vouched": "x"},
        {"body": "", "vouched": ["x"] * 201},
        {"body": "", "more": 1},
    ],
)
def test_a_text_that_cannot_be_is_a_problem_of_who_sends_it(
    maya: TestClient, saved: SavedDraft, body: dict[str, Any]
) -> None:
    assert maya.put(at(saved, "/text"), json=body).status_code == 422
    assert maya.get(at(saved)).json()["saved"]["versions"] == 1


@pytest.mark.parametrize(
    "text", ["", "\n\n", "?" * 9_000, "a " * 20_000, "= <b>&\t\u202e\u0301", "漢字。" * 500]
)
def test_any_text_is_kept(maya: TestClient, saved: SavedDraft, text: str) -> None:
    assert maya.put(at(saved, "/text"), json={"body": text, "subject": text[:500]}).status_code == 200
    for form in ("eml", "docx", "pdf", "md", "txt"):
        assert maya.get(at(saved, f"/file.{form}")).status_code == 200


def test_versions_are_listed_and_compared(maya: TestClient, saved: SavedDraft) -> None:
    for text in ("I built a large mill.", "I built a small mill."):
        maya.put(at(saved, "/text"), json={"body": text})
    listed = maya.get(at(saved, "/versions")).json()
    assert [(each["number"], each["by"]) for each in listed["items"]] == [
        (1, "writer"),
        (2, "person"),
        (3, "person"),
    ]
    assert listed["items"][1]["words"] == 5
    pieces = maya.get(at(saved, "/compare"), params={"from": 2, "to": 3}).json()["pieces"]
    assert [(each["kind"], each["text"].strip()) for each in pieces] == [
        ("same", "I built a"),
        ("gone", "large"),
        ("new", "small"),
        ("same", "mill."),
    ]
    for wrong, status in (({"from": 1, "to": 9}, 404), ({"from": 0, "to": 1}, 422), ({"from": 1}, 422)):
        assert maya.get(at(saved, "/compare"), params=wrong).status_code == status
    assert maya.get(at(saved), params={"version": 9}).status_code == 404
    assert maya.get(at(saved), params={"version": 2**40}).status_code == 422


def test_what_became_of_a_draft(maya: TestClient, saved: SavedDraft) -> None:
    sent = maya.patch(at(saved), json={"state": "sent"}).json()
    assert sent["due"] == (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    assert maya.patch(at(saved), json={"note": " Called. "}).json() | {"changed_at": ""} == sent | {
        "note": "Called.",
        "changed_at": "",
    }
    assert maya.patch(at(saved), json={"due": None}).json()["due"] is None
    assert maya.patch(at(saved), json={}).json()["note"] == "Called."
    for wrong in ({"state": "lost"}, {"due": 7}, {"due": "soon"}, {"note": "x" * 2_001}, {"title": "x"}):
        assert maya.patch(at(saved), json=wrong).status_code == 422


def test_a_copy_is_a_new_draft(maya: TestClient, saved: SavedDraft) -> None:
    maya.patch(at(saved), json={"state": "no", "note": "Not this time."})
    answer = maya.post(at(saved, "/copy"))
    assert answer.status_code == 201
    copy = answer.json()
    assert (copy["state"], copy["note"], copy["follows"]) == ("drafted", "", None)
    assert maya.delete(at(saved)).status_code == 204
    assert maya.delete(at(saved)).status_code == 404
    assert maya.get(f"{DRAFTS}/{copy['id']}").json()["posting"]["url"] == PAGE


# --- taking away ---------------------------------------------------------------------------------------

BEGINS = {"eml": b"", "docx": b"PK", "pdf": b"%PDF", "md": b"", "txt": b"", "json": b"{"}


def test_a_message_leaves_in_every_form(maya: TestClient, saved: SavedDraft) -> None:
    subject = maya.get(at(saved)).json()["version"]["subject"]
    for form in ("eml", "docx", "pdf", "md", "txt"):
        answer = maya.get(at(saved, f"/file.{form}"))
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].endswith(f'.{form}"')
        assert answer.content.startswith(BEGINS[form])
    assert subject in maya.get(at(saved, "/file.txt")).text
    assert maya.get(at(saved, "/file.json")).status_code == 404
    assert maya.get(at(saved, "/file.exe")).status_code == 422


def test_a_resume_leaves_in_every_form(maya: TestClient, kept: Store) -> None:
    saved = written(kept, person_of(maya), DraftKind.TAILORED_RESUME)
    for form, begins in BEGINS.items():
        answer = maya.get(at(saved, f"/file.{form}"))
        assert answer.status_code == 200, form
        assert answer.content.startswith(begins)
    assert maya.get(at(saved, "/file.json")).json()["basics"]["name"]


def test_the_receipt_tells_how_a_version_was_made(maya: TestClient, saved: SavedDraft) -> None:
    maya.put(at(saved, "/text"), json={"body": "I ran 900 servers on Mars."})
    first = maya.get(at(saved, "/receipt.json"), params={"version": 1}).json()
    last = maya.get(at(saved, "/receipt.json")).json()
    assert (first["no_source"], last["no_source"]) == ([], ["I ran 900 servers on Mars."])
    assert first["evidence"]
    page = maya.get(at(saved, "/receipt.html"))
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-disposition"].startswith("attachment")
    assert "900 servers on Mars" in page.text


def test_all_drafts_leave_as_a_table_without_formulas(maya: TestClient, kept: Store) -> None:
    saved, other = written(kept, person_of(maya)), written(kept, person_of(maya))
    maya.patch(at(saved), json={"note": '=HYPERLINK("http://evil.example")\n+1', "state": "sent"})
    answer = maya.get(f"{DRAFTS}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="drafts.csv"' in answer.headers["content-disposition"]
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [each["id"] for each in found] == [other.id, saved.id]
    assert found[1]["note"] == "'=HYPERLINK(\"http://evil.example\")\n'+1"
    assert (found[1]["state"], found[1]["company"], found[1]["kind"]) == ("sent", saved.company, "cold-email")
    assert found[1]["text"] == maya.get(at(saved)).json()["version"]["body"]


def test_all_drafts_leave_with_everything(maya: TestClient, kept: Store) -> None:
    saved, other = written(kept, person_of(maya)), written(kept, person_of(maya))
    maya.put(at(saved, "/text"), json={"body": "Mine."})
    whole = json.loads(maya.get(f"{DRAFTS}.json").content)
    assert (whole["format"], [each["id"] for each in whole["items"]]) == (
        "inroad-drafts/1",
        [other.id, saved.id],
    )
    told = whole["items"][1]
    assert [(version["by"], version["number"]) for version in told["versions"]] == [
        ("writer", 1),
        ("person", 2),
    ]
    assert told["versions"][1]["body"] == "Mine."
    assert told["versions"][0]["draft"]["receipt"]["checked"] > 0
    assert {item["id"] for item in told["evidence"]} >= set(
        told["versions"][0]["draft"]["receipt"]["evidence"]
    )
    assert told["opening"]["url"] == PAGE


def test_a_draft_that_is_deleted_meanwhile_does_not_leave(
    maya: TestClient, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, there = written(kept, person_of(maya)), written(kept, person_of(maya))
    versions_of = History.versions

    def versions(self: History, person: str, draft_id: str) -> tuple[DraftVersion, ...]:
        if draft_id == gone.id:
            self.remove(person, draft_id)
        return versions_of(self, person, draft_id)

    monkeypatch.setattr(History, "versions", versions)
    items = json.loads(maya.get(f"{DRAFTS}.json").content)["items"]
    assert [each["id"] for each in items] == [there.id]


def test_nothing_leaves_as_nothing(maya: TestClient) -> None:
    assert json.loads(maya.get(f"{DRAFTS}.json").content)["items"] == []
    assert len(maya.get(f"{DRAFTS}.csv").content.splitlines()) == 1


# --- whose it is ---------------------------------------------------------------------------------------

NOTHING = "0123456789abcdef"
CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "", {}),
    ("GET", "?version=1", {}),
    ("GET", "/versions", {}),
    ("GET", "/compare?from=1&to=1", {}),
    ("PATCH", "", {"json": {"state": "no"}}),
    ("PUT", "/text", {"json": {"body": "Mine now."}}),
    ("POST", "/copy", {}),
    ("DELETE", "", {}),
    ("GET", "/receipt.json", {}),
    ("GET", "/receipt.html", {}),
    *[("GET", f"/file.{form}", {}) for form in BEGINS],
]


def test_another_persons_draft_looks_as_if_it_did_not_exist(
    maya: TestClient, noor: TestClient, saved: SavedDraft
) -> None:
    before = maya.get(at(saved)).json()
    for method, more, given in CALLS:
        answers = []
        for id_ in (saved.id, NOTHING, "%00", "x" * 64):
            answer = noor.request(method, f"{DRAFTS}/{id_}{more}", **given)
            answers.append((answer.status_code, {**answer.json(), "instance": ""}, sorted(answer.headers)))
        assert answers[0][0] == 404, (method, more)
        assert answers == answers[:1] * 4, (method, more)
    assert maya.get(at(saved)).json() == before
    assert noor.get(DRAFTS).json() == {"items": [], "next": None}
    assert noor.get(f"{DRAFTS}/companies").json()["items"] == []
    assert noor.get(f"{DRAFTS}.json").json()["items"] == []


def test_nobody_in_particular_has_no_drafts(visit: Visit, saved: SavedDraft) -> None:
    stranger = visit()
    for method, more, given in CALLS:
        assert stranger.request(method, at(saved, more), **given).status_code == 401, (method, more)
    for path in (DRAFTS, f"{DRAFTS}/companies", f"{DRAFTS}.csv", f"{DRAFTS}.json"):
        assert stranger.get(path).status_code == 401


def test_a_token_does_what_it_may(maya: TestClient, visit: Visit, saved: SavedDraft) -> None:
    made = maya.post("/api/v1/account/tokens", json={"name": "reader", "scopes": ["read"]}).json()
    program = visit()
    headers = {"authorization": f"Bearer {made['token']}"}
    assert program.get(at(saved), headers=headers).status_code == 200
    assert program.delete(at(saved), headers=headers).status_code == 403
    assert program.patch(at(saved), json={"state": "no"}, headers=headers).status_code == 403


def test_a_person_at_their_own_computer_needs_no_account(client: TestClient) -> None:
    assert client.get(DRAFTS).json() == {"items": [], "next": None}
    assert client.get(f"{DRAFTS}/{NOTHING}").status_code == 404


def test_a_repeated_call_is_done_once(maya: TestClient, saved: SavedDraft) -> None:
    headers = {"idempotency-key": "a-copy"}
    first, second = (maya.post(at(saved, "/copy"), headers=headers) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    assert len(maya.get(DRAFTS).json()["items"]) == 2
