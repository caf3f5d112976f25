"""Every job board against its fixture: `tests/scraping/boards/<module>.json`, hand-written, invented names.

A fixture holds:

- `recognises`: address → the parts of its `Place` that are set
- `ignores`: addresses that are none of the board's
- `traces`: pages on other hosts that show the board, as `{"url", "html", "place"}`
- `exchanges`: what the board's server answers, as `{"url", "answer"}`; where it is no plain GET answered by
  200 also `method`, `sends` (the JSON body), `headers` (those that must be among the sent), `status`, `type`;
  `shape` is true where the answer alone tells the board; `answer` is a JSON value, or for XML and HTML a text
  or a list of its lines
- `reads`: addresses read through those exchanges, as `{"address"}` with `page` (the markup of an own-domain
  page), the expected `outcome` (openings by default), `openings` in order with the fields that matter (`text`
  lists passages that the text holds), and `absent`, passages that no opening may hold
"""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import scraping
from domain import Outcome, Posting
from scraping import boards
from scraping.board import BOARDS, NOT_ITS_ANSWER, Board, BoardAnswer, Place, decode_json
from scraping.http import Fetch, Request, Response
from scraping.page import Page
from scraping.xml import parse_xml

FOLDER = Path(__file__).parent / "boards"
FIXTURES: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}


def module_of(board: Board) -> str:
    return type(board).__module__.rsplit(".", 1)[-1]


BY_MODULE = {module_of(board): board for board in BOARDS}


def each(part: str) -> list[Any]:
    """The entries of one part of all fixtures, as parameters named after their board."""
    found = []
    for module, fixture in FIXTURES.items():
        entries = fixture.get(part, [])
        pairs = list(entries.items()) if isinstance(entries, dict) else entries
        found += [pytest.param(module, entry, id=f"{module}-{n}") for n, entry in enumerate(pairs)]
    return found


def test_every_board_has_a_fixture_and_every_fixture_a_board() -> None:
    assert FIXTURES.keys() == BY_MODULE.keys()


def place_of(fields: dict[str, str]) -> Place:
    return Place(**{"token": "", **fields})


@pytest.mark.parametrize(("module", "entry"), each("recognises"))
def test_an_address_names_board_token_and_posting(module: str, entry: tuple[str, dict[str, str]]) -> None:
    address, fields = entry
    assert boards.recognise(address) == (BY_MODULE[module], place_of(fields))


@pytest.mark.parametrize(("module", "address"), each("ignores"))
def test_other_addresses_and_harmful_tokens_name_no_board(module: str, address: str) -> None:
    assert BY_MODULE[module].at(address) is None


@pytest.mark.parametrize(("module", "trace"), each("traces"))
def test_a_page_elsewhere_shows_the_board(module: str, trace: dict[str, Any]) -> None:
    found = boards.found_on(Page(trace["url"], trace["html"]))
    assert found == (BY_MODULE[module], place_of(trace["place"]))


def body_of(answer: Any) -> bytes:
    if isinstance(answer, str):
        return answer.encode()
    if isinstance(answer, list) and answer and all(isinstance(line, str) for line in answer):
        return "\n".join(answer).encode()
    return json.dumps(answer, ensure_ascii=False).encode()


def type_of(body: bytes) -> str:
    if body.startswith((b"{", b"[")):
        return "application/json"
    return "application/xml" if body.startswith(b"<?xml") else "text/html; charset=utf-8"


def replaying(exchanges: list[dict[str, Any]], address: str = "", page: str = "") -> Fetch:
    """A fetch that answers as the fixture says; anything else gets 404."""

    def fetch(request: Request) -> Response:
        if page and request.url == address:
            return Response(request.url, 200, {"content-type": "text/html"}, page.encode())
        for exchange in exchanges:
            sent = json.loads(request.body) if request.body is not None else None
            told = exchange.get("headers", {}).items() <= dict(request.headers).items()
            if told and (exchange["url"], exchange.get("method", "GET"), exchange.get("sends")) == (
                request.url,
                request.method,
                sent,
            ):
                body = body_of(exchange["answer"])
                kind = exchange.get("type") or type_of(body)
                return Response(request.url, exchange.get("status", 200), {"content-type": kind}, body)
        return Response(request.url, 404, {"content-type": "text/plain"}, b"")

    return fetch


@pytest.mark.parametrize(("module", "case"), each("reads"))
def test_an_address_is_read_as_its_board_publishes_it(module: str, case: dict[str, Any]) -> None:
    fetch = replaying(FIXTURES[module]["exchanges"], case["address"], case.get("page", ""))
    reading = scraping.read(case["address"], fetch, follow=25)
    assert reading.outcome == Outcome(case.get("outcome", "openings")), reading.problem
    assert reading.problem is not None or reading.board == BY_MODULE[module].name
    expected = case.get("openings", [])
    assert [p.title for p in reading.postings] == [opening["title"] for opening in expected]
    for posting, opening in zip(reading.postings, expected, strict=True):
        agrees(posting, opening)
    for passage in case.get("absent", []):
        assert not any(passage in f"{p.title}\n{p.text}" for p in reading.postings)


def agrees(posting: Posting, opening: dict[str, Any]) -> None:
    fields = {name: getattr(posting, name) for name in opening if name != "text"}
    assert fields == {name: value for name, value in opening.items() if name != "text"}
    for passage in opening.get("text", []):
        assert passage in posting.text


@pytest.mark.parametrize(("module", "exchange"), each("exchanges"))
def test_an_answer_tells_its_board_by_its_shape(module: str, exchange: dict[str, Any]) -> None:
    if not exchange.get("shape"):
        pytest.skip("this answer alone does not tell")
    body, board = body_of(exchange["answer"]), BY_MODULE[module]
    told = boards.recognise_answer(
        decode_json(body) if board.answers == "json" else parse_xml(body), board.answers
    )
    assert told is not None
    assert told[0] is board


@pytest.mark.parametrize(("module", "exchange"), each("exchanges"))
def test_an_answer_cut_in_half_is_an_error_of_ours(module: str, exchange: dict[str, Any]) -> None:
    board, body = BY_MODULE[module], body_of(exchange["answer"])
    place = next(iter(map(place_of, FIXTURES[module]["recognises"].values())), Place("acme"))
    for end in range(0, len(body), max(1, len(body) // 12)):
        try:
            answer = board.decode(Response("https://board.example/", 200, {}, body[:end]))
            board.parsed(answer, place)
        except BoardAnswer:
            continue


def with_holes(answer: Any) -> Iterator[Any]:
    """The answer with a null in each of its lists of objects, one at a time."""
    if isinstance(answer, list):
        if any(isinstance(item, dict) for item in answer):
            yield [*answer, None]
        for n, item in enumerate(answer):
            yield from ([*answer[:n], changed, *answer[n + 1 :]] for changed in with_holes(item))
    elif isinstance(answer, dict):
        for name, value in answer.items():
            yield from ({**answer, name: changed} for changed in with_holes(value))


@pytest.mark.parametrize(("module", "exchange"), each("exchanges"))
def test_an_odd_entry_of_any_list_costs_no_opening(module: str, exchange: dict[str, Any]) -> None:
    board, answer = BY_MODULE[module], exchange["answer"]
    place = next(iter(map(place_of, FIXTURES[module]["recognises"].values())), Place("acme"))
    try:
        expected = [advert.title for advert in board.parsed(answer, place)]
    except BoardAnswer:
        pytest.skip("no answer in JSON, or none of the board's")
    for changed in with_holes(answer):
        assert [advert.title for advert in board.parsed(changed, place)] == expected


def test_traffit_counts_its_pages_in_a_header() -> None:
    posts = [{"id": n, "advert": {"name": f"Piekarz {n}"}} for n in range(101)]
    exchanges: list[dict[str, Any]] = [
        {
            "url": "https://arkway.traffit.com/public/job_posts/published",
            "headers": {"X-Request-Page-Size": "100", "X-Request-Current-Page": page},
            "answer": answer,
        }
        for page, answer in (("1", posts[:100]), ("2", posts[100:]))
    ]
    reading = scraping.read("https://arkway.traffit.com/career/", replaying(exchanges))
    assert [posting.title for posting in reading.postings] == [f"Piekarz {n}" for n in range(101)]


# Runs without an end, and beginnings of what boards look for, over and over.
HOSTILE = (
    *("a.", "a-", "chunk", "//a.", "a/", "oraclecloud.", " ", "[1", "{", '"a.js', "/jobs/1"),
    *('"domain":"a.', "_EF_GROUP_ID=", "siteNumber:", "data-board-token =", 'boardToken:"a', "whr_embed( "),
    *("leverJobsOptions={", "COMPANY_POSITIONS_DATA =[", "phApp.ddo={", "window.pageData = {", "tenant:"),
    *("embed_v2['jobs']=[", "jbl_company_id = ", "company-uid = ", "apiKey = ", "widgetId = ", "siteId :"),
)


@pytest.mark.parametrize("part", HOSTILE)
def test_no_board_looks_long_at_a_hostile_page(part: str) -> None:
    text = '"' + part * (200_000 // len(part))
    # Some look closer only at a page that has another mark of theirs.
    script = f"siteNumber='CX_1';_EF_GROUP_ID;{text}"
    page = Page("https://acme.example/sites/1", f"{text}<script>{script}</script>")
    answer = Response(page.url, 200, {"content-type": "text/html"}, page.markup.encode())
    _ = page.addresses, page.seen, page.lower
    for board in BOARDS:
        started = time.process_time()
        with suppress(*NOT_ITS_ANSWER):
            list(board.traces(page))
        with suppress(*NOT_ITS_ANSWER):
            board.on_page(page)
        with suppress(BoardAnswer):
            board.parsed(board.decode(answer), Place("acme", host="acme.example"))
        assert time.process_time() - started < 2, board.name


def test_words_that_are_also_names_of_boards_show_no_board() -> None:
    page = Page(
        "https://acme.example/careers", "<p>Join us: a lever, a gem of a job, and a breezy office.</p>"
    )
    assert [board.name for board in BOARDS if board.may_show(page)] == []


def test_a_key_that_others_ask_with_outlives_a_reading_that_fails() -> None:
    board, place = BY_MODULE["almacareer"], Place("modrak", host="modrak.jobs.cz")
    advert = board.read(place, replaying(FIXTURES["almacareer"]["exchanges"])).adverts[0]
    with pytest.raises(BoardAnswer):
        board.read(place, replaying([]))
    assert board.detail(advert, place) is not None
