"""Who runs a place, in a real browser: a code shown once, somebody removed, figures at both widths."""

import re
from collections.abc import Iterator

import pytest

from tests.interface.browsing import Page
from tests.interface.conftest import serving
from tests.interface.test_interface_browser import axe_finds
from tests.interface.test_interface_browser_accounts import register
from tests.waiting import until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def fresh_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The program itself, where people sign in and nobody has been yet: the first one runs it."""
    folder = str(tmp_path_factory.mktemp("fresh"))
    with serving("app.py", PORT="0", INROAD_DATA_DIR=folder, INROAD_ACCOUNTS="true") as at:
        yield at


@pytest.fixture(scope="module")
def admin(chromium: Page, fresh_address: str) -> Page:
    """The administrator's page, with one other person."""
    chromium.forget_cookies()
    chromium.visit(fresh_address)
    register(chromium, "Ada Runs", "ada@mail.example")
    bob = {"email": "bob@mail.example", "name": "Bob", "password": "eight green boats"}
    chromium.run(
        "await fetch('api/v1/account/register', {method: 'POST', body: JSON.stringify(arguments[0]),"
        "headers: {'content-type': 'application/json'}})",
        bob,
    )
    chromium.click("#me")
    chromium.click("#account a", "Administration")
    chromium.see("#admin h1", "Administration")
    chromium.see("#admin .lines", "bob@mail.example")
    return chromium


def test_a_code_is_shown_once(admin: Page) -> None:
    admin.click("#admin button", "New invitation code")
    code = admin.see("#admin .secret code").text
    assert re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    admin.click("#admin button", "Code for a new password")
    shown = "return document.querySelector('#admin .secret code').textContent"
    until(lambda: admin.run(shown), lambda text: text not in ("", code))
    admin.click(".top a", "Saved")
    admin.run("location.hash = '#admin'")
    admin.gone("#admin .secret code")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_nothing_stands_out_of_the_page_and_axe_is_content(admin: Page, width: int, dark: bool) -> None:
    admin.resize(width, 800)
    assert admin.run("return document.documentElement.scrollWidth") <= width
    assert axe_finds(admin, width, dark) == []


def test_somebody_is_removed_after_a_second_word(admin: Page) -> None:
    admin.resize(1280, 800)
    admin.click("#admin button", "Remove")
    admin.click("#admin form button", "Remove this account")
    admin.see("#admin .note", "removed")
    assert "bob@mail.example" not in admin.see("#admin .lines").text
