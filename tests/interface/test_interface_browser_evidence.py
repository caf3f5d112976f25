"""Evidence in a real browser: bringing files, looking them through, finding them again."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.interface import fake_outreach as fake
from tests.interface.browsing import DRAFT, Page
from tests.interface.conftest import SERVE, serving
from tests.interface.test_interface_browser import AXE
from tests.waiting import until

pytestmark = pytest.mark.browser
RESUME = (
    "Ada Example",
    "ada@mail.example",
    "Experience",
    "Platform Engineer, Fernhill, 2021 - 2024",
    "- Migrated 14 services to Kubernetes, reducing deploy time from 40 to 6 minutes.",
    "- Wrote the Terraform modules for PostgreSQL used by four teams.",
    "Skills",
    "Python, Kubernetes, PostgreSQL",
)
POSTING = """<html><head><title>Platform Engineer - Northwind Health</title></head><body>
<h1>Platform Engineer</h1><p>Northwind Health, Copenhagen</p>
<h2>What you will do</h2><ul><li>Move our billing services onto Kubernetes.</li>
<li>Look after PostgreSQL with Terraform.</li></ul>
<h2>What you bring</h2><ul><li>Experience with Kubernetes and PostgreSQL.</li><li>Python.</li></ul>
<p>Apply with your résumé.</p></body></html>"""


def pdf(lines: tuple[str, ...]) -> bytes:
    """A page of Helvetica, written by hand."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    content = f"BT /F1 11 Tf 60 780 Td 18 TL {shown}ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, at = len(objects) + 1, len(body)
    start = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return body + start + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, at)


def give(page: Page, *files: Path, to: str = "evidence") -> None:
    """Choose files, as the file dialog would."""
    field = page.run("return document.querySelector(arguments[0]).previousElementSibling", f"#upload-{to}")
    field.send_keys("\n".join(map(str, files)))


def item(words: str) -> str:
    return f"#evidence .group:not(.doubts) li[data-item='{words}']"


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "ada.pdf"
    path.write_text(fake.RESUME)
    return path


@pytest.fixture
def read(page: Page, resume: Path) -> Page:
    """The evidence page of a visitor who has brought a résumé."""
    page.visit(page.address, "#evidence")
    give(page, resume)
    page.see("#imports .result", "Added 3 items, 1 to check.")
    page.see(item("e1"))
    return page


@pytest.fixture
def laptop(chromium: Page, own_address: str) -> Iterator[Page]:
    """The program itself, on which nothing is kept before or after."""
    chromium.visit(own_address, "#evidence")
    yield chromium
    if chromium.shown("#evidence .shelf [data-menu]"):
        chromium.click("#evidence .shelf [data-menu]")
        chromium.click("#evidence [data-what=all]")
        chromium.click(".sure .btn", "Delete everything")
        chromium.gone("#evidence .shelf")


# --- bringing files ------------------------------------------------------------------------------------


def test_from_a_pdf_and_a_saved_opening_to_a_draft_without_typing(laptop: Page, tmp_path: Path) -> None:
    resume, opening = tmp_path / "ada-resume.pdf", tmp_path / "opening.html"
    resume.write_bytes(pdf(RESUME))
    opening.write_text(POSTING)
    give(laptop, resume)
    laptop.see("#imports .result", "Added")
    laptop.see("#evidence .who", "Writing as Ada Example.")
    laptop.run("location.hash = '#write'")
    give(laptop, opening, to="page")
    laptop.see(DRAFT)
    assert "Ada Example" in laptop.see("#letter").text
    assert "ada-resume.pdf" in laptop.see(".sources").text
    assert "of what they name" in laptop.see(".coverage").text
    assert laptop.complaints() == []
    # Another page of the same person has it at once, and what is done there is seen here.
    first = laptop.driver.current_window_handle
    laptop.driver.switch_to.new_window("tab")
    laptop.driver.get(f"{laptop.address}/#evidence")
    laptop.see("#evidence .shelf", "Ada Example")
    laptop.see("#evidence .shelf", "Kept on this computer.")
    laptop.run("document.querySelector('#evidence [data-do=hide]').click()")
    laptop.see("#evidence .note", "Removed.")
    laptop.driver.close()
    laptop.driver.switch_to.window(first)
    laptop.run("document.dispatchEvent(new Event('visibilitychange')); location.hash = '#evidence'")
    laptop.see("#evidence .hidden-items summary", "Hidden: 1 item")


def test_files_dropped_on_the_page_are_read_in_order(page: Page) -> None:
    page.visit(page.address, "#evidence")
    page.run(
        "const files = new DataTransfer();"
        "for (const [name, text] of arguments[0]) files.items.add(new File([text], name));"
        "const tell = kind => document.querySelector('#evidence').dispatchEvent("
        "new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));"
        "tell('dragenter'); tell('dragover');"
        "window.over = getComputedStyle(document.querySelector('.drop')).display;"
        "tell('drop');",
        [["one.txt", "Built a thing."], ["two.csv", "\0"], ["three.txt", "Ran it."]],
    )
    assert page.run("return window.over") == "grid"
    page.see("#imports", "Clear this list")
    lines = [line.text.replace("\n", " ") for line in page.find("#imports li")]
    assert [line.split(".")[0] for line in lines] == ["one", "two", "three"]
    assert "Save it as CSV." in lines[1]
    page.see("#evidence .items", "Ran it.")
    assert not page.shown(".drop")


def test_reading_shows_how_far_it_is_and_can_be_cancelled(page: Page, tmp_path: Path) -> None:
    quick, slow = tmp_path / "quick.txt", tmp_path / "slow-portfolio.csv"
    quick.write_text("Built a thing.")
    slow.write_text("Ran a hundred.")
    page.visit(page.address, "#evidence")
    give(page, quick, slow)
    page.see("#imports .name", "Reading slow-portfolio.csv")
    page.see("#imports .result", "of 5,000 rows")
    page.see("#evidence .items", "Built a thing.")
    page.click("#imports [data-do=halt]")
    page.see("#imports .result", "Stopped. Nothing of it was kept.")
    assert "Ran a hundred." not in page.text()
    page.click("[data-do=clear-list]")
    page.gone("#imports li")


def test_a_file_that_is_too_large_is_not_sent(page: Page, tmp_path: Path) -> None:
    film = tmp_path / "film.pdf"
    with film.open("wb") as file:
        file.truncate(10_000_001)
    page.visit(page.address, "#evidence")
    give(page, film)
    page.see("#imports .result", "It is larger than 10 MB.")


# --- looking through -----------------------------------------------------------------------------------


def test_a_chosen_item_is_lit_where_it_stands(read: Page) -> None:
    read.click(f"{item('e3')} .where")
    lit = read.see("#paper .at.lit")
    assert lit.text == "Built the billing API in Python."
    assert read.run("return document.querySelector('#paper').scrollTop >= 0")
    read.click("#paper .at[data-at=e1]")
    assert read.run("return document.querySelector(arguments[0]).classList.contains('chosen')", item("e1"))
    read.press(Keys.ESCAPE)
    assert not read.find("#paper .at.lit")


def test_items_are_confirmed_edited_hidden_and_merged_by_keyboard(read: Page) -> None:
    def act(css: str, button: str) -> None:
        read.run("document.querySelector(arguments[0]).focus()", f"{css} .where")
        read.press(Keys.ENTER)
        for _ in range(8):
            read.press(Keys.TAB)
            if read.run("return document.activeElement.textContent") == button:
                break
        assert read.run("return document.activeElement.textContent") == button
        read.press(Keys.ENTER)

    act(item("e1"), "Confirm")
    read.see(f"{item('e1')} .yes", "Confirmed")
    act(item("e3"), "Edit")
    until(lambda: read.run("return document.activeElement.id") == "own-words")
    read.press(" And kept it.", Keys.TAB, Keys.ENTER)
    read.see(f"{item('e3')} .say", "Built the billing API in Python. And kept it.")
    read.see(f"{item('e3')} .was", "It said “Built the billing API in Python.”")
    act(item("e3"), "Remove")
    read.see("#evidence .note", "Removed.")
    read.click("#evidence .note button")
    read.see(item("e3"))
    act(item("e3"), "Same as another")
    read.see("#evidence .banner.merging")
    read.click(f"{item('e1')} [data-do=merge]")
    read.click("#evidence .merging [data-do=merge-keep][data-item=e1]")
    read.see("#evidence .note", "They are one item now.")
    assert not read.find(item("e3"))


def test_a_doubt_is_settled_with_one_press(read: Page) -> None:
    read.see("#evidence .doubts h2", "Please check 1 item")
    read.click("#evidence .doubts [data-do=answer]", "30 %")
    read.gone("#evidence .doubts")
    read.see(item("e2"), "Cut cloud costs by 30 %")


def test_on_a_phone_the_place_comes_from_below_and_gives_the_focus_back(read: Page) -> None:
    read.resize(360, 780)
    read.click(f"{item('e3')} .where")
    assert read.see("#drawer .at.lit").text == "Built the billing API in Python."
    read.click("#drawer [data-close]")
    assert read.run("return document.activeElement.dataset.pick") == "e3"
    assert read.run("return document.documentElement.scrollWidth") <= 360


def test_evidence_written_in_the_form_is_used(page: Page) -> None:
    page.visit(page.address, "#evidence")
    page.click(".who summary")
    page.type("#f-name", "Ada Example")
    page.type("#f-experience", "Built a thing.")
    page.click("#profile-form [type=submit]")
    page.see("#evidence .who", "Writing as Ada Example.")
    page.see("#evidence .items", "Built a thing.")
    page.run("location.hash = '#write'")
    page.see(".hints", "Using the evidence of Ada Example.")


def test_a_gap_is_answered_on_the_evidence_page_and_the_draft_says_so(read: Page) -> None:
    read.run("location.hash = '#write'")
    read.draft()
    read.click(".gaps a", "Yes, add it")
    until(lambda: read.run("return document.activeElement.id") == "add-words")
    assert read.see("#add-words").get_attribute("value") == "PCI DSS"
    read.press(Keys.END, ", two audits at Fernhill.")
    read.click("#add-form [type=submit]")
    read.see("#evidence .items", "PCI DSS, two audits at Fernhill.")
    read.click("#evidence .note a", "Back to your draft")
    read.see("#stage .banner", "Your evidence has changed.")


def test_a_visitors_evidence_is_gone_with_the_page(read: Page) -> None:
    assert "Forgotten when you close or reload the page." in read.see("#evidence .shelf").text
    read.driver.refresh()
    read.see("#evidence .who", "This is the sample evidence of Maya Lindqvist.")


# --- every state, light and wide, dark and narrow ------------------------------------------------------

STATES = {
    "read": (),
    "chosen": ("[data-pick=e1]",),
    "editing": ("[data-pick=e1]", f"{item('e1')} [data-do=open]"),
    "merging": ("[data-pick=e1]", f"{item('e1')} [data-do=merge]"),
    "reading as": ("[data-part=parser]",),
    "heading": (".group > header [data-do=open]",),
    "menu": (".shelf [data-menu]",),
    "new": (".shelf [data-menu]", "[data-part=new-profile]"),
    "deleting": (".shelf [data-menu]", "[data-what=all]"),
    "adding": ("[data-part=add]",),
}


PRESSED_IF_THERE = "const it = document.querySelector(arguments[0]); it?.click(); return it !== null"


def test_no_state_scrolls_sideways_and_axe_finds_nothing(read: Page) -> None:
    read.driver.set_script_timeout(30)
    if AXE.exists():
        read.run(AXE.read_text(encoding="utf-8"))
    for name, presses in STATES.items():
        for css in presses:
            there = f"#evidence {css.removeprefix('#evidence ')}"
            until(partial(read.run, PRESSED_IF_THERE, there))
            time.sleep(0.15)
        for width, dark in ((1280, False), (360, True)):
            read.resize(width, 800)
            read.dark(dark)
            time.sleep(0.1)
            assert read.run("return document.documentElement.scrollWidth") <= width, name
            if AXE.exists():
                found = read.driver.execute_async_script(
                    "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
                    ".then(r => done(r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' '))))"
                )
                assert found == [], (name, width)
        for css in (
            "[data-close]",
            "[data-do=merge-stop]",
            ".btn.bare[data-part='']",
            "[data-do=ask][data-what='']",
        ):
            if read.shown(css):
                read.run("document.querySelector(arguments[0]).click()", css)
                time.sleep(0.15)
        read.press(Keys.ESCAPE)
    read.dark(False)


# --- slow lines, quick fingers, and what is being written ----------------------------------------------


def test_a_file_on_its_way_has_a_line_before_the_server_says_anything(page: Page, resume: Path) -> None:
    page.visit(page.address, "#evidence")
    network = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    page.driver.execute_cdp_cmd("Network.enable", {})
    page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", network)
    try:
        give(page, resume)
        assert page.see("#sending .name").text == "Sending ada.pdf"
    finally:
        page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {**network, "latency": 0})
    page.see("#imports .result", "Added 3 items")
    page.gone("#sending")


def test_a_file_that_could_not_be_sent_says_so(page: Page, resume: Path) -> None:
    page.visit(page.address, "#evidence")
    page.driver.execute_cdp_cmd("Network.enable", {})
    page.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/gradio_api/upload*"]})
    try:
        give(page, resume)
        page.see("#sending .result", "It did not arrive. Add it once more.")
    finally:
        page.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})


def test_what_is_typed_outlives_what_else_is_done_on_the_page(read: Page) -> None:
    read.click("#evidence .who summary")
    read.type("#f-headline", "Platform engineer")
    read.click("#evidence .adding button")
    read.type("#add-words", "Kept card data in scope.")
    read.run("document.querySelector(arguments[0]).click()", f"{item('e1')} [data-do=confirm]")
    read.see(f"{item('e1')} .yes", "Confirmed")
    read.run("document.querySelector(arguments[0]).click()", f"{item('e1')} [data-do=hide]")
    read.see("#evidence .note", "Removed.")
    assert read.see("#f-headline").get_attribute("value") == "Platform engineer"
    assert read.see("#add-words").get_attribute("value") == "Kept card data in scope."
    read.click("#add-form [type=submit]")
    read.see("#evidence .note", "Added. You are its source.")
    assert read.see("#f-headline").get_attribute("value") == "Platform engineer"
    read.click("#evidence .adding button")
    assert read.see("#add-words").get_attribute("value") == ""


def test_the_second_of_two_clicks_acts_on_nothing_that_moved_under_it(read: Page) -> None:
    read.click("#evidence .shelf [data-menu]")
    read.click("#evidence [data-part=new-profile]")
    read.type("#profile-label", "Other")
    button = read.see("#evidence .panel-form [type=submit]", "Begin it")
    ActionChains(read.driver).move_to_element(button).double_click().perform()
    read.see("#evidence .note", "A new profile.")
    time.sleep(0.5)
    read.click("#evidence .shelf [data-menu]")
    assert len(read.find("#evidence [data-do=use-profile]")) == 2


def test_no_upload_leaves_a_file_on_the_server(chromium: Page, resume: Path, tmp_path: Path) -> None:
    with serving("-c", SERVE, str(tmp_path / "data")) as at:
        chromium.visit(at, "#evidence")
        give(chromium, resume)
        chromium.see("#imports .result", "Added 3 items")
        uploads = tmp_path / "data" / "uploads"
        assert uploads.stat().st_mode & 0o777 == 0o700
        until(lambda: [path for path in uploads.rglob("*") if path.is_file()] == [])
