"""Whatever an address, a page, a board or a server says, reading ends in a reading, never in an exception.

Each test runs a few dozen cases, the same ones every time. For many new ones, shared out among the tests:

    INROAD_FUZZ=25000 make test ARGS=tests/scraping/test_scraping_fuzz.py
"""

import json
import os
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import outreach
import scraping
from domain import Outcome, Reading
from errors import RobotsRefused
from scraping import boards
from scraping.address import check_url
from scraping.board import BOARDS, Board, BoardAnswer, Place
from scraping.http import Fetch, Response
from scraping.javascript import NotALiteral, parse_literal
from scraping.pacing import seconds_to_wait
from scraping.page import Page
from scraping.problems import host_of, our_fault
from scraping.robots import Robots
from tests.scraping.fuzzed import ADDRESSES, addresses, answers, bodies, lines, literals, markup

TOTAL = int(os.environ.get("INROAD_FUZZ", "0"))
TESTS = 11
settings.register_profile(
    "reading",
    max_examples=max(1, TOTAL // TESTS) if TOTAL else 40,
    derandomize=not TOTAL,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
as_told = settings.get_profile("reading")
TYPES = (
    *("text/html", "text/html; charset=idna", "application/json", "text/xml; charset=utf-7", "image/png"),
    *(";", "", "text/html; charset=hex", "text/plain"),
)
ROBOTS = (
    b"User-agent: *",
    b"User-agent: inroad",
    b"Disallow: /",
    b"Allow: /*$",
    b"Crawl-delay: 1e999",
    b"Sitemap:",
)
POSTING = "https://acme.example/jobs/night-baker-1"
STATUSES = (200, 200, 200, 200, 204, 301, 403, 404, 429, 500, 999)


def always(body: bytes, status: int = 200, kind: str = "text/html") -> Fetch:
    """A fetch that gives every request the same answer."""
    return lambda request: Response(request.url, status, {"content-type": kind}, body)


def is_sound(reading: Reading) -> bool:
    """Whether a reading keeps its promise: openings with titles, or a problem with what to do next."""
    if reading.outcome is Outcome.OPENINGS:
        return bool(reading.postings) and all(p.title.strip() and p.id for p in reading.postings)
    problem = reading.problem
    if problem is None or reading.postings or not problem.what or not problem.advice:
        return False
    # The last net, below which there is only a traceback, counts as a fall.
    return problem.what != our_fault(host_of(reading.url)).problem.what


@as_told
@given(addresses(), st.sampled_from(STATUSES))
def test_any_address_is_read_or_refused(address: str, status: int) -> None:
    assert is_sound(scraping.read(address, always(b"", status)))


@as_told
@given(st.one_of(markup(), lines()), st.sampled_from([*ADDRESSES, POSTING]))
def test_any_page_is_read(page: str, address: str) -> None:
    body = page.encode("utf-8", errors="surrogatepass")
    assert is_sound(scraping.read(address, always(body), follow=2))


@as_told
@given(bodies(), st.sampled_from(STATUSES), st.sampled_from(TYPES))
def test_any_bytes_of_any_type_are_read(body: bytes, status: int, kind: str) -> None:
    assert is_sound(scraping.read("https://acme.example/jobs", always(body, status, kind), follow=1))


@as_told
@given(bodies(), st.sampled_from(["", *ADDRESSES]))
def test_any_saved_file_is_read(body: bytes, address: str) -> None:
    assert is_sound(outreach.read_saved(body, address))


@as_told
@given(st.one_of(st.text(), markup(), lines()))
def test_any_pasted_text_is_read(text: str) -> None:
    assert is_sound(scraping.read_text(text))


@as_told
@given(answers(), st.sampled_from(BOARDS))
def test_a_board_refuses_an_odd_answer_with_one_error(answer: Any, board: Board) -> None:
    place = Place("acme", host="careers.acme.example")
    boards.recognise_answer(answer)
    try:
        adverts = board.parsed(answer, place)
    except BoardAnswer:
        return
    for advert in adverts:
        assert isinstance(advert.title, str)
        board.completed(answer, advert, place)


@as_told
@given(answers(), st.sampled_from(ADDRESSES))
def test_any_answer_of_a_board_ends_in_a_reading(answer: Any, address: str) -> None:
    body = json.dumps(answer).encode()
    assert is_sound(scraping.read(address, always(body, kind="application/json"), follow=2))


@as_told
@given(markup(), st.lists(st.tuples(st.integers(-2, 30), st.text(max_size=20), st.text(max_size=9))))
def test_any_answer_of_a_model_adds_nothing_to_the_page(page: str, rows: list[tuple[int, str, str]]) -> None:
    opened = Page("https://acme.example/jobs", page)
    words = opened.seen.text.split("\n")
    said = [(n, title if n % 2 else words[n % len(words)], place) for n, title, place in rows]
    answer = "\n".join(" | ".join(map(str, row)) for row in said)
    adverts = scraping.model_openings(opened, lambda prompt: answer)
    assert all(advert.title in opened.seen.text for advert in adverts)


@as_told
@given(st.one_of(literals(), st.text(max_size=40)))
def test_any_script_is_a_literal_or_none(script: str) -> None:
    with suppress(NotALiteral):
        _, end = parse_literal(script)
        assert end <= len(script)


@as_told
@given(st.text(max_size=60), st.floats(allow_nan=False, allow_infinity=False))
def test_any_retry_after_is_a_wait_or_nothing(header: str, now: float) -> None:
    wait = seconds_to_wait(header, now)
    assert wait is None or wait >= 0


@as_told
@given(
    st.one_of(bodies(), st.lists(st.sampled_from(ROBOTS), max_size=9).map(b"\n".join)), st.binary(max_size=9)
)
def test_any_robots_txt_allows_or_refuses(body: bytes, path: bytes) -> None:
    page = check_url(f"https://acme.example/{path.hex()}")
    with suppress(RobotsRefused):
        Robots().check(page, always(body, kind="text/plain"))
