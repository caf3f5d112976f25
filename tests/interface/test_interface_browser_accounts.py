"""People who sign in, in a real browser: nothing is lost on the way in, and nothing stays on the way out."""

import itertools
import time
from collections.abc import Iterator

import pytest

from tests.interface.browsing import DRAFT, Page
from tests.interface.test_interface_browser import axe_finds
from tests.waiting import until

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"  # of nobody
EXPERIENCE = """Senior Engineer, Fernhill, 2022–2025
Migrated 14 services to Kubernetes, reducing deploy time from 40 to 6 minutes.
Wrote the Terraform modules for PostgreSQL used by four teams."""
SKILLS = "Kubernetes, PostgreSQL, Terraform, Python"
_number = itertools.count(1)


@pytest.fixture
def place(chromium: Page, place_address: str) -> Iterator[Page]:
    """The first screen of a place where people sign in; nobody is."""
    chromium.forget_cookies()
    chromium.visit(place_address)
    yield chromium
    chromium.forget_cookies()


def email() -> str:
    return f"person{next(_number)}@mail.example"


def register(page: Page, name: str = "Maya Lindqvist", address: str = "") -> str:
    """Make an account on the page, which signs one in."""
    address = address or email()
    page.click("#me", "Sign in")
    page.click("#account a", "Create an account")
    page.type("#new-name", name)
    page.type("#new-email", address)
    page.type("#new-password", PASSWORD)
    page.click("[data-way=register] [type=submit]")
    page.see("#me", name)
    return address


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.click("#me", "Sign in")
    page.type("#in-email", address)
    page.type("#in-password", password)
    page.click("[data-way=sign-in] [type=submit]")


# --- the whole way --------------------------------------------------------------------------------------


def test_from_registering_to_deleting_the_account(chromium: Page, service_address: str) -> None:
    page = chromium
    page.forget_cookies()
    page.visit(service_address)
    address = register(page)

    page.click(".top nav a", "Evidence")
    page.click("#evidence summary", "Write yours here")
    page.type("#f-experience", EXPERIENCE)
    page.type("#f-skills", SKILLS)
    page.click("#profile-form [type=submit]")
    page.see("#evidence .note", "Saved")

    page.click(".top nav a", "Write")
    page.click("#desk .choices label", "Cover letter")
    page.click("[data-fill]", "a job board page")
    page.see(DRAFT)
    assert "Maya Lindqvist" in page.see("#letter").text
    title = page.title()

    page.click(".top nav a", "Saved")
    page.see("#saved .drafts", title)
    page.see("#saved .kind", "Cover letter")

    page.click("#me")
    page.see("#account h1", "Your account")
    page.see("#account", "1 saved draft")
    page.type("#me-email", f"new-{address}")
    page.type("#me-password", PASSWORD)
    page.click("#account [type=submit]", "Save changes")
    page.see("#account .note", "Saved.")

    page.click("[data-opens=delete-account]")
    page.type("#gone-password", PASSWORD)
    page.click("#delete-account [type=submit]")
    page.see("#me", "Sign in")
    page.see("#account h1", "Sign in")
    for gone in (address, f"new-{address}"):
        page.type("#in-email", gone)
        page.type("#in-password", PASSWORD)
        page.click("[data-way=sign-in] [type=submit]")
        page.see("#in-password-error", "That email and password do not match.")
    assert page.requests_elsewhere() == set()


# --- the way in -----------------------------------------------------------------------------------------


def test_a_draft_and_its_page_stay_when_somebody_signs_in(place: Page) -> None:
    place.draft()
    place.see(".kept", "Sign in to keep this")
    place.click("#me")
    place.see("#account .rule", "it will be in Saved once you sign in")
    register(place)
    assert place.run("return location.hash") in ("", "#write")
    place.see(".kept", "Saved")
    assert place.see("#letter").text.startswith("Hello Northwind Health team,")
    place.click(".top nav a", "Saved")
    place.see("#saved .drafts", "Platform Engineer")


def test_a_wrong_password_is_told_at_its_field_and_nothing_typed_is_lost(place: Page) -> None:
    address = email()
    place.click("#me", "Sign in")
    place.click("#account [type=submit]")
    assert place.see("#in-email-error").text == "Write your email first."
    place.type("#in-email", address)
    place.type("#in-password", "not the password")
    place.click("#account [type=submit]")
    assert place.see("#in-password-error").text == "That email and password do not match. 4 tries left."
    field = place.see("#in-password")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby") == "in-password-error"
    assert place.run("return document.activeElement.id") == "in-password"
    assert place.see("#in-email").get_attribute("value") == address


def test_a_weak_password_is_refused_at_its_field(place: Page) -> None:
    place.click("#me", "Sign in")
    place.click("#account a", "Create an account")
    place.type("#new-email", email())
    place.type("#new-password", "short")
    place.click("[data-way=register] [type=submit]")
    place.see("#new-password-error", "8 to 256 characters")


def test_password_managers_know_the_forms(place: Page) -> None:
    place.click("#me")
    kinds = place.run(
        "return [...document.querySelectorAll('#account form')].map(form => "
        "[...form.querySelectorAll('input')].map(field => field.autocomplete))"
    )
    assert kinds == [
        ["username", "current-password"],
        ["name", "username", "new-password"],
        ["username", "one-time-code", "new-password"],
    ]


def test_a_password_never_travels_with_an_event_of_the_page(place: Page) -> None:
    place._log("performance")
    register(place)
    sent = [entry["message"] for entry in place._log("performance")]
    events = [message for message in sent if "gradio_api" in message and "postData" in message]
    assert events
    assert not [message for message in events if PASSWORD in message]


def test_back_leads_back_through_the_doors(place: Page) -> None:
    place.click("#me")
    place.click("#account a", "Forgot password")
    place.see("#account h1", "Set a new password")
    assert place.run("return document.activeElement.tagName") == "H1"
    place.driver.back()
    place.see("#account h1", "Sign in")
    place.driver.back()
    place.see("#address")


# --- several tabs ---------------------------------------------------------------------------------------


def test_signing_in_reaches_every_tab_and_takes_what_each_has_made(place: Page) -> None:
    place.draft()
    first = place.new_tab()
    register(place)
    second = place.driver.current_window_handle
    place.to_tab(first)
    place.see("#me", "Maya Lindqvist")
    place.see(".kept", "Saved")
    place.click(".top nav a", "Saved")
    place.see("#saved .drafts", "Platform Engineer")
    place.to_tab(second)
    place.close_tab(first)


def test_signing_out_in_one_tab_empties_the_others(place: Page) -> None:
    register(place)
    place.click(".top nav a", "Write")
    place.draft()
    first = place.new_tab("#account")
    second = place.driver.current_window_handle
    place.see("#account h1", "Your account")
    place.click("#account button", "Sign out")
    place.see("#account h1", "Sign in")
    place.to_tab(first)
    place.see("#account h1", "Sign in")
    place.see("#account .note", "You are signed out here.")
    assert "Hello Northwind" not in place.text()
    assert place.run(
        "return document.documentElement.outerHTML.includes('Hello Northwind Health team,')"
    ) is (
        place.run(
            "return document.querySelector('.example').outerHTML.includes('Hello Northwind Health team,')"
        )
    )
    place.click(".top nav a", "Write")
    place.see("#address")
    assert not place.find("#letter")
    place.to_tab(second)
    place.close_tab(first)


def test_another_person_in_another_tab_takes_nothing_over(place: Page) -> None:
    register(place, "Maya Lindqvist")
    place.click(".top nav a", "Write")
    place.draft()
    first = place.new_tab("#account")
    second = place.driver.current_window_handle
    place.click("#account button", "Sign out")
    place.see("#account h1", "Sign in")
    register(place, "Sam Ortiz")
    place.to_tab(first)
    place.see("#me", "Sam Ortiz")
    place.click(".top nav a", "Saved")
    place.see("#saved", "Nothing is saved yet.")
    assert "Maya" not in place.text()
    place.to_tab(second)
    place.close_tab(first)


def test_a_draft_stops_when_its_sign_in_ends(place: Page) -> None:
    register(place)
    place.click(".top nav a", "Write")
    place.ask("https://slow.example/jobs")
    place.see("#stage h1", "Reading slow.example")
    place.run("return fetch('api/v1/account/sign-out', {method: 'POST'}).then(answer => answer.status)")
    place.see("#account h1", "Sign in")
    assert "slow.example" not in place.text()


def test_a_deleted_account_leaves_nothing_on_the_page(place: Page) -> None:
    register(place)
    place.click(".top nav a", "Write")
    place.draft()
    place.click("#me")
    place.click("[data-opens=delete-account]")
    place.type("#gone-password", "not the password")
    place.click("#delete-account [type=submit]")
    place.see("#gone-password-error", "tries left")
    place.type("#gone-password", PASSWORD)
    place.click("#delete-account [type=submit]")
    place.see("#account h1", "Sign in")
    place.click(".top nav a", "Saved")
    place.see("#saved", "Nothing is saved yet.")


# --- the account ----------------------------------------------------------------------------------------


def test_the_password_is_changed_and_the_old_one_is_none(place: Page) -> None:
    address = register(place)
    place.click("#me")
    place.click("[data-opens=change-password]")
    place.type("#pw-old", PASSWORD)
    place.type("#pw-new", "another four words here")
    place.click("#change-password [type=submit]")
    place.see("#account .note", "The password is changed.")
    place.click("#account button", "Sign out")
    place.see("#account h1", "Sign in")
    sign_in(place, address)
    place.see("#in-password-error", "do not match")
    place.type("#in-password", "another four words here")
    place.click("[data-way=sign-in] [type=submit]")
    place.see("#me", "Maya Lindqvist")


def test_a_token_is_shown_once_and_taken_back(place: Page) -> None:
    register(place)
    place.click("#me")
    place.click("[data-opens=new-token]")
    place.type("#token-name", "My notebook")
    place.click("#new-token [type=submit]")
    secret = place.see("#account .secret code").text
    assert len(secret) > 20
    place.see("#account .lines", "My notebook")
    status = place.run(
        "return fetch('api/v1/account', {headers: {authorization: `Bearer ${arguments[0]}`}})"
        ".then(answer => answer.status)",
        secret,
    )
    assert status == 200
    place.click("#account .lines button", "Take back")
    place.see("#account .note", "The token works no more.")
    assert secret not in place.run("return document.body.innerHTML")


def test_whether_outcomes_count_is_off_until_it_is_turned_on(place: Page) -> None:
    register(place)
    place.click("#me")
    box = place.see("#account [data-patch=shares_outcomes]")
    assert not box.is_selected()
    box.click()
    time.sleep(0.5)
    place.driver.refresh()
    assert place.see("#account [data-patch=shares_outcomes]").is_selected()


def test_saved_drafts_are_marked_noted_and_deleted_in_place(place: Page) -> None:
    register(place)
    place.click(".top nav a", "Write")
    place.draft()
    place.click(".top nav a", "Saved")
    place.see("#saved .written", "Today, ")
    place.run(
        "const state = document.querySelector('#saved select.state'); state.value = 'sent';"
        "state.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    place.see("#saved .note", "is marked: sent")
    place.see("#saved .due", "Follow up")
    place.click("#saved [data-menu]")
    place.click("#saved [role=menuitem]", "Follow-up date and note")
    place.see("#due")
    place.run("document.querySelector('#due').value = '2020-01-02'")
    place.type("#note", "Asked for Tuesday")
    place.click("#saved .panel-form [type=submit]")
    place.see("#saved .due.late", "Follow-up was due 2 Jan 2020")
    place.see("#saved .noted", "Asked for Tuesday")
    for form in ("csv", "json"):
        link = place.see("#saved .foot a", form.upper()).get_attribute("href")
        assert place.run("return fetch(arguments[0]).then(answer => answer.status)", link) == 200
    place.click("#saved button", "Open")
    place.see(DRAFT)
    assert place.run("return location.hash") == "#write"
    place.click(".top nav a", "Saved")
    place.click("#saved [data-menu]")
    place.click("#saved [role=menuitem]", "Delete")
    place.click("#saved button", "Delete it")
    place.see("#saved", "Nothing is saved yet.")


# --- for everybody --------------------------------------------------------------------------------------


@pytest.fixture(params=["sign-in", "register", "reset", "saved", "nothing saved", "compared", "account"])
def screen(request: pytest.FixtureRequest, place: Page) -> Page:
    """Each screen that came with accounts."""
    if request.param in ("sign-in", "register", "reset"):
        place.run("location.hash = arguments[0]", f"#{request.param}")
        place.see(f"[data-way={request.param}] h1")
        return place
    register(place, "مايا ليندكفيست")
    if request.param in ("saved", "compared"):
        place.click(".top nav a", "Write")
        place.draft()
        place.click("#stage button", "Edit")
        place.type("input#subject", "Another subject")
        place.click("#stage button", "Done editing")
    if request.param == "account":
        place.click("#me")
        place.see("#account h1", "Your account")
        for button in place.find("#account [data-opens]"):
            button.click()
        return place
    place.click(".top nav a", "Saved")
    place.see("#saved h1")
    if request.param == "compared":
        compare(place)
    return place


def compare(page: Page) -> None:
    """Open the menu until it offers the comparison: the list is drawn again once the change is kept."""

    def offered() -> object:
        if page.shown("#saved [role=menuitem]", "Compare versions"):
            return True
        page.click("#saved [data-menu]")
        return False

    until(offered, every_s=0.3)
    page.click("#saved [role=menuitem]", "Compare versions")
    page.see("#saved ins")


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_wider_than_the_page_and_there_is_one_heading(screen: Page, width: int) -> None:
    screen.resize(width, 800)
    time.sleep(0.2)
    assert screen.run("return document.documentElement.scrollWidth") <= width
    assert screen.title()
    assert screen.run("return document.querySelectorAll('h1 + h3').length") == 0


def test_what_a_finger_presses_is_large_enough(screen: Page) -> None:
    screen.resize(390, 844)
    time.sleep(0.2)
    small = screen.run(
        "return [...document.querySelectorAll('main button, main select, main input, main a, header a')]"
        ".filter(x => x.offsetParent && !x.closest('p') && x.type !== 'checkbox' && x.type !== 'hidden')"
        ".filter(x => x.getBoundingClientRect().height < 43.5).map(x => x.outerHTML.slice(0, 120))"
    )
    assert [one for one in small if "brand" not in one] == []


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_axe_finds_nothing(screen: Page, width: int, dark: bool) -> None:
    assert axe_finds(screen, width, dark) == []
