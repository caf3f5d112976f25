"""Job boards are recognised by address, asked through their API, and read as published."""

import html
import json
from typing import Any

import pytest

import scraping
from domain import Outcome, Section
from errors import FetchFailed
from scraping import boards
from scraping.company import company_in, tidy_token
from scraping.http import Fetch, Request, Response

JOB: dict[str, Any] = {
    "id": 71,
    "title": "Cook",
    "company_name": "Arkway ",
    "absolute_url": "https://job-boards.greenhouse.io/arkway/jobs/71",
    "location": {"name": "Porto"},
    "departments": [{"name": "Kitchen"}],
    "first_published": "2026-10-01T08:00:00Z",
    "updated_at": "2026-11-20T08:00:00Z",
    "content": html.escape("<h2>What you will do</h2><ul><li>Cook &amp; serve lunch.</li></ul>"),
}
POSTING: dict[str, Any] = {
    "id": "0b6c3f9e-1111-2222-3333-444455556666",
    "text": "Baker",
    "hostedUrl": "https://jobs.lever.co/block-labs/0b6c3f9e-1111-2222-3333-444455556666",
    "categories": {
        "location": "Oslo",
        "allLocations": ["Oslo", "Bergen"],
        "commitment": "Full-time",
        "team": "Ovens",
    },
    "createdAt": 1_790_000_000_000,
    "description": "<p>At Block Labs we bake.</p>",
    "lists": [{"text": "Requirements", "content": "<li>You rise early.</li>"}],
    "additional": "<p>We pay for shoes.</p>",
}
ASHBY: dict[str, Any] = {
    "id": "d3bc1ced-3ce4-4086-a050-555055dbb1ff",
    "title": "Driver",
    "jobUrl": "https://jobs.ashbyhq.com/SecondDinner/d3bc1ced-3ce4-4086-a050-555055dbb1ff",
    "location": "Remote",
    "secondaryLocations": [{"location": "Rome"}],
    "isListed": True,
    "descriptionHtml": "<p>Drive the van.</p>",
    "descriptionPlain": "Drive the van.",
}


def answering(answers: dict[str, Any]) -> Fetch:
    def fetch(request: Request) -> Response:
        if request.url not in answers:
            return Response(request.url, 404, {}, b"")
        return Response(
            request.url, 200, {"content-type": "application/json"}, json.dumps(answers[request.url]).encode()
        )

    return fetch


GREENHOUSE_LIST = "https://boards-api.greenhouse.io/v1/boards/arkway/jobs?content=true"
GREENHOUSE_ONE = "https://boards-api.greenhouse.io/v1/boards/arkway/jobs/71"


@pytest.mark.parametrize(
    ("address", "name", "token", "posting"),
    [
        ("https://boards.greenhouse.io/arkway", "Greenhouse", "arkway", ""),
        ("https://job-boards.eu.greenhouse.io/arkway/jobs/71?src=x", "Greenhouse", "arkway", "71"),
        ("https://boards.greenhouse.io/embed/job_board?for=arkway", "Greenhouse", "arkway", ""),
        ("https://boards.greenhouse.io/embed/job_app?for=arkway&token=71", "Greenhouse", "arkway", "71"),
        (GREENHOUSE_LIST, "Greenhouse", "arkway", ""),
        ("https://jobs.lever.co/arkway", "Lever", "arkway", ""),
        ("https://jobs.eu.lever.co/arkway/0b6c3f9e-1/apply", "Lever", "arkway", "0b6c3f9e-1"),
        ("https://api.lever.co/v0/postings/arkway?mode=json", "Lever", "arkway", ""),
        ("https://jobs.ashbyhq.com/Synergy%20Pet%20Group", "Ashby", "Synergy Pet Group", ""),
        ("https://jobs.ashbyhq.com/arkway/d3bc1ced-3/application", "Ashby", "arkway", "d3bc1ced-3"),
        (
            "https://api.ashbyhq.com/posting-api/job-board/arkway",
            "Ashby",
            "arkway",
            "",
        ),
    ],
)
def test_an_address_names_board_token_and_posting(address: str, name: str, token: str, posting: str) -> None:
    found = boards.recognise(address)
    assert found is not None
    board, place = found
    assert (board.name, place.token, place.posting) == (name, token, posting)


@pytest.mark.parametrize(
    "address",
    [
        "https://arkway.example/careers",
        "https://jobs.lever.co/",
        "https://jobs.lever.co/..",
        "https://jobs.lever.co/a%2Fb",
        "https://jobs.lever.co/arkway/..%2F..%2Fx",
        "https://boards.greenhouse.io/embed/job_board",
        "https://jobs.lever.co.evil.example/arkway",
    ],
)
def test_other_addresses_and_harmful_tokens_name_no_board(address: str) -> None:
    assert boards.recognise(address) is None


def test_european_lever_boards_have_their_own_api() -> None:
    found = boards.recognise("https://jobs.eu.lever.co/arkway")
    assert found is not None
    assert found[0].request(found[1]).url == "https://api.eu.lever.co/v0/postings/arkway?mode=json"


def test_greenhouse_content_is_unescaped_once() -> None:
    reading = scraping.read(
        "https://boards.greenhouse.io/arkway", answering({GREENHOUSE_LIST: {"jobs": [JOB]}})
    )
    posting = reading.postings[0]
    assert (reading.board, posting.title, posting.company, posting.location) == (
        "Greenhouse",
        "Cook",
        "Arkway",
        "Porto",
    )
    assert (posting.department, posting.company_source) == ("Kitchen", "published")
    assert posting.posted.startswith("2026-10-01")
    assert [(line.section, line.text) for line in posting.lines[1:]] == [
        (Section.TASKS, "Cook & serve lunch.")
    ]


def test_a_posting_address_gives_that_posting_alone() -> None:
    reading = scraping.read("https://boards.greenhouse.io/arkway/jobs/71", answering({GREENHOUSE_ONE: JOB}))
    assert [posting.title for posting in reading.postings] == ["Cook"]


@pytest.mark.parametrize(
    "address", ["https://boards.greenhouse.io/arkway/jobs/72", "https://jobs.lever.co/arkway/0b6c3f9e-9"]
)
def test_a_posting_that_is_gone_is_closed_not_the_whole_board(address: str) -> None:
    reading = scraping.read(address, answering({GREENHOUSE_LIST: {"jobs": [JOB]}}))
    assert reading.outcome is Outcome.CLOSED
    assert reading.problem is not None


def test_a_board_without_openings_is_empty_and_an_unknown_board_is_not() -> None:
    empty = scraping.read("https://boards.greenhouse.io/arkway", answering({GREENHOUSE_LIST: {"jobs": []}}))
    unknown = scraping.read("https://boards.greenhouse.io/nobody", answering({}))
    assert (empty.outcome, unknown.outcome) == (Outcome.EMPTY_BOARD, Outcome.UNREACHABLE)


def test_lever_requirements_stand_in_its_lists() -> None:
    answer = {"https://api.lever.co/v0/postings/block-labs?mode=json": [POSTING]}
    posting = scraping.read("https://jobs.lever.co/block-labs", answering(answer)).postings[0]
    assert [line.text for line in posting.requirements] == ["You rise early."]
    assert posting.location == "Oslo; Bergen"
    assert "We pay for shoes." in posting.text
    assert "We pay for shoes." not in [line.text for line in posting.requirements]


def test_a_company_without_a_field_is_spelt_as_in_its_texts() -> None:
    assert company_in("block-labs", ["At Block Labs we bake."]) == ("Block Labs", True)
    assert company_in("iverify", ["Why iVerify?"]) == ("iVerify", True)
    assert company_in("block-labs", []) == ("Block Labs", False)
    assert tidy_token("SecondDinner") == "Second Dinner"


def test_ashby_drops_unlisted_jobs_and_keeps_all_places() -> None:
    hidden = {**ASHBY, "id": "2", "title": "Secret", "isListed": False}
    answer = {"https://api.ashbyhq.com/posting-api/job-board/SecondDinner": {"jobs": [ASHBY, hidden]}}
    postings = scraping.read("https://jobs.ashbyhq.com/SecondDinner", answering(answer)).postings
    assert [(p.title, p.location, p.company, p.company_source) for p in postings] == [
        ("Driver", "Remote; Rome", "Second Dinner", "address")
    ]


def test_ashby_gives_one_posting_of_the_whole_board() -> None:
    other = {**ASHBY, "id": "3", "title": "Pilot"}
    answer = {"https://api.ashbyhq.com/posting-api/job-board/SecondDinner": {"jobs": [ASHBY, other]}}
    reading = scraping.read(ASHBY["jobUrl"], answering(answer))
    assert [posting.title for posting in reading.postings] == ["Driver"]


@pytest.mark.parametrize(
    ("answer", "board"), [({"jobs": [JOB]}, "Greenhouse"), ([POSTING], "Lever"), ({"jobs": [ASHBY]}, "Ashby")]
)
def test_a_saved_answer_is_told_by_its_shape(answer: Any, board: str) -> None:
    origin = "https://saved-page.example/"
    reading = scraping.read(origin, scraping.saved_page(json.dumps(answer).encode(), origin))
    assert (reading.board, len(reading.postings)) == (board, 1)


@pytest.mark.parametrize(
    "shown",
    [
        '<a href="https://boards.greenhouse.io/arkway">Our jobs</a>',
        '<iframe src="https://boards.greenhouse.io/embed/job_board?for=arkway"></iframe>',
        '<script src="https://boards.greenhouse.io/embed/job_board/js?for=arkway"></script>',
        '<script>fetch("https:\\/\\/boards-api.greenhouse.io\\/v1\\/boards\\/arkway\\/jobs")</script>',
        '<script src="/greenhouse.js"></script><script>var greenhouse = {"boardToken": "arkway"}</script>',
        "".join(f'<a href="https://job-boards.greenhouse.io/arkway/jobs/{n}">A</a>' for n in range(3)),
    ],
)
def test_a_board_on_a_company_page_is_followed_one_hop(shown: str) -> None:
    page = f"<html><body><h1>Careers</h1>{shown}</body></html>"
    assert _read_own_page("https://arkway.example/careers", page) == ["Cook"]


def test_gh_jid_in_the_address_names_the_posting() -> None:
    page = '<script src="https://boards.greenhouse.io/embed/job_board/js?for=arkway"></script>'
    assert _read_own_page("https://arkway.example/careers?gh_jid=71", page) == ["Cook"]


def _read_own_page(url: str, page: str) -> list[str]:
    board = answering({GREENHOUSE_LIST: {"jobs": [JOB]}, GREENHOUSE_ONE: JOB})

    def fetch(request: Request) -> Response:
        if request.url == url:
            return Response(url, 200, {"content-type": "text/html"}, page.encode())
        return board(request)

    reading = scraping.read(url, fetch)
    assert reading.board == "Greenhouse"
    return [posting.title for posting in reading.postings]


def test_a_posting_that_links_to_the_whole_board_stays_one_posting() -> None:
    page = (
        '<script type="application/ld+json">'
        '{"@type": "JobPosting", "title": "Baker", "description": "Bake."}</script>'
        '<h1>Baker</h1><a href="https://boards.greenhouse.io/arkway">All jobs</a>'
    )
    url = "https://arkway.example/jobs/baker"
    reading = scraping.read(url, scraping.saved_page(page.encode(), url))
    assert [posting.title for posting in reading.postings] == ["Baker"]


def test_a_saved_answer_without_any_name_gets_no_company() -> None:
    job = {**JOB, "company_name": None, "absolute_url": "https://www.arkway.example/jobs?gh_jid=71"}
    origin = "https://saved-page.example/"
    reading = scraping.read(origin, scraping.saved_page(json.dumps({"jobs": [job]}).encode(), origin))
    assert [(p.title, p.company, p.company_source) for p in reading.postings] == [("Cook", "", "")]


def test_a_board_that_cannot_be_reached_is_unreachable() -> None:
    def fetch(request: Request) -> Response:
        raise FetchFailed("boards-api.greenhouse.io took too long to answer.")

    reading = scraping.read("https://boards.greenhouse.io/arkway", fetch)
    assert reading.outcome is Outcome.UNREACHABLE
    assert reading.problem is not None
    assert "took too long" in reading.problem.what


@pytest.mark.parametrize(
    ("origin", "answer"),
    [
        (
            "https://boards-api.greenhouse.io/v1/boards/arkway/departments",
            {"departments": [{"name": "Kitchen", "jobs": [JOB]}, {"name": "Office", "jobs": []}]},
        ),
        (
            "https://boards-api.greenhouse.io/v1/boards/arkway/offices",
            {"offices": [{"departments": [{"jobs": [JOB]}]}, {"departments": [{"jobs": [JOB]}]}]},
        ),
        (
            "https://api.lever.co/v0/postings/block-labs?group=team",
            [{"title": "Ovens", "postings": [POSTING]}, {"title": "Shop", "postings": []}],
        ),
    ],
)
def test_an_answer_in_groups_is_read_as_one_list(origin: str, answer: Any) -> None:
    reading = scraping.read(origin, scraping.saved_page(json.dumps(answer).encode(), origin))
    assert [posting.title for posting in reading.postings] in (["Cook"], ["Baker"])


@pytest.mark.parametrize(("total", "warned"), [(1, False), (640, True)])
def test_a_page_that_holds_a_part_of_its_boards_openings_says_so(total: int, warned: bool) -> None:
    job = {"title": "Rain Maker", "jobId": "R13", "jobSeqNo": "X13", "descriptionTeaser": "We make rain."}
    data = {"eagerLoadRefineSearch": {"totalHits": total, "data": {"jobs": [job]}}}
    page = f"<title>Jobs | Ferngate</title><script>var phApp = {{}}; phApp.ddo = {json.dumps(data)};</script>"
    url = "https://careers.ferngate.example/search"
    reading = scraping.read(url, scraping.saved_page(page.encode(), url))
    assert ("Only the first 1 openings were read; the board has more." in reading.warnings) is warned


def test_an_opening_beyond_the_pages_asked_for_is_read_from_its_own() -> None:
    api = "https://www.careers-page.com/api/v1.0/c/arkway/jobs/"

    def fetch(request: Request) -> Response:
        if not request.url.startswith(api):
            return Response(request.url, 200, {"content-type": "text/html"}, b"<h1>Cook 9000</h1>")
        number = int(request.url.rpartition("=")[2] or 1) if "=" in request.url else 1
        job = {"id": number, "position_name": f"Cook {number}", "hash": f"H{number}"}
        answer = {"count": 500, "next": f"{api}?page={number + 1}", "results": [job]}
        return Response(request.url, 200, {"content-type": "application/json"}, json.dumps(answer).encode())

    reading = scraping.read("https://www.careers-page.com/arkway/job/H9000", fetch)
    assert [posting.title for posting in reading.postings] == ["Cook 9000"]
