"""Profiles and evidence through the API: brought, said, decided, taken away, each by its own person alone."""

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store import Store
from tests.api.people import Visit, sign_up
from tests.store.papers import OWNER, PERCENT, document, item, profile

PROFILES = "/api/v1/profiles"
RESUME = """Maya Lindqvist
maya@example.org

Experience
Engineer, Fernhill, 2019 - 2022
- Moved 14 services to Kubernetes.
- Cut deploy time from 40 to 6 minutes.

Skills
Go, PostgreSQL
"""


@pytest.fixture
def maya(visit: Visit) -> TestClient:
    return sign_up(visit(), "maya@inroad.example")


@pytest.fixture
def noor(visit: Visit) -> TestClient:
    return sign_up(visit(), "noor@inroad.example")


@pytest.fixture
def mine(maya: TestClient) -> str:
    return str(maya.post(PROFILES, json={"label": "Mine"}).json()["id"])


def bring(
    browser: TestClient, profile: str, data: bytes = RESUME.encode(), name: str = "cv.txt", **form: str
) -> Any:
    return browser.post(f"{PROFILES}/{profile}/documents", files={"file": (name, data)}, data=form)


def items(browser: TestClient, profile: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get(f"{PROFILES}/{profile}/evidence").json()["items"]
    return found


def id_of(browser: TestClient, profile: str, text: str) -> str:
    return next(str(x["evidence"]["id"]) for x in items(browser, profile) if text in x["evidence"]["text"])


# --- profiles ------------------------------------------------------------------------------------------


def test_a_profile_begins_empty_and_is_listed(maya: TestClient) -> None:
    answer = maya.post(PROFILES, json={"label": "  For agencies ", "persona": "service-provider"})
    assert answer.status_code == 201
    made = answer.json()
    assert (made["label"], made["persona"], made["items"], made["documents"]) == (
        "For agencies",
        "service-provider",
        0,
        [],
    )
    [listed] = maya.get(PROFILES).json()["items"]
    assert (listed["id"], listed["label"]) == (made["id"], "For agencies")
    assert maya.get(f"{PROFILES}/{made['id']}").json() == made
    assert maya.post(PROFILES, json={}).json()["persona"] == "job-seeker"


def test_there_is_an_end_to_the_profiles_of_one_person(
    maya: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.keeping.MOST_PROFILES", 2)
    monkeypatch.setattr("store.keeping.MOST_DOCUMENTS", 1)
    statuses = [maya.post(PROFILES, json={}).status_code for _ in range(3)]
    assert statuses == [201, 201, 409]
    first = maya.get(PROFILES).json()["items"][0]["id"]
    assert [bring(maya, first, f"{RESUME}{n}".encode()).status_code for n in range(2)] == [201, 409]


def test_a_profile_is_changed_at_once_or_not_at_all(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    wanted = {
        "label": "Ours",
        "persona": "service-provider",
        "contacts": {"name": "M. Lindqvist", "organization": "Boats Ltd", "links": ["https://maya.example"]},
    }
    changed = maya.patch(f"{PROFILES}/{mine}", json=wanted).json()
    assert (changed["label"], changed["persona"], changed["version"]) == ("Ours", "service-provider", 2)
    assert (changed["name"], changed["organization"]) == ("M. Lindqvist", "Boats Ltd")
    assert (changed["email"], changed["links"]) == ("maya@example.org", ["https://maya.example"])
    back = maya.patch(f"{PROFILES}/{mine}", json={"contacts": {"name": None, "links": []}}).json()
    assert (back["name"], back["organization"], back["links"]) == ("Maya Lindqvist", "Boats Ltd", [])
    assert maya.patch(f"{PROFILES}/{mine}", json={}).json() == back
    links = [f"https://maya.example/{'x' * 250}/{n}" for n in range(20)]
    answer = maya.patch(f"{PROFILES}/{mine}", json={"label": "Lost", "contacts": {"links": links}})
    assert (answer.status_code, answer.json()["title"]) == (422, "These are too many links.")
    assert maya.get(f"{PROFILES}/{mine}").json() == back


@pytest.mark.parametrize(
    "body",
    [
        {"label": ""},
        {"label": " \n"},
        {"label": "\x1c\u2003"},
        {"label": f"{'x' * 200} "},
        {"label": "x" * 201},
        {"label": 7},
        {"persona": "ghost"},
        {"contacts": "x"},
        {"contacts": {"fax": "1"}},
        {"contacts": {"name": "x" * 301}},
        {"contacts": {"links": ["a b"]}},
        {"contacts": {"links": ["x"] * 21}},
        {"more": 1},
    ],
)
def test_a_change_that_cannot_be_is_a_problem_of_who_sends_it(
    maya: TestClient, mine: str, body: dict[str, Any]
) -> None:
    assert maya.patch(f"{PROFILES}/{mine}", json=body).status_code == 422


# --- documents -----------------------------------------------------------------------------------------


def test_a_document_is_read_and_told_what_it_added(maya: TestClient, mine: str) -> None:
    answer = bring(maya, mine)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["added"]["document_id"], told["added"]["unchanged"]) == ("d1", False)
    assert told["added"]["new"] == told["document"]["items"] >= 4
    assert (told["document"]["name"], told["document"]["format"]) == ("cv.txt", "text")
    profile = maya.get(f"{PROFILES}/{mine}").json()
    assert (profile["name"], profile["email"]) == ("Maya Lindqvist", "maya@example.org")
    assert [record["organization"] for record in profile["records"]] == ["Fernhill"]
    assert [document["id"] for document in profile["documents"]] == ["d1"]
    again = bring(maya, mine).json()
    assert (again["added"]["unchanged"], again["document"]) == (True, told["document"])


def test_a_document_may_be_json_and_the_parser_chosen(maya: TestClient, mine: str) -> None:
    resume = {"basics": {"name": "Maya"}, "work": [{"name": "Fernhill", "highlights": ["Built a mill."]}]}
    assert bring(maya, mine, json.dumps(resume).encode(), "resume.json").json()["document"]["parser"] == ""
    parsers = [each["id"] for each in maya.get("/parsers").json()["items"]]
    for parser in parsers:
        assert bring(maya, mine, parser=parser, name=f"{parser}.txt").status_code == 201, parser


@pytest.mark.parametrize(
    ("name", "data", "form", "status"),
    [
        ("cv.txt", b"", {}, 422),
        ("cv.pdf", b"%PDF-1.7 broken", {}, 422),
        ("cv.docx", b"PK\x03\x04 broken", {}, 422),
        ("cv.exe", b"MZ\x90\x00\x03\x00\x00\x00", {}, 422),
        ("cv.json", b'{"basics": [', {}, 422),
        ("cv.txt", RESUME.encode(), {"parser": "nobody"}, 422),
        ("cv.txt", RESUME.encode(), {"parser": "x" * 41}, 422),
        ("cv.txt", b"x" * 10_000_001, {}, 413),
        ("../../etc/passwd", RESUME.encode(), {}, 201),
        ("x" * 1_000 + ".txt", RESUME.encode(), {}, 201),
        ("\u202e\u0301=1+1.txt", RESUME.encode(), {}, 201),
        ("cv.txt", RESUME.replace("Maya", "Ma\0ya").encode(), {}, None),
    ],
    ids=range(12),
)
def test_any_file_is_read_or_refused_in_words(
    maya: TestClient, mine: str, name: str, data: bytes, form: dict[str, str], status: int | None
) -> None:
    answer = bring(maya, mine, data, name, **form)
    assert answer.status_code in ((201, 422) if status is None else (status,)), answer.text
    if answer.status_code != 201:
        assert answer.json()["title"]
        assert items(maya, mine) == []


def test_a_form_without_a_file_is_a_problem_of_who_sends_it(maya: TestClient, mine: str) -> None:
    tried: list[dict[str, Any]] = [{"data": {"file": "text"}}, {"json": {}}, {"content": b"x"}, {}]
    for given in tried:
        assert maya.post(f"{PROFILES}/{mine}/documents", **given).status_code == 422


def test_a_document_goes_with_what_it_alone_says(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    maya.post(f"{PROFILES}/{mine}/evidence", json={"text": "I mend boats for a living."})
    assert maya.delete(f"{PROFILES}/{mine}/documents/d1").status_code == 204
    assert [each["evidence"]["text"] for each in items(maya, mine)] == ["I mend boats for a living."]
    for gone in ("d1", "d99", "e1", "x", "d99999999999999999"):
        assert maya.delete(f"{PROFILES}/{mine}/documents/{gone}").status_code == 404


# --- evidence ------------------------------------------------------------------------------------------


def test_evidence_has_pages(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    whole = items(maya, mine)
    found, after = [], None
    while True:
        params: dict[str, Any] = {"limit": 2} | ({"after": after} if after else {})
        page = maya.get(f"{PROFILES}/{mine}/evidence", params=params).json()
        found += page["items"]
        if (after := page["next"]) is None:
            break
        assert len(page["items"]) == 2
    assert found == whole
    assert maya.get(f"{PROFILES}/{mine}/evidence", params={"after": "e999"}).status_code == 404


def test_what_a_person_says_is_evidence_with_them_as_its_source(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    answer = maya.post(f"{PROFILES}/{mine}/evidence", json={"text": " Ran a team\nof 5. ", "record": "r1"})
    assert answer.status_code == 201
    added = answer.json()
    said = next(x for x in items(maya, mine) if x["evidence"]["id"] == added["item_id"])
    assert (said["evidence"]["text"], said["evidence"]["record"]) == ("Ran a team of 5.", "r1")
    assert (said["evidence"]["type"], said["read_from"]["document"]) == ("bullet", "Written by you")
    skill = maya.post(f"{PROFILES}/{mine}/evidence", json={"text": "Rust"}).json()
    again = maya.post(f"{PROFILES}/{mine}/evidence", json={"text": "rust."}).json()
    assert (again["new"], again["folded"], again["item_id"]) == (0, 1, skill["item_id"])
    assert maya.post(f"{PROFILES}/{mine}/evidence", json={"text": "x", "record": "r9"}).status_code == 404
    assert maya.post(f"{PROFILES}/{mine}/evidence", json={"text": "x" * 2_001}).status_code == 422
    for wrong in ({}, {"text": ""}, {"text": " \n"}, {"text": "…_"}, {"text": "x", "record": "r0"}):
        assert maya.post(f"{PROFILES}/{mine}/evidence", json=wrong).status_code == 422


def test_decisions_on_one_thing(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    at = f"{PROFILES}/{mine}/evidence/{id_of(maya, mine, '14 services')}"
    right = maya.patch(at, json={"confirmed": True, "confidential": True}).json()
    assert (right["state"], right["evidence"]["confidential"]) == ("confirmed", True)
    corrected = maya.patch(
        at, json={"text": "Moved 15 services to Kubernetes.", "confidential": False}
    ).json()
    assert (corrected["evidence"]["text"], corrected["original"]) == (
        "Moved 15 services to Kubernetes.",
        "Moved 14 services to Kubernetes.",
    )
    assert (corrected["corrected"], corrected["evidence"]["confidential"]) == (True, False)
    assert maya.patch(at, json={"hidden": True}).json()["state"] == "hidden"
    restored = maya.patch(at, json={"restore": True, "hidden": False}).json()
    assert (restored["evidence"]["text"], restored["state"], restored["corrected"]) == (
        "Moved 14 services to Kubernetes.",
        "read",
        False,
    )
    assert maya.patch(at, json={}).json() == restored


def test_decisions_are_kept_whole_or_not_at_all(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    at = f"{PROFILES}/{mine}/evidence/{id_of(maya, mine, '14 services')}"
    before = items(maya, mine)
    for wrong in ({"hidden": True, "text": "…"}, {"hidden": 1}, {"confirmed": "yes"}, {"text": ""}, {"x": 1}):
        assert maya.patch(at, json=wrong).status_code == 422, wrong
    for gone in ("e999", "d1", "x", "%00", "e99999999999"):
        assert maya.patch(f"{PROFILES}/{mine}/evidence/{gone}", json={"hidden": True}).status_code == 404
        assert maya.patch(f"{PROFILES}/{mine}/evidence/{gone}", json={}).status_code == 404
    assert items(maya, mine) == before


def test_a_question_is_answered(maya: TestClient, mine: str, kept: Store) -> None:
    person = str(maya.get("/api/v1/account").json()["id"])
    kept.add(person, mine, document(), profile([item("Cut deploys by 40", doubts=(PERCENT, OWNER))]))
    at = f"{PROFILES}/{mine}/evidence/e1"
    [asked, owner] = maya.get(f"{PROFILES}/{mine}/evidence").json()["items"][0]["evidence"]["doubts"]
    given = {"question": asked["question"], "text": asked["answers"][0]}
    answered = maya.post(f"{at}/answers", json=given).json()
    assert answered["evidence"]["text"] == asked["answers"][0]
    assert [each["question"] for each in answered["evidence"]["doubts"]] == [owner["question"]]
    right = maya.post(f"{at}/answers", json={"question": owner["question"]}).json()
    assert (right["evidence"]["text"], right["state"]) == (asked["answers"][0], "confirmed")
    assert maya.post(f"{at}/answers", json=given).status_code == 404
    for wrong in ({}, {"question": ""}, {"question": "Who?", "text": " "}, {"question": 7}):
        assert maya.post(f"{at}/answers", json=wrong).status_code == 422


def test_evidence_leaves_as_json_resume_and_as_a_table(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    maya.post(f"{PROFILES}/{mine}/evidence", json={"text": "=1+1 is two, as I often say"})
    resume = maya.get(f"{PROFILES}/{mine}/export.json")
    assert 'filename="evidence.json"' in resume.headers["content-disposition"]
    assert resume.json()["basics"]["name"] == "Maya Lindqvist"
    head, *rows = csv.reader(
        io.StringIO(maya.get(f"{PROFILES}/{mine}/export.csv").content.decode("utf-8-sig"))
    )
    texts = [dict(zip(head, row, strict=True))["text"] for row in rows]
    assert "'=1+1 is two, as I often say" in texts
    assert maya.get(f"{PROFILES}/{mine}/export.pdf").status_code == 422


def test_a_profile_writes_drafts(maya: TestClient, mine: str) -> None:
    bring(maya, mine)
    text = "Platform Engineer\n\nWhat we ask for\n- You have moved services to Kubernetes.\n- You know Go."
    answer = maya.post(
        "/api/v1/drafts", json={"opening": {"text": text}, "sender": {"profile": mine}, "kind": "cold-email"}
    )
    assert answer.status_code == 200, answer.text
    assert "Kubernetes" in answer.json()["text"]


# --- whose it is ---------------------------------------------------------------------------------------

CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "", {}),
    ("PATCH", "", {"json": {"label": "Mine now"}}),
    ("PATCH", "", {"json": {}}),
    ("DELETE", "", {}),
    ("POST", "/documents", {"files": {"file": ("cv.txt", RESUME.encode())}}),
    ("DELETE", "/documents/d1", {}),
    ("GET", "/evidence", {}),
    ("POST", "/evidence", {"json": {"text": "I mend boats."}}),
    ("POST", "/evidence", {"json": {"text": "I mend boats.", "record": "r1"}}),
    ("PATCH", "/evidence/e1", {"json": {"hidden": True}}),
    ("PATCH", "/evidence/e1", {"json": {}}),
    ("POST", "/evidence/e1/answers", {"json": {"question": "Who?"}}),
    ("GET", "/export.json", {}),
    ("GET", "/export.csv", {}),
]


def test_another_persons_profile_looks_as_if_it_did_not_exist(
    maya: TestClient, noor: TestClient, mine: str
) -> None:
    bring(maya, mine)
    before = maya.get(f"{PROFILES}/{mine}").json(), items(maya, mine)
    for method, more, given in CALLS:
        answers = []
        for id_ in (mine, "0123456789abcdef", "%00", "x" * 64):
            answer = noor.request(method, f"{PROFILES}/{id_}{more}", **given)
            answers.append((answer.status_code, {**answer.json(), "instance": ""}, sorted(answer.headers)))
        assert answers[0][0] == 404, (method, more)
        assert answers == answers[:1] * 4, (method, more)
    assert (maya.get(f"{PROFILES}/{mine}").json(), items(maya, mine)) == before
    assert noor.get(PROFILES).json() == {"items": [], "next": None}


def test_nobody_in_particular_has_no_profiles(visit: Visit, mine: str) -> None:
    stranger = visit()
    for method, more, given in CALLS:
        assert stranger.request(method, f"{PROFILES}/{mine}{more}", **given).status_code == 401
    assert stranger.get(PROFILES).status_code == 401
    assert stranger.post(PROFILES, json={}).status_code == 401


def test_a_profile_that_is_deleted_is_gone_with_its_evidence(
    maya: TestClient, mine: str, kept: Store
) -> None:
    bring(maya, mine)
    assert [maya.delete(f"{PROFILES}/{mine}").status_code for _ in range(2)] == [204, 404]
    assert kept.profiles(str(maya.get("/api/v1/account").json()["id"])) == ()
