"""Reading says what happened: each step as it goes, and one true reason when there are no openings."""

import pytest

import samples
import scraping
from domain import Outcome, Section, Step, StepState
from errors import AddressRefused, Cancelled, FetchFailed, UnsupportedContent
from scraping.http import Fetch, Request, Response

URL = "https://www.arkway.example/careers"
LIST = (
    "<h2>Open positions</h2><ul><li><a href='/jobs/1'>Cook</a></li><li><a href='/jobs/2'>Baker</a></li></ul>"
)


def page(body: str | bytes, status: int = 200, kind: str = "text/html") -> Fetch:
    raw = body.encode() if isinstance(body, str) else body
    return lambda request: Response(request.url, status, {"content-type": kind}, raw)


def failing(error: Exception) -> Fetch:
    def fetch(request: Request) -> Response:
        raise error

    return fetch


def outcome(fetch: Fetch, url: str = URL) -> Outcome:
    reading = scraping.read(url, fetch)
    assert (reading.problem is None) == (reading.outcome is Outcome.OPENINGS)
    return reading.outcome


def test_steps_are_told_as_they_happen_in_plain_words() -> None:
    told: list[Step] = []
    reading = scraping.read(URL, page(LIST), progress=told.append, follow=0)
    assert [(s.name, s.state, s.result) for s in reading.steps] == [
        ("Address", StepState.DONE, "well formed"),
        ("Page", StepState.DONE, "opened, 1 KB"),
        ("Job board in the address", StepState.SKIPPED, "none, this is their own site"),
        ("Job board on the page", StepState.SKIPPED, "none"),
        ("Job data inside the page", StepState.SKIPPED, "none"),
        ("Openings on the page", StepState.DONE, "2 found"),
    ]
    assert [s.name for s in told if s.state is StepState.RUNNING][:2] == ["Address", "Page"]
    assert told[0].state is StepState.RUNNING


def test_a_refused_page_says_so_in_its_steps() -> None:
    reading = scraping.read(URL, page("<title>403 Forbidden</title>", 403))
    assert reading.problem is not None
    assert reading.problem.title == "This site does not let programs read it"
    assert "403" in reading.problem.what
    assert [(s.name, s.state) for s in reading.steps][1] == ("Page", StepState.FAILED)


@pytest.mark.parametrize(
    ("body", "status", "wall"),
    [
        ("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", 200, "Cloudflare"),
        ("<title>Attention Required! | Cloudflare</title>", 403, "Cloudflare"),
        ("<script src='https://ct.captcha-delivery.com/c.js'></script>", 200, "DataDome"),
        ("<iframe src='/_Incapsula_Resource?x'></iframe>", 200, "Imperva"),
        ("<title>Access Denied</title>Reference #18 https://errors.edgesuite.net/18", 200, "Akamai"),
        ("<title>Pardon Our Interruption</title>", 200, "Distil"),
        ("<div id='px-captcha'></div>", 200, "PerimeterX"),
        ("Slow down", 429, "429"),
    ],
)
def test_walls_are_named_whatever_the_status(body: str, status: int, wall: str) -> None:
    reading = scraping.read(URL, page(body, status))
    assert reading.outcome is Outcome.BLOCKED
    assert reading.problem is not None
    assert wall in reading.problem.what


def test_a_page_that_only_mentions_a_wall_is_read() -> None:
    assert (
        outcome(page(LIST + "<p>We run behind captcha-delivery.com.</p>" + "<p>Soup is good.</p>" * 300))
        is Outcome.OPENINGS
    )


@pytest.mark.parametrize(
    "url",
    ["linkedin.com/jobs/view/1", "https://de.indeed.com/viewjob?jk=1", "https://www.glassdoor.co.uk/job/1"],
)
def test_sites_that_refuse_programs_are_not_even_asked(url: str) -> None:
    assert outcome(failing(AssertionError("was fetched")), url) is Outcome.BLOCKED


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://",
        "ftp://arkway.example",
        "https://localhost/x",
        "https://a b.example",
        "mailto:a@b.example",
    ],
)
def test_what_is_no_public_address_is_refused_with_a_reason(url: str) -> None:
    reading = scraping.read(url, failing(AssertionError("was fetched")))
    assert reading.outcome is Outcome.BAD_ADDRESS
    assert reading.problem is not None
    assert reading.problem.title == "This address cannot be opened from here"


def test_an_address_without_a_scheme_is_read_securely() -> None:
    assert scraping.read("www.arkway.example/careers", page(LIST)).url == URL


@pytest.mark.parametrize(
    ("fetch", "expected"),
    [
        (failing(AddressRefused("This address is not on the public internet.")), Outcome.BAD_ADDRESS),
        (failing(FetchFailed("www.arkway.example took too long to answer.")), Outcome.UNREACHABLE),
        (failing(UnsupportedContent("This is a PDF.")), Outcome.UNSUPPORTED),
        (page("gone", 404), Outcome.UNREACHABLE),
        (page("oops", 502), Outcome.UNREACHABLE),
        (page(b"%PDF-1.7 x"), Outcome.UNSUPPORTED),
        (page(bytes(range(256)) * 40), Outcome.UNSUPPORTED),
        (page('{"offers": []}', kind="application/json"), Outcome.NOT_UNDERSTOOD),
        (page("<?xml version='1.0'?><jobs/>", kind="application/xml"), Outcome.NOT_UNDERSTOOD),
    ],
)
def test_each_failure_has_its_own_outcome(fetch: Fetch, expected: Outcome) -> None:
    assert outcome(fetch) is expected


def test_only_cancelling_escapes() -> None:
    with pytest.raises(Cancelled):
        scraping.read(URL, failing(Cancelled()))


ROUGH = {
    "nothing": b"",
    "cut off JSON": b'{"jobs": [{"id": 1, "tit',
    "deep JSON": b"[" * 6_000,
    "odd jobs": b'{"jobs": [1, null, {"id": [], "title": {}}]}',
    "null": b"null",
    "deep HTML": b"<div>" * 5_000 + b"Cook",
    "far deeper HTML": b"<ul><li>" * 60_000,
    "formatting without end": b"".join(b"<b a=%d>" % n for n in range(3_000)) + b"<p>x" * 3_000,
    "megabytes": b"<p>Cook lunch for all of us. </p>" * 60_000,
    "open comments": b"<!--" * 50_000,
    "zeros": b"<html>\x00<p>x",
    "wrong charset": "<meta charset=utf-16><h1>Köchin</h1>".encode("latin-1"),
    "endless CSS": b"<style>" + b"a:not(.b){color:red}" * 20_000 + b"</style><p>x",
    "broken job data": b'<script type="application/ld+json">{"@type":"JobPosting","title":'
    + b"[" * 3_000
    + b"</script>",
}


@pytest.mark.parametrize("name", ROUGH)
@pytest.mark.parametrize(
    "url", [URL, "https://boards.greenhouse.io/arkway", "https://jobs.lever.co/arkway/0b6c-1"]
)
def test_nothing_that_a_server_sends_breaks_the_reading(name: str, url: str) -> None:
    assert outcome(scraping.saved_page(ROUGH[name], url), url) is not Outcome.OPENINGS or name == "megabytes"


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        ("<h1>Küchenhilfe (m/w/d)</h1>".encode(), "text/html; charset=iso-8859-1"),
        ("<meta charset=windows-1252><h1>Küchenhilfe (m/w/d)</h1>".encode("cp1252"), "text/html"),
        ("<h1>Küchenhilfe (m/w/d)</h1>".encode("cp1252"), "text/html; charset=utf-8"),
        ("<h1>Küchenhilfe (m/w/d)</h1>".encode("utf-16"), "text/html"),
    ],
)
def test_a_wrong_or_missing_charset_is_seen_through(body: bytes, declared: str) -> None:
    from scraping.page import Page

    assert Page.of(Response(URL, 200, {"content-type": declared}, body)).seen.text == "Küchenhilfe (m/w/d)"


def test_a_saved_page_answers_for_its_address_only() -> None:
    fetch = scraping.saved_page(b"<p>x</p>", URL)
    assert fetch(Request(URL + "#top")).status == 200
    assert fetch(Request(URL + "/other")).status == 404


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!doctype html><p>x", True),
        (b' {"jobs": []}', True),
        (b"[]", True),
        (b"Cook\nWe cook <3 soup", False),
        (b"[Cook] wanted", False),
    ],
)
def test_markup_is_told_from_plain_text(body: bytes, expected: bool) -> None:
    assert scraping.looks_like_markup(body) is expected


def test_the_samples_are_read_without_a_network() -> None:
    fetch = samples.sample_fetch(failing(AssertionError("asked the network")))
    readings = {sample.label: scraping.read(sample.url, fetch) for sample in samples.SAMPLES}
    assert {label: len(r.postings) for label, r in readings.items()} == {
        "a job board page": 1,
        "a company site": 1,
        "34 openings": 34,
    }
    platform = readings["a job board page"]
    assert platform.postings[0].company == "Northwind Health"
    assert "Put PLAT-7 in the subject of your email." in platform.instructions
    for posting in readings["34 openings"].postings:
        assert {line.section for line in posting.lines} >= {Section.TASKS, Section.MUST, Section.ABOUT}
