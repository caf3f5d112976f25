"""What who runs a place sees and does: people, codes, who administers."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from store import Store
from tests.api.conftest import app_of
from tests.api.people import HERE, PASSWORD, Visit, sign_in, sign_up

ACCOUNT = "/api/v1/account"
ADMIN = "/api/v1/admin"


def id_of(browser: TestClient) -> str:
    return str(browser.get(ACCOUNT).json()["id"])


def test_people_are_listed_with_counts_and_none_of_their_words(
    ada: TestClient, bob: TestClient, kept: Store
) -> None:
    kept.create(id_of(bob), "My secret plan")
    first = ada.get(f"{ADMIN}/people", params={"limit": 1}).json()
    second = ada.get(f"{ADMIN}/people", params={"limit": 1, "after": first["next"]}).json()
    assert [each["email"] for each in first["items"] + second["items"]] == [
        "ada@mail.example",
        "bob@mail.example",
    ]
    assert second["next"] is None
    [row] = second["items"]
    assert set(row) == {"id", "email", "name", "is_admin", "created_at", "seen_at", "evidence", "drafts"}
    assert "secret" not in str(row)


@pytest.mark.parametrize("after", ["x", "9999-99-99_x", "\x00", "2026-01-01T00:00:00+00:00_\x00"])
def test_a_page_that_was_never_given_is_no_fault(ada: TestClient, after: str) -> None:
    assert ada.get(f"{ADMIN}/people", params={"after": after}).status_code in (200, 404, 422)


def test_a_code_lets_somebody_back_in_once(ada: TestClient, bob: TestClient, visit: Visit) -> None:
    token = bob.post(f"{ACCOUNT}/tokens", json={"name": "script", "scopes": ["read"]}).json()["token"]
    made = ada.post(f"{ADMIN}/people/{id_of(bob)}/code")
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    code = made.json()["code"]
    assert re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    given = {"email": "bob@mail.example", "code": code.lower(), "password": "eight green boats"}
    assert visit().post(f"{ACCOUNT}/reset", json=given).status_code == 204
    assert bob.get(ACCOUNT).status_code == 401
    assert visit().get(ACCOUNT, headers={"authorization": f"Bearer {token}"}).status_code == 401
    sign_in(visit(), "bob@mail.example", "eight green boats")
    assert visit().post(f"{ACCOUNT}/reset", json=given).status_code == 409


def test_a_wrong_code_is_told_alike_for_whom_there_is_and_whom_there_is_not(
    ada: TestClient, visit: Visit
) -> None:
    told = []
    for email in ("ada@mail.example", "nobody@mail.example"):
        given = {"email": email, "code": "AAAA-AAAA-AAAA", "password": "eight green boats"}
        answer = visit().post(f"{ACCOUNT}/reset", json=given)
        told.append((answer.status_code, answer.json()["title"], answer.json()["detail"]))
    assert told[0] == told[1]


def test_where_people_are_invited_a_code_makes_one_account(service: FastAPI) -> None:
    settings = service.state.settings.model_copy(update={"registration": "invited"})
    app = app_of(settings)

    def browser() -> TestClient:
        return TestClient(app, base_url=HERE, headers={"origin": HERE})

    ada = sign_up(browser(), "ada@mail.example")
    bob = {"email": "bob@mail.example", "password": PASSWORD}
    assert browser().post(f"{ACCOUNT}/register", json=bob).status_code == 409
    code = ada.post(f"{ADMIN}/codes").json()["code"]
    assert browser().post(f"{ACCOUNT}/register", json=bob | {"code": code}).status_code == 202
    sign_in(browser(), "bob@mail.example")
    eve = {"email": "eve@mail.example", "password": PASSWORD, "code": code}
    assert browser().post(f"{ACCOUNT}/register", json=eve).status_code == 409


def test_an_account_is_removed_with_all_it_holds(ada: TestClient, bob: TestClient, kept: Store) -> None:
    person = id_of(bob)
    kept.create(person, "Mine")
    assert ada.delete(f"{ADMIN}/people/{person}").status_code == 204
    assert bob.get(ACCOUNT).status_code == 401
    assert kept.profiles(person) == ()
    assert ada.delete(f"{ADMIN}/people/{person}").status_code == 404


def test_nobody_removes_themselves_by_the_way(ada: TestClient, bob: TestClient) -> None:
    assert ada.delete(f"{ADMIN}/people/{id_of(ada)}").status_code == 409
    assert ada.get(ACCOUNT).status_code == 200


def test_only_accounts_are_removed(ada: TestClient, kept: Store) -> None:
    profile = kept.create("visitor-1", "A visitor's")
    assert ada.delete(f"{ADMIN}/people/visitor-1").status_code == 404
    assert [each.id for each in kept.profiles("visitor-1")] == [profile]


def test_who_administers_is_given_on_and_never_lost(ada: TestClient, bob: TestClient) -> None:
    me, other = id_of(ada), id_of(bob)
    assert ada.patch(f"{ADMIN}/people/{me}", json={"is_admin": False}).status_code == 409
    assert ada.patch(f"{ADMIN}/people/{other}", json={"is_admin": True}).status_code == 204
    assert bob.get(f"{ADMIN}/people").status_code == 200
    assert ada.patch(f"{ADMIN}/people/{me}", json={"is_admin": False}).status_code == 204
    assert ada.get(f"{ADMIN}/people").status_code == 403
    assert bob.patch(f"{ADMIN}/people/nobody", json={"is_admin": True}).status_code == 404
