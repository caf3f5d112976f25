"""Choosing, editing, refusing, waiting and writing many, in a real browser."""

import time

import pytest
from selenium.webdriver.common.keys import Keys

from tests.interface.browsing import DRAFT, SHIFTS, Page
from tests.interface.fake_outreach import FAILED
from tests.interface.test_interface_browser import AXE
from tests.waiting import until

pytestmark = pytest.mark.browser
ONE, MANY = "https://one.example/job", "https://many.example/jobs"
REAL = "https://job-boards.greenhouse.io/northwindhealth/jobs/4410007"
SAVE = (
    "window.saved = null; URL.createObjectURL = blob => { blob.arrayBuffer().then(b => window.saved = "
    "Array.from(new Uint8Array(b.slice(0, 200000)))); return '#write'; };"
)


def saved(page: Page) -> bytes:
    """What the page handed to the browser to save."""
    return bytes(until(lambda: page.run("return window.saved")))


def choose_model(page: Page) -> None:
    page.click("#desk .more summary")
    page.see("#o-model")
    until(lambda: len(page.find("#o-model option")) > 1)
    page.run(
        "const s = document.querySelector('#o-model'); s.selectedIndex = 1;"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )


def editing(page: Page, source: str = ONE) -> None:
    page.draft(source)
    page.click("[data-do=edit]")
    page.see("#letter[contenteditable]")


# --- more options ----------------------------------------------------------------------------------------


def test_options_are_changed_without_reading_the_page_again(page: Page) -> None:
    page.draft()
    page.click("#desk .more summary")
    page.click("#desk .more label:has([value=warm])")
    page.click("#desk .more label:has([value=Terraform])")
    page.type("#o-recipient", "Ann Berg")
    page.click("#desk .more .apply button")
    page.see(DRAFT)
    assert not page.find("#desk .more[open]"), "it is out of the way of the draft"
    page.click("#desk .more summary")
    kept = page.run(
        "return [document.querySelector('[name=tone]:checked').value,"
        "document.querySelector('[name=stress]:checked').value, document.querySelector('#o-recipient').value]"
    )
    assert kept == ["warm", "Terraform", "Ann Berg"]
    assert page.complaints() == []


def test_the_options_work_by_keyboard(page: Page) -> None:
    page.draft()
    page.run("document.querySelector('#desk .more summary').focus()")
    page.press(Keys.ENTER)
    page.type("#why", "I use your app.")
    page.press(Keys.ENTER)
    page.see(DRAFT)
    assert page.run("return document.activeElement.matches('#desk .more summary')")
    page.press(Keys.ENTER)
    page.see("#o-recipient")
    page.press(Keys.ESCAPE)
    assert not page.find("#desk .more[open]")


def test_whom_one_writes_to_does_not_follow_to_another_opening(page: Page) -> None:
    page.ask(MANY)
    page.see("#stage .openings")
    page.click("[data-do=write][data-opening='3']")
    page.see(DRAFT)
    page.click("#desk .more summary")
    page.type("#o-recipient", "Ann Berg")
    page.type("#why", "I use your app.")
    page.press(Keys.ESCAPE)
    page.click("[data-do=choose]")
    page.see("#stage .openings")
    page.click("[data-do=write][data-opening='4']")
    page.see(DRAFT)
    page.click("#desk .more summary")
    assert page.see("#o-recipient").get_attribute("value") == ""
    assert page.see("#why").get_attribute("value") == "I use your app."


def test_a_key_of_ones_own_stays_in_its_field(page: Page) -> None:
    page.click("#desk .more summary")
    page.type("#o-key", "gsk_mine")
    page.run("document.querySelector('#o-key').blur()")
    page.draft()
    assert "gsk_mine" not in page.run("return document.documentElement.outerHTML")
    assert page.run("return document.querySelector('#o-key').value") == "gsk_mine"
    assert "gsk_mine" not in page.run(
        "return JSON.stringify([localStorage, sessionStorage, document.cookie])"
    )


# --- an edit, with the program itself behind it -------------------------------------------------------------


@pytest.fixture
def real(chromium: Page, own_address: str) -> Page:
    """The program as on a laptop, freshly opened."""
    chromium.visit(own_address)
    return chromium


def test_a_made_up_number_typed_into_a_claim_is_marked_at_once_and_becomes_evidence(real: Page) -> None:
    editing(real, REAL)
    real.select("14")
    real.press("140")
    card = real.see("#changes .card", "140")
    assert "Your evidence does not give the number “140”." in card.text
    assert real.find("#letter .sent.odd")
    real.click("#changes button", "Add as evidence")
    real.see("#stage .banner", "Added to")
    assert not real.find("#changes .card")
    assert not real.find("#letter .sent.odd")
    assert "Written by you" in real.see(".sources").text
    assert real.complaints() == []


def test_the_letter_stays_where_it_is_when_a_line_is_marked(real: Page) -> None:
    editing(real, REAL)
    where = "const r = document.querySelector('#letter').getBoundingClientRect(); return [r.x, r.y, r.width]"
    before = real.run(where)
    real.select("14")
    real.press("140")
    real.see("#letter .sent.odd")
    assert real.run(where) == before


def test_a_line_is_removed(page: Page) -> None:
    editing(page)
    page.select("wrote the")
    page.press("led the")
    page.click("#changes button", "Remove")
    page.gone("#changes .card")
    assert "Terraform modules" not in page.see("#letter").text


def test_an_odd_subject_is_marked_and_undone(page: Page) -> None:
    editing(page)
    page.type("#subject", "Platform engineer with 20 years of Rust")
    page.see("#changes .card", "Subject")
    assert page.find("#subject.odd")
    page.click("#changes button", "Undo")
    page.gone("#changes .card")
    assert page.see("#subject").get_attribute("value") == "Platform engineer: billing onto Kubernetes"


def test_a_finished_letter_names_what_has_no_source_and_is_copied_all_the_same(page: Page) -> None:
    editing(page)
    page.select("wrote the")
    page.press("led the")
    page.click("[data-do=edit-done]")
    page.see("#stage .banner", "1 line has no source.")
    page.click("[data-copy]")
    page.see("[data-copy]", "Copied.")


def test_the_receipt_says_whose_word_it_is_and_runs_nothing(page: Page) -> None:
    editing(page)
    page.select("wrote the")
    page.press("led the <script>window.owned=1</script>")
    page.click("#changes button", "Keep, it is true")
    page.see(".letter .foot", "1 line is yours")
    page.click("[data-do=edit-done]")
    page.see(DRAFT)
    page.run(SAVE)
    page.click("[data-menu]")
    page.click("[data-export=receipt-html]")
    html = saved(page).decode()
    assert "How this cold email was made" in html
    assert "The sender’s own word" in html
    assert "<script" not in html


def test_everything_comes_in_one_file(page: Page) -> None:
    page.draft()
    page.run(SAVE)
    page.click("[data-menu]")
    page.click("[data-export=zip]")
    assert saved(page).startswith(b"PK")


# --- a tailored résumé -----------------------------------------------------------------------------------


def resume(page: Page) -> None:
    page.run("document.querySelector('#desk [value=tailored-resume]').click()")
    page.draft()


def test_a_resume_stands_beside_its_differences(page: Page) -> None:
    resume(page)
    card = page.see(".card", "Successfully migrated")
    assert [e.text for e in page.find(".card del")] == ["Successfully migrated"]
    assert [e.text for e in page.find(".card ins")] == ["Migrated"]
    assert "“successfully” says nothing" in card.text.casefold()
    assert "2 of 2 changes accepted" in page.see(".sources").text


def test_a_change_is_refused_accepted_again_and_all_are_kept_mine(page: Page) -> None:
    resume(page)
    page.click("[data-do=resume-accept][data-items=e1]", "Refuse")
    page.see(".sources", "1 of 2 changes accepted")
    assert "Successfully migrated" in page.see("#letter").text
    page.click("[data-do=resume-accept][data-items=e1]", "Accept")
    page.see(".sources", "2 of 2 changes accepted")
    page.click("[data-do=resume-all]", "Keep mine")
    page.see(".sources", "0 of 2 changes accepted")
    page.click("[data-do=resume-all]", "Accept all")
    page.see(".sources", "2 of 2 changes accepted")


def test_what_was_left_out_is_put_back(page: Page) -> None:
    resume(page)
    page.see("#stage .back", "No room on two pages.")
    page.click("[data-do=resume-put-back]")
    page.gone("#stage .back")
    assert "pgquiet, an open-source tool." in page.see("#letter").text


def test_a_resume_is_copied_as_plain_text(page: Page) -> None:
    resume(page)
    page.run("navigator.clipboard.writeText = words => { window.copied = words; return Promise.resolve(); }")
    page.click("[data-copy]")
    page.see("[data-copy]", "Copied.")
    copied = page.run("return window.copied")
    assert copied.startswith("Maya Lindqvist\n")
    assert "- Migrated 14 services" in copied


# --- services --------------------------------------------------------------------------------------------


def test_an_offer_without_an_address_has_the_field_right_there(page: Page) -> None:
    page.draft()
    page.run("document.querySelector('#desk [value=\"service-provider\"]').click()")
    page.see("#stage .banner", "Not ready to send. Add your postal address.")
    page.see(DRAFT)
    page.click("#stage .one-line button")
    assert page.see("#postal-error").text == "Write the address first."
    page.type("#postal", "Quay 3, Ostmark")
    page.press(Keys.ENTER)
    page.gone("#stage .one-line")
    page.see(DRAFT)


# --- a model ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_a_model_that_fails_half_way_hands_over_without_a_jump(page: Page, width: int) -> None:
    page.resize(width, 800)
    choose_model(page)
    page.type("#address", ONE)
    page.run(SHIFTS)
    page.click("#desk [type=submit]")
    page.see(".by-model", "gpt-oss-120b writes this,")
    page.see(DRAFT)
    assert FAILED in page.see(".by-model").text
    time.sleep(0.2)
    assert page.run("return window.shifts") <= 0.01
    page.see(".by-model [data-do=write-model]")


def test_a_wait_is_left_by_cancel(page: Page) -> None:
    choose_model(page)
    page.ask("https://busy.example/job")
    page.see("#stage h1", "2 drafts are ahead of you, about 40 seconds.")
    page.click("[data-do=stop]")
    page.see("#bar .note", "Stopped. Nothing was kept.")


def test_a_wait_is_left_for_the_built_in_writer(page: Page) -> None:
    choose_model(page)
    page.ask("https://busy.example/job")
    page.click("#stage button", "Use the built-in writer now")
    page.see(DRAFT)
    assert not page.find(".by-model")


# --- the message that follows ----------------------------------------------------------------------------


def test_the_follow_up_comes_after_the_finished_email_and_leads_back(page: Page) -> None:
    page.draft()
    page.click("[data-do=follow-up]")
    page.see("[data-do=first-message]")
    page.see(DRAFT)
    page.click("[data-do=first-message]")
    page.see("[data-do=follow-up]")


# --- many ------------------------------------------------------------------------------------------------


def test_some_are_picked_written_opened_and_taken_away(page: Page) -> None:
    page.ask(MANY)
    page.see("#stage .openings")
    for number in (0, 2, 3):
        page.click(f"[data-pick-opening='{number}']")
    page.click("[data-bulk=write]", "Write 3 drafts")
    page.see("#bulk h2", "3 of 3 drafts written for Northwind Health")
    titles = [e.text for e in page.find("#bulk .name")]
    page.click("[data-do=open-draft]")
    page.see(DRAFT)
    assert page.title() == titles[0]
    page.run(SAVE)
    page.click("[data-do=take-drafts]")
    assert saved(page).startswith(b"PK")
    page.click("[data-bulk=close]")
    page.gone("#bulk .panel")
    assert page.complaints() == []


def test_what_is_picked_outlives_the_filter(page: Page) -> None:
    page.ask(MANY)
    page.see("#stage .openings")
    page.click("[data-pick-opening='1']")
    page.see("#words").send_keys("reliability 1")
    until(lambda: not page.find("[data-pick-opening='1']"))
    assert not page.run("return [...document.querySelectorAll('[data-pick-opening]')].some(b => b.checked)")
    page.click("[data-pick-all]")
    count = len(page.find("[data-pick-opening]"))
    assert page.see("[data-bulk=write]").text == f"Write {count + 1} drafts"


# --- every new screen, light and wide, dark and narrow ----------------------------------------------------


def many(page: Page) -> None:
    page.ask(MANY)
    page.click("[data-pick-opening='0']")
    page.click("[data-bulk=write]")
    page.see("[data-do=open-draft]")


def busy(page: Page) -> None:
    choose_model(page)
    page.ask("https://busy.example/job")
    page.see("in-waiting")


def options(page: Page) -> None:
    page.draft()
    page.click("#desk .more summary")


def agency(page: Page) -> None:
    page.draft()
    page.run("document.querySelector('#desk [value=\"service-provider\"]').click()")
    page.see("#stage .one-line")
    page.see(DRAFT)


def odd(page: Page) -> None:
    editing(page)
    page.select("wrote the")
    page.press("led the")
    page.click("#changes button", "Keep, it is true")
    page.see(".mk.own")
    page.select("switches")
    page.press("I led ")
    page.see("#changes .card")


SCREENS = {"options": options, "resume": resume, "agency": agency, "odd": odd, "many": many, "busy": busy}


@pytest.fixture(params=list(SCREENS))
def screen(page: Page, request: pytest.FixtureRequest) -> Page:
    SCREENS[str(request.param)](page)
    return page


def test_nothing_scrolls_sideways_at_360(screen: Page) -> None:
    screen.resize(360, 780)
    time.sleep(0.1)
    assert screen.run("return document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_axe_finds_nothing(screen: Page, width: int, dark: bool) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not there; name its axe.min.js in AXE_CORE")
    screen.resize(width, 800)
    screen.dark(dark)
    time.sleep(0.2)
    screen.run(AXE.read_text(encoding="utf-8"))
    found = screen.driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
        ".then(r => done(r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' '))))"
    )
    assert found == []
