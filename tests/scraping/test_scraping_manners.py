"""The manners together: whom is asked what, in which order, and how long one waits."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from errors import AddressRefused, Cancelled, FetchFailed, RobotsRefused
from scraping.fetch import guarded_fetch
from scraping.http import Fetch, Request, Response
from scraping.manners import Manners, polite_fetch
from settings import Settings

JOBS = Request("https://acme.example/jobs", page=True)
DATA = Request("https://acme.example/jobs.json")
RULES = "https://acme.example/robots.txt"


@dataclass
class World:
    """Sites and a clock. Each address gives its answers in order, the last again and again; 404 elsewhere."""

    answers: dict[str, list[Response]] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    now: float = 0.0

    def put(self, url: str, body: str = "", status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.setdefault(url, []).append(Response(url, status, named, body.encode()))

    def fetch(self, request: Request) -> Response:
        self.asked.append((round(self.now, 3), request.url))
        answers = self.answers.get(request.url) or [Response(request.url, 404, {}, b"")]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def manners(self, **settings: float) -> Manners:
        return Manners(
            Settings(_env_file=None, **settings),  # type: ignore[arg-type, call-arg]
            clock=lambda: self.now,
            sleep=self.sleep,
            now=lambda: 1_800_000_000 + self.now,
        )

    def polite(self, cancelled: Callable[[], bool] | None = None, **settings: float) -> Fetch:
        return polite_fetch(self.fetch, self.manners(**settings), cancelled)


@pytest.fixture
def world() -> World:
    return World()


# --- robots.txt --------------------------------------------------------------------------------------


def test_a_page_is_opened_only_after_its_site_was_asked(world: World) -> None:
    world.put(JOBS.url, "<p>Jobs")
    assert world.polite()(JOBS).body == b"<p>Jobs"
    assert world.asked == [(0, RULES), (0, JOBS.url)], "and robots.txt takes no turn"


def test_a_page_that_the_site_forbids_is_not_opened(world: World) -> None:
    world.put(RULES, "User-agent: *\nDisallow: /jobs")
    with pytest.raises(RobotsRefused):
        world.polite()(JOBS)
    assert world.asked == [(0, RULES)]


def test_data_made_for_programs_needs_no_leave(world: World) -> None:
    world.put(RULES, "User-agent: *\nDisallow: /")
    world.put(DATA.url, "[]")
    assert world.polite()(DATA).body == b"[]"
    assert world.asked == [(0, DATA.url)]


def test_a_kept_page_is_not_shown_once_the_site_forbids_it(world: World) -> None:
    world.put(RULES, "")
    world.put(RULES, "User-agent: *\nDisallow: /")
    world.put(JOBS.url, "<p>Jobs")
    fetch = world.polite(fetch_fresh_s=80_000)
    fetch(JOBS)
    world.now += 3_600
    with pytest.raises(RobotsRefused):
        fetch(JOBS)


def test_the_site_that_was_asked_decides_not_the_one_it_leads_to(world: World) -> None:
    world.put("https://other.example/robots.txt", "User-agent: *\nDisallow: /")
    world.answers[JOBS.url] = [Response("https://other.example/jobs", 200, {}, b"<p>Jobs")]
    assert world.polite()(JOBS).url == "https://other.example/jobs"


def test_robots_txt_may_have_a_fetch_of_its_own(world: World) -> None:
    def unreachable(request: Request) -> Response:
        raise FetchFailed("took too long")

    world.put(JOBS.url, "<p>Jobs")
    fetch = polite_fetch(world.fetch, world.manners(), robots_fetch=unreachable)
    assert fetch(JOBS).status == 200
    assert world.asked == [(0, JOBS.url)]


def test_manners_open_no_address_that_is_refused(world: World) -> None:
    for url in ("http://127.0.0.1/", "file:///etc/passwd", "https://user@acme.example/"):
        with pytest.raises(AddressRefused):
            world.polite()(Request(url, page=True))
    assert world.asked == []


# --- pacing ------------------------------------------------------------------------------------------


def test_a_host_is_asked_once_a_second_whoever_asks(world: World) -> None:
    manners = world.manners()
    for number in range(3):
        polite_fetch(world.fetch, manners)(Request(f"https://acme.example/{number}"))
    polite_fetch(world.fetch, manners)(Request("https://beta.example/"))
    assert [moment for moment, _ in world.asked] == pytest.approx([0, 1, 2, 2])


def test_a_wait_can_be_cancelled(world: World) -> None:
    fetch = world.polite(lambda: world.now > 0.35, fetch_interval_s=10)
    fetch(Request("https://acme.example/1"))
    with pytest.raises(Cancelled):
        fetch(Request("https://acme.example/2"))
    assert len(world.asked) == 1
    assert world.now < 0.5


# --- busy hosts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["4", "Fri, 15 Jan 2027 08:00:04 GMT"])
def test_a_busy_host_is_asked_once_more_when_it_says(world: World, status: int, after: str) -> None:
    world.put(DATA.url, "busy", status, retry_after=after)
    world.put(DATA.url, "[]")
    assert world.polite()(DATA).body == b"[]"
    assert world.asked == [(0, DATA.url), (4, DATA.url)]


def test_a_host_that_stays_busy_is_left_alone(world: World) -> None:
    world.put(DATA.url, "busy", 429, retry_after="1")
    assert world.polite()(DATA).status == 429
    assert len(world.asked) == 2


@pytest.mark.parametrize("after", ["6", "3600", "Fri, 15 Jan 2027 09:00:00 GMT", "soon", ""])
def test_a_long_or_unclear_wait_is_not_waited(world: World, after: str) -> None:
    world.put(DATA.url, "busy", 429, retry_after=after)
    assert world.polite()(DATA).status == 429
    assert world.asked == [(0, DATA.url)]
    assert world.now == 0


def test_only_busy_hosts_are_asked_again(world: World) -> None:
    world.put(DATA.url, "down", 500, retry_after="1")
    assert world.polite()(DATA).status == 500
    assert len(world.asked) == 1


def test_waiting_for_a_busy_host_can_be_cancelled(world: World) -> None:
    world.put(DATA.url, "busy", 503, retry_after="5")
    with pytest.raises(Cancelled):
        world.polite(lambda: world.now > 2)(DATA)
    assert len(world.asked) == 1


# --- what is kept ------------------------------------------------------------------------------------


def test_a_kept_answer_costs_no_request_and_no_turn(world: World) -> None:
    world.put(JOBS.url, "<p>Jobs")
    fetch = world.polite()
    fetch(JOBS)
    assert fetch(Request(f"{JOBS.url}#engineering", page=True)).body == b"<p>Jobs"
    assert world.asked == [(0, RULES), (0, JOBS.url)]
    assert world.now == 0


def test_a_check_for_robots_is_not_kept(world: World) -> None:
    world.put(
        JOBS.url, "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>"
    )
    world.put(JOBS.url, "<p>Jobs")
    fetch = world.polite()
    assert [fetch(JOBS).body[:7] for _ in range(2)] == [b"<title>", b"<p>Jobs"]


# --- behind the guarded fetch ------------------------------------------------------------------------


class Server(BaseHTTPRequestHandler):
    """A site with an ETag on its page, one forbidden path, and a redirect of its robots.txt."""

    seen: list[tuple[str, str | None]]

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        mark = self.headers["If-None-Match"]
        self.seen.append((self.path, mark))
        if self.path == "/robots.txt":
            self._answer(301, b"moved", Location="/rules.txt")
        elif self.path == "/rules.txt":
            self._answer(200, b"User-agent: Inroad\nDisallow: /private", kind="text/plain")
        elif mark == '"v1"':
            self._answer(304, b"", ETag='"v1"')
        else:
            self._answer(200, b"<p>Jobs", ETag='"v1"')

    def _answer(self, status: int, body: bytes, kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def real(world: World) -> Iterator[tuple[Fetch, list[tuple[str, str | None]]]]:
    """A polite guarded fetch to a loopback server that stands at a public address, and what it was asked."""
    seen: list[tuple[str, str | None]] = []
    handler: Any = type("Recorder", (Server,), {"seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port
    guarded = guarded_fetch(
        Settings(_env_file=None),  # type: ignore[call-arg]
        resolve=lambda *_: ["93.184.216.34"],
        connect=lambda ip, _, timeout: socket.create_connection(("127.0.0.1", port), timeout),
    )
    yield polite_fetch(guarded, world.manners()), seen
    server.shutdown()


def test_an_unchanged_page_comes_over_the_wire_once(
    world: World, real: tuple[Fetch, list[tuple[str, str | None]]]
) -> None:
    fetch, seen = real
    page = Request("http://acme.example/jobs", page=True)
    first = fetch(page)
    world.now += 301
    again = fetch(page)
    assert (first.body, again.body, again.status) == (b"<p>Jobs", b"<p>Jobs", 200)
    assert seen == [("/robots.txt", None), ("/rules.txt", None), ("/jobs", None), ("/jobs", '"v1"')]


def test_a_forbidden_page_never_meets_the_wire(real: tuple[Fetch, list[tuple[str, str | None]]]) -> None:
    fetch, seen = real
    with pytest.raises(RobotsRefused):
        fetch(Request("http://acme.example/private/jobs", page=True))
    assert [path for path, _ in seen] == ["/robots.txt", "/rules.txt"]
