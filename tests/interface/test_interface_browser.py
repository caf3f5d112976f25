"""The page in a real browser, with invented answers behind it: what the specification accepts it by."""

import os
import time
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from domain import Outcome
from interface.views.problem import TITLES
from tests.interface.browsing import DRAFT, SHIFTS, Page
from tests.waiting import until

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))


# --- the way from an address to a draft ----------------------------------------------------------------


def test_an_address_becomes_a_draft_in_one_click(page: Page) -> None:
    page.type("#address", "https://one.example/job")
    page.click("#desk [type=submit]")
    page.see(DRAFT)
    assert page.title() == "Platform Engineer"
    assert "7 of 9 answered by your evidence" in page.text()
    assert page.requests_elsewhere() == set()
    assert page.complaints() == []


def test_it_works_by_keyboard_alone(page: Page) -> None:
    def tab_to(css: str) -> None:
        for _ in range(40):
            page.press(Keys.TAB)
            if page.run("return document.activeElement.matches(arguments[0])", css):
                return
        raise AssertionError(f"no way to {css}")

    tab_to("#address")
    page.press("https://many.example/jobs", Keys.ENTER)
    page.see("#stage .openings")
    tab_to("[data-do=write]")
    page.press(Keys.ENTER)
    page.see(DRAFT)
    tab_to(".mk")
    assert page.find("#draft .card.lit")
    page.press(Keys.ENTER)
    assert page.run("return document.activeElement.matches('.card')")
    page.press(Keys.ESCAPE)
    assert page.run("return document.activeElement.matches('.mk')")


def test_feedback_comes_within_two_hundred_milliseconds(page: Page) -> None:
    page.draft()  # the first stream of a session opens its connection
    page.type("#address", "https://slow.example/jobs")
    waited = page.driver.execute_async_script(
        "const done = arguments[0], began = performance.now();"
        "new MutationObserver((_, o) => { if (document.querySelector('in-reading')) {"
        " o.disconnect(); done(performance.now() - began); } })"
        ".observe(document.querySelector('#stage'), {childList: true, subtree: true, attributes: true});"
        "document.querySelector('#desk [type=submit]').click();"
    )
    page.click("[data-do=stop]")
    assert waited <= 200 * float(os.environ.get("SLOWNESS", "1"))


@pytest.mark.parametrize("width", [1280, 390, 360])
def test_the_page_does_not_shift_while_a_draft_arrives(page: Page, width: int) -> None:
    page.resize(width, 800)
    page.type("#address", "https://one.example/job")
    page.run(SHIFTS)
    page.click("#desk [type=submit]")
    page.see(DRAFT)
    time.sleep(0.2)
    assert page.run("return window.shifts") <= 0.01


def test_the_focus_on_a_marker_survives_the_sentences_that_follow(page: Page) -> None:
    page.type("#address", "https://one.example/job")
    page.run(
        "window.kept = null; new MutationObserver(() => { const mark = document.querySelector('#draft .mk');"
        " if (mark && !window.kept) { mark.focus(); window.kept = mark; window.at ="
        " document.querySelectorAll('#draft .mk').length; } })"
        ".observe(document.querySelector('#stage'), {childList: true, subtree: true});"
    )
    page.click("#desk [type=submit]")
    page.see(DRAFT)
    assert page.run("return window.at < document.querySelectorAll('#draft .mk').length")
    assert page.run("return document.activeElement === window.kept && window.kept.textContent === 'a'")
    assert page.find("#draft .card.lit")


def test_cancel_stops_a_reading_that_hangs_and_keeps_the_address(page: Page) -> None:
    page.ask("https://slow.example/jobs")
    page.see("#stage h1", "Reading slow.example")
    page.click("[data-do=stop]")
    page.see("#bar .note", "Stopped. Nothing was kept.")
    assert page.see("#address").get_attribute("value") == "https://slow.example/jobs"
    page.draft()


def test_an_empty_address_is_a_marked_mistake(page: Page) -> None:
    page.click("#desk [type=submit]")
    field = page.see("#address")
    assert page.see("#address-error").text == "Paste an address first."
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby") == "address-error"


# --- states --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", list(TITLES))
def test_a_page_that_gives_no_openings_says_why_and_takes_pasted_text(page: Page, outcome: Outcome) -> None:
    page.ask(f"https://{outcome.value}.example/jobs")
    page.see("#stage h1", TITLES[outcome])
    assert page.title() == TITLES[outcome]
    page.type("#pasted", "Platform Engineer\nWe ask for Kubernetes.")
    page.click(".paste [type=submit]")
    page.see(DRAFT)


def test_a_crash_shows_a_reference_and_no_traceback(page: Page) -> None:
    page.ask("https://broken.example/")
    page.see("#stage h1", "Something broke here, not on your side.")
    assert "Reference" in page.text()
    assert "Traceback" not in page.driver.page_source
    page.draft()


def test_a_site_that_keeps_one_waiting_is_named(page: Page) -> None:
    page.ask("https://slow.example/jobs")
    page.see("#stage .panel", "Still waiting for slow.example.")
    page.click("[data-do=stop]")


def test_the_list_is_filtered_while_one_types(page: Page) -> None:
    page.ask("https://many.example/jobs")
    page.see("#stage h1", "34 openings at Northwind Health")
    page.see("#words").send_keys("claims 17")
    page.see("#stage .openings h2", "Data Engineer, Claims 17")
    until(lambda: len(page.find("#stage .openings > li")) == 1)
    assert page.run("return document.activeElement.id") == "words"
    page.click("[data-do=write]")
    page.see(DRAFT)
    page.click("[data-do=choose]")
    page.see("#stage h1", "34 openings at Northwind Health")


def test_another_kind_or_persona_writes_again(page: Page) -> None:
    page.draft()
    page.run("document.querySelector('#desk [value=\"service-provider\"]').click()")
    page.see("#stage .banner", "Not ready to send. Add your postal address.")


def test_hostile_text_is_text(page: Page) -> None:
    page.draft("https://hostile.example/")
    assert "${window.owned=1}{{constructor" in page.title()
    page.click("#stage .banner summary")
    assert "<img src=x onerror" in page.see("#stage .banner pre").text
    page.click("[data-do=edit]")
    page.see("#letter[contenteditable]")
    page.select("You are")
    page.press("<img src=x onerror=window.owned=1>${window.owned=1}{{owned}} led ")
    page.see("#changes .card")
    assert page.run("return window.owned === undefined")
    assert not page.find("#stage img")


# --- sources -------------------------------------------------------------------------------------------


def test_a_source_lights_on_hover_and_goes_out_with_escape(page: Page) -> None:
    page.draft()
    page.run("document.querySelectorAll('#draft .mk')[1].focus()")
    assert [e.text[:1] for e in page.find("#draft .card.lit")] == ["1"]
    page.press(Keys.ESCAPE)
    assert not page.find("#draft .lit")


def test_on_a_phone_a_source_opens_from_below_and_gives_the_focus_back(page: Page) -> None:
    page.resize(390, 844)
    page.draft()
    marker = page.find("#draft .mk")[1]
    page.run("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", marker)
    drawer = page.see("#drawer")
    assert "Migrated 14 services to Kubernetes" in drawer.text
    above = page.run("return arguments[0].getBoundingClientRect().bottom", marker)
    assert above < page.run("return arguments[0].getBoundingClientRect().top", drawer)
    page.click("#drawer [data-close]")
    assert page.run("return document.activeElement === arguments[0]", marker)


# --- the letter ----------------------------------------------------------------------------------------


def test_an_edit_is_checked_while_typing_and_the_caret_stays(page: Page) -> None:
    page.draft()
    page.click("[data-do=edit]")
    page.see("#letter[contenteditable]")
    page.select("wrote the")
    page.press("led the")
    assert page.see("#changes .card", "“led”")
    assert page.run("return !document.querySelector('#wire').offsetParent"), "the answer itself shows"
    page.press(" whole")
    assert "I also led the whole Terraform modules" in page.see("#letter").text
    page.click("#changes button", "Undo")
    page.gone("#changes .card")
    assert "I also wrote the Terraform modules" in page.see("#letter").text


def test_enter_makes_a_new_paragraph(page: Page) -> None:
    page.draft()
    page.click("[data-do=edit]")
    page.see("#letter[contenteditable]")
    page.select("useful to you?")
    page.press(Keys.ARROW_RIGHT, Keys.ENTER, Keys.ENTER, "I can start in May.")
    until(lambda: len(page.find("#letter p")) == 6)
    page.press(" Or June.")
    page.click("[data-do=edit-done]")
    page.see(DRAFT)
    assert [p.text for p in page.find("#letter p")][3:5] == [
        "Would a short write-up of that migration be useful to you?",
        "I can start in May. Or June.",
    ]


def test_control_z_takes_an_edit_back_after_it_was_marked(page: Page) -> None:
    page.draft()
    page.click("[data-do=edit]")
    page.see("#letter[contenteditable]")
    page.select("wrote the")
    page.press("led the")
    page.see("#changes .card", "“led”")
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    page.gone("#changes .card")
    assert "I also wrote the Terraform modules" in page.see("#letter").text


def test_a_kept_line_is_the_persons_own(page: Page) -> None:
    page.draft()
    page.click("[data-do=edit]")
    page.see("#letter[contenteditable]")
    page.select("wrote the")
    page.press("led the")
    page.click("#changes button", "Keep, it is true")
    page.see(".letter .foot", "1 line is yours")
    page.click("[data-do=edit-done]")
    page.see(DRAFT)
    assert "1 line is yours" in page.see(".letter .foot").text
    assert "I also led the Terraform modules" in page.see("#letter").text


def test_copy_says_that_it_copied(page: Page) -> None:
    page.draft()
    page.click("[data-copy]")
    page.see("[data-copy]", "Copied.")
    page.see("[data-copy]", "Copy")


def test_a_download_carries_the_letter_as_it_stands(page: Page) -> None:
    page.draft()
    page.run(
        "window.saved = null; URL.createObjectURL = blob => { blob.text().then(t => window.saved = t); "
        "return '#write'; };"
    )
    page.click("[data-menu]")
    page.click("[data-export=eml]")
    saved = until(lambda: page.run("return window.saved"))
    assert saved.startswith(
        "Platform engineer: billing onto Kubernetes\n\nHello Northwind Health team,\n\nYou are"
    )
    assert saved.endswith("Kind regards,\nMaya Lindqvist")


# --- what stays ------------------------------------------------------------------------------------------


def test_nothing_typed_stays_in_the_browser(page: Page) -> None:
    page.draft()
    page.click("#theme")
    kept = page.run("return Object.keys(localStorage).concat(Object.keys(sessionStorage))")
    assert [key for key in kept if key != "inroad-theme"] == []
    assert "example" not in page.run("return JSON.stringify(localStorage)")
    page.click("#theme")
    page.run("localStorage.clear()")


# --- every screen, light and wide, dark and narrow -----------------------------------------------------

SCREENS = {
    "first": "",
    "reading": "https://slow.example/",
    "openings": "https://many.example/",
    "draft": "https://noai.example/",
    "blocked": "https://blocked.example/",
    "crash": "https://broken.example/",
    "evidence": "#evidence",
    "editing": "https://noai.example/",
}
READY = {"reading": "in-reading", "openings": "#stage .openings", "draft": DRAFT, "editing": DRAFT}


@pytest.fixture(params=list(SCREENS))
def screen(page: Page, request: pytest.FixtureRequest) -> Page:
    """One screen after another."""
    name = str(request.param)
    if name == "evidence":
        page.visit(page.address, "#evidence")
        page.click(".who summary")
    elif SCREENS[name]:
        page.ask(SCREENS[name])
        page.see(READY.get(name, "#stage .problem"))
    if name == "editing":
        page.click("[data-do=edit]")
        page.see("#letter[contenteditable]")
    return page


def test_nothing_scrolls_sideways_at_360(screen: Page) -> None:
    screen.resize(360, 780)
    time.sleep(0.1)
    assert screen.run("return document.documentElement.scrollWidth") <= 360


def axe_finds(page: Page, width: int, dark: bool) -> list[str]:
    """What axe-core has to say against the page as it shows."""
    if not AXE.exists():
        pytest.skip("axe-core is not there; name its axe.min.js in AXE_CORE")
    page.resize(width, 800)
    page.dark(dark)
    time.sleep(0.2)
    page.run(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
        ".then(r => done(r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' '))))"
    )
    return found


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_axe_finds_nothing(screen: Page, width: int, dark: bool) -> None:
    assert axe_finds(screen, width, dark) == []
