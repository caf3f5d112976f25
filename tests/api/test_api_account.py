"""An account over the API: made, used, changed, deleted; and what is refused to whom."""

import pytest
from fastapi.testclient import TestClient

from tests.api.people import PASSWORD, Visit, sign_in, sign_up

ACCOUNT = "/api/v1/account"


@pytest.fixture
def ada(visit: Visit) -> TestClient:
    """The first one here, who administers."""
    return sign_up(visit(), "ada@mail.example", "Ada")


@pytest.fixture
def bob(ada: TestClient, visit: Visit) -> TestClient:
    return sign_up(visit(), "bob@mail.example", "Bob")


def test_a_person_registers_signs_in_and_out(visit: Visit) -> None:
    browser = visit()
    assert browser.get(ACCOUNT).status_code == 401
    given = {"email": " Ada@Mail.Example ", "name": "Ada\nLovelace", "password": PASSWORD}
    accepted = browser.post(f"{ACCOUNT}/register", json=given)
    assert accepted.status_code == 202
    assert "set-cookie" not in accepted.headers
    sign_in(browser, "ADA@mail.example")
    mine = browser.get(ACCOUNT).json()
    assert (mine["way"], mine["email"], mine["name"]) == ("session", "Ada@Mail.Example", "Ada Lovelace")
    assert mine["is_admin"] is True
    [(name, token)] = browser.cookies.items()
    assert browser.post(f"{ACCOUNT}/sign-out").status_code == 204
    assert dict(browser.cookies) == {}
    browser.cookies.set(name, token)
    assert browser.get(ACCOUNT).status_code == 401
