"""Figures are for who runs a place, and hold nothing but numbers."""

from fastapi.testclient import TestClient

from store import Store
from telemetry.recent import RECENT
from tests.api.people import Visit, sign_up

FIGURES = "/api/v1/admin/figures"


def test_they_count_people_and_say_nothing_of_them(visit: Visit, kept: Store) -> None:
    ada = sign_up(visit(), "ada@mail.example", "Ada")
    bob = sign_up(visit(), "bob@mail.example", "Bob")
    bob.patch("/api/v1/account", json={"shares_outcomes": True})
    kept.create("visitor-1", "Mine")
    RECENT.note()
    answer = ada.get(FIGURES)
    assert answer.status_code == 200
    told = answer.json()
    stored = {name: told["stored"][name] for name in ("people", "sharing", "visitors", "drafts")}
    assert stored == {"people": 2, "sharing": 1, "visitors": 1, "drafts": 0}
    assert len(told["stored"]["drafts_by_day"]) == 30
    assert told["stored"]["bytes"] > 0
    assert set(told["stored"]["outcomes"]) == {"drafted", "sent", "answered", "interview", "no"}
    assert told["counted"]["sign_ins"]["signed in"] >= 2
    assert told["recent"][-1]["memory"] > 0
    assert "mail.example" not in answer.text


def test_only_who_runs_the_place_sees_them(visit: Visit) -> None:
    ada = sign_up(visit(), "ada@mail.example", "Ada")
    bob = sign_up(visit(), "bob@mail.example", "Bob")
    assert visit().get(FIGURES).status_code == 401
    assert bob.get(FIGURES).status_code == 403
    made = ada.post("/api/v1/account/tokens", json={"name": "script", "scopes": ["read", "write", "draft"]})
    shown = {"authorization": f"Bearer {made.json()['token']}"}
    assert visit().get(FIGURES, headers=shown).status_code == 403


def test_the_one_person_of_a_laptop_runs_it(client: TestClient, stranger: TestClient) -> None:
    assert client.get(FIGURES).status_code == 200
    assert stranger.get(FIGURES).status_code == 401
