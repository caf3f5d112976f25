"""Drafts that are kept for who has a history, and work that goes on in the background."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import store
from tests.api.conftest import LIST, PAGE
from tests.api.people import Visit, sign_up

WANTED: dict[str, Any] = {"opening": {"url": PAGE}, "sender": {"sample": "job-seeker"}}
MANY: dict[str, Any] = {"openings": {"url": LIST, "limit": 2}, "sender": {"sample": "job-seeker"}}
LATER = {"prefer": "respond-async"}


def me(browser: TestClient) -> str:
    found: str = browser.get("/api/v1/account").json()["id"]
    return found


def test_a_draft_is_kept_for_who_has_a_history(visit: Visit, kept: store.Store) -> None:
    ann = sign_up(visit(), "ann@example.org")
    written = ann.post("/api/v1/drafts", json=WANTED).json()
    saved = kept.history.load(me(ann), written["id"])
    assert saved.version.draft.model_dump(mode="json")["sentences"] == written["draft"]["sentences"]
    assert saved.posting.id == written["posting"]["id"]
    assert "Put PLAT-7 in the subject of your email." in saved.asks


def test_a_draft_is_not_kept_against_the_wish_or_for_nobody(visit: Visit, kept: store.Store) -> None:
    ann = sign_up(visit(), "ann@example.org")
    assert ann.post("/api/v1/drafts", json=WANTED | {"keep": False}).json()["id"] is None
    assert kept.history.count(me(ann)) == 0
    assert visit().post("/api/v1/drafts", json=WANTED).json()["id"] is None
    assert visit().post("/api/v1/drafts", json=WANTED | {"keep": True}).status_code == 401


def test_a_streamed_draft_is_kept_once_it_is_whole(visit: Visit, kept: store.Store) -> None:
    ann = sign_up(visit(), "ann@example.org")
    text = ann.post("/api/v1/drafts/stream", json=WANTED).text
    (saved,), _ = kept.history.list(me(ann))
    assert f'"id":"{saved.id}"' in text.replace(": ", ":")


def test_a_follow_up_says_something_that_the_first_message_did_not(visit: Visit) -> None:
    ann = sign_up(visit(), "ann@example.org")
    first = ann.post("/api/v1/drafts", json=WANTED).json()
    wanted = WANTED | {"kind": "follow-up", "follows": first["id"]}
    follow_up = ann.post("/api/v1/drafts", json=wanted).json()
    assert set(follow_up["draft"]["receipt"]["evidence"]) - set(first["draft"]["receipt"]["evidence"])
    assert ann.post("/api/v1/drafts", json=WANTED | {"follows": first["id"]}).status_code == 422


def test_what_is_anothers_looks_as_if_it_were_not_there(visit: Visit) -> None:
    ann, bob = sign_up(visit(), "ann@example.org"), sign_up(visit(), "bob@example.org")
    mine = ann.post("/api/v1/drafts", json=WANTED).json()["id"]
    answers = [
        bob.post("/api/v1/drafts", json=WANTED | {"kind": "follow-up", "follows": id_})
        for id_ in (mine, "d" * len(mine))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["title"] == answers[1].json()["title"]


@pytest.mark.parametrize(
    ("path", "wanted", "kind"),
    [
        ("/api/v1/openings", {"url": PAGE}, "read"),
        ("/api/v1/drafts", WANTED, "draft"),
        (
            "/api/v1/drafts/batch",
            {"openings": {"url": LIST, "limit": 2}, "sender": WANTED["sender"]},
            "draft-many",
        ),
    ],
)
def test_who_does_not_want_to_wait_gets_a_job_to_follow(
    visit: Visit, kept: store.Store, path: str, wanted: dict[str, Any], kind: str
) -> None:
    ann = sign_up(visit(), "ann@example.org")
    answer = ann.post(path, json=wanted, headers=LATER)
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "respond-async"
    assert answer.json()["kind"] == kind
    assert ann.get(answer.headers["location"]).json()["state"] == "queued"
    assert kept.jobs.load(me(ann), answer.json()["id"]).kind == kind
    assert visit().post(path, json=wanted, headers=LATER).status_code == 401


def test_a_key_is_kept_nowhere_so_it_does_not_wait(visit: Visit, service: FastAPI) -> None:
    ann = sign_up(visit(), "ann@example.org")
    answer = ann.post("/api/v1/drafts", json=WANTED, headers=LATER | {"x-model-key": "gsk_secret"})
    assert answer.status_code == 422
    assert "gsk_secret" not in answer.text


def test_other_preferences_are_passed_over(visit: Visit) -> None:
    ann = sign_up(visit(), "ann@example.org")
    answer = ann.post("/api/v1/openings", json={"url": PAGE}, headers={"prefer": "handling=lenient, wait=5"})
    assert answer.status_code == 200


@pytest.mark.parametrize("openings", [{}, {"url": LIST, "limit": 0}, {"postings": []}, {"postings": [1]}])
def test_a_batch_names_its_openings_in_one_way(visit: Visit, openings: dict[str, Any]) -> None:
    ann = sign_up(visit(), "ann@example.org")
    body = {"openings": openings, "sender": {"sample": "job-seeker"}}
    assert ann.post("/api/v1/drafts/batch", json=body).status_code == 422


def test_a_token_without_the_scope_may_not_have_drafts_written(visit: Visit) -> None:
    ann = sign_up(visit(), "ann@example.org")
    token = ann.post("/api/v1/account/tokens", json={"name": "t", "scopes": ["read"]}).json()["token"]
    headers = {"authorization": f"Bearer {token}"}
    for path, body in (("/api/v1/drafts", WANTED), ("/api/v1/openings", {"url": PAGE})):
        assert visit().post(path, json=body, headers=headers).status_code == 403
