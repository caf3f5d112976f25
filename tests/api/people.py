"""People with accounts, over the API."""

from collections.abc import Callable

from fastapi.testclient import TestClient

HERE = "http://inroad.example"
PASSWORD = "seven small boats"
Visit = Callable[[], TestClient]


def sign_up(browser: TestClient, email: str, name: str = "", password: str = PASSWORD) -> TestClient:
    """Make an account and sign in."""
    given = {"email": email, "name": name, "password": password}
    answer = browser.post("/api/v1/account/register", json=given)
    assert answer.status_code == 202, answer.text
    return sign_in(browser, email, password)


def sign_in(browser: TestClient, email: str, password: str = PASSWORD) -> TestClient:
    answer = browser.post("/api/v1/account/sign-in", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return browser
