"""Matches, drafts and checks through the API."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import LIST, PAGE

SAMPLE = {"sample": "job-seeker"}
RESUME = "Jane Doe\n\nExperience\nEngineer, Acme, 2019-2024\n- Ran PostgreSQL for 30 teams.\n"
JSON_RESUME = {
    "basics": {"name": "Jane Doe"},
    "work": [{"name": "Acme", "position": "Engineer", "highlights": ["Ran PostgreSQL for 30 teams."]}],
}
ITEMS = {
    "name": "Jane Doe",
    "items": [
        {"text": "Ran PostgreSQL for 30 teams.", "record": {"title": "Engineer", "organization": "Acme"}},
        {"text": "Python", "type": "skill"},
    ],
}

LINE = {"id": "p7", "text": "", "section": "must"}


def test_matches_say_what_answers_and_what_is_missing(stranger: TestClient) -> None:
    answer = stranger.post("/api/v1/matches", json={"opening": {"url": PAGE}, "sender": SAMPLE})
    assert answer.status_code == 200
    found = answer.json()
    sources = {source["id"]: source for source in found["sources"]}
    kubernetes = next(match for match in found["skills"] if match["text"] == "Kubernetes")
    assert "Kubernetes" in sources[kubernetes["evidence"][0]]["text"]
    assert sources[kubernetes["evidence"][0]]["record"] == "Senior Engineer, Fernhill, 2022–2025"
    assert all(not gap["evidence"] for gap in found["gaps"])
    assert any(gap["question"] for gap in found["gaps"])
    assert 0 < found["coverage"]["before"] <= found["coverage"]["ceiling"] <= 1


@pytest.mark.parametrize(
    "sender",
    [SAMPLE, {"resume": RESUME}, {"json_resume": JSON_RESUME}, ITEMS],
    ids=["sample", "resume", "json_resume", "items"],
)
def test_every_way_to_say_who_writes_gives_a_draft_of_their_evidence(
    stranger: TestClient, sender: dict[str, Any]
) -> None:
    answer = stranger.post("/api/v1/drafts", json={"opening": {"url": PAGE}, "sender": sender})
    assert answer.status_code == 200, answer.text
    written = answer.json()
    claims = [one for one in written["draft"]["sentences"] if one["kind"] == "C"]
    cited = {source["id"] for source in written["sources"]}
    assert claims
    assert all(set(claim["rests_on"]) & cited for claim in claims)
    assert all(verdict["supported"] for verdict in written["draft"]["verdicts"])


def test_every_way_to_name_an_opening_gives_the_same_draft(stranger: TestClient) -> None:
    posting = stranger.post("/api/v1/openings", json={"url": PAGE}).json()["postings"][0]
    texts = {
        stranger.post("/api/v1/drafts", json={"opening": opening, "sender": SAMPLE}).json()["text"]
        for opening in ({"url": PAGE}, {"posting": posting})
    }
    assert len(texts) == 1


def test_one_of_many_openings_is_named_by_its_index(stranger: TestClient) -> None:
    body = {"opening": {"url": LIST, "index": 3}, "sender": SAMPLE}
    written = stranger.post("/api/v1/matches", json=body).json()
    listed = stranger.post("/api/v1/openings", json={"url": LIST}).json()["postings"]
    assert written["posting"]["id"] == listed[3]["id"]
    body["opening"] = {"url": LIST, "index": 34}
    answer = stranger.post("/api/v1/matches", json=body)
    assert answer.status_code == 404
    assert "34" in answer.json()["title"]


@pytest.mark.parametrize(
    "kind", ["cold-email", "follow-up", "cover-letter", "resume-summary", "tailored-resume"]
)
def test_each_kind_is_written(stranger: TestClient, kind: str) -> None:
    body = {"opening": {"url": PAGE}, "sender": SAMPLE, "kind": kind}
    written = stranger.post("/api/v1/drafts", json=body).json()
    assert written["draft"]["kind"] == kind
    assert (written["draft"]["resume"] is not None) == (kind == "tailored-resume")


def test_wishes_are_heard(stranger: TestClient) -> None:
    body = {"opening": {"url": PAGE}, "sender": SAMPLE, "recipient": "Ada Obi", "closing": "See you in May."}
    text = stranger.post("/api/v1/drafts", json=body).json()["text"]
    assert "Ada Obi" in text
    assert "See you in May." in text


def test_evidence_that_answers_nothing_gives_no_draft(stranger: TestClient) -> None:
    body = {"opening": {"url": PAGE}, "sender": {"items": [{"text": "Baked bread for a village."}]}}
    answer = stranger.post("/api/v1/drafts", json=body)
    assert answer.status_code == 422
    assert answer.json()["type"] == "nothing-matches"


def test_what_is_kept_needs_somebody(stranger: TestClient) -> None:
    body = {"opening": {"url": PAGE}, "sender": {"profile": "profile-1"}}
    assert stranger.post("/api/v1/drafts", json=body).status_code == 401


def test_a_profile_of_nobody_is_not_there(client: TestClient) -> None:
    body = {"opening": {"url": PAGE}, "sender": {"profile": "profile-1"}}
    assert client.post("/api/v1/drafts", json=body).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"opening": {"url": PAGE, "text": "x"}},
        {"opening": {}},
        {"opening": {"posting": {"id": "1", "title": "x"}}},
        {
            "opening": {
                "posting": {"id": "1", "title": "x", "lines": [{"id": "p7", "text": "", "section": "must"}]}
            }
        },
        {"sender": {}},
        {"sender": {"items": []}},
        {"sender": SAMPLE | {"resume": RESUME}},
        {"kind": "poem"},
        {"seed": -1},
        {"key": "gsk_secret"},
        {"model": "x" * 201},
    ],
)
def test_what_is_not_as_it_should_be_is_named(stranger: TestClient, wrong: dict[str, Any]) -> None:
    answer = stranger.post("/api/v1/drafts", json={"opening": {"url": PAGE}, "sender": SAMPLE} | wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert any(fault["field"].startswith(next(iter(wrong))) for fault in answer.json()["errors"])


def test_each_sentence_of_a_text_gets_a_verdict(stranger: TestClient) -> None:
    text = "I migrated 14 services to Kubernetes. I led 40 people at Google."
    answer = stranger.post("/api/v1/checks", json={"text": text, "sender": SAMPLE})
    assert answer.status_code == 200
    true, false = answer.json()["sentences"]
    assert true["supported"]
    assert {source["id"] for source in answer.json()["sources"]} == set(true["rests_on"])
    assert not false["supported"]
    assert false["fault"]
    assert false["reason"]
    assert not answer.json()["may_go_out"]


def test_only_an_opening_lets_a_text_speak_of_the_employer(stranger: TestClient) -> None:
    body = {"text": "You move your billing services onto Kubernetes without downtime.", "sender": SAMPLE}
    (alone,) = stranger.post("/api/v1/checks", json=body).json()["sentences"]
    (held,) = stranger.post("/api/v1/checks", json=body | {"opening": {"url": PAGE}}).json()["sentences"]
    assert not alone["supported"]
    assert held["supported"], held
