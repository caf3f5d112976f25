"""What a robots.txt means for Inroad, and what counts as none."""

import tracemalloc
from collections.abc import Callable

import pytest

from errors import AddressRefused, Cancelled, FetchFailed, InroadError, RobotsRefused, UnsupportedContent
from scraping.address import check_url
from scraping.http import Request, Response
from scraping.robots import MOST_BYTES, MOST_ORIGINS, Robots, quick
from settings import Settings

FORBIDDEN = "User-agent: *\nDisallow: /"


class Sites:
    """Every host answers with the same robots.txt; what was asked for is remembered."""

    def __init__(self, body: str | bytes = "", status: int = 200, kind: str = "text/plain") -> None:
        self.body = body.encode() if isinstance(body, str) else body
        self.status = status
        self.kind = kind
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Response:
        self.asked.append(request.url)
        return Response(request.url, self.status, {"content-type": self.kind}, self.body)


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def allows(
    fetch: Callable[[Request], Response], url: str = "https://acme.example/jobs", robots: Robots | None = None
) -> bool:
    try:
        (robots or Robots()).check(check_url(url), fetch)
    except RobotsRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        (FORBIDDEN, False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /jobs", False),
        ("User-agent: *\nDisallow: /j*s$", False),
        ("User-agent: *\nDisallow: /private", True),
        ("User-agent: *\nDisallow: /\nAllow: /jobs", True),
        ("User-agent: Otherbot\nDisallow: /", True),
        ("User-agent: Inroad\nDisallow: /", False),
        ("user-agent:INROAD # us\ndisallow:/", False),
        ("User-agent: Inroad/0.1\nDisallow: /", False),
        ("User-agent: Inroad\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Otherbot\nUser-agent: Inroad\nAllow: /", True),
        ("User-agent: In\nDisallow: /", True),
        ("User-agent: InroadPlus\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /", False),
        ("User-agent: *\rDisallow: /", False),
        ("Disallow: /", True),
        ("\x00\xff nonsense", True),
    ],
)
def test_the_rules_of_the_most_fitting_group_hold(rules: str, allowed: bool) -> None:
    assert allows(Sites(rules)) is allowed


def test_the_query_counts_and_the_letters_do() -> None:
    sites = Sites("User-agent: *\nDisallow: /*?print=\nDisallow: /Jobs")
    assert not allows(sites, "https://acme.example/jobs?print=1")
    assert allows(sites, "https://acme.example/jobs?page=1")
    assert not allows(sites, "https://acme.example/Jobs/1")


def test_a_refusal_names_the_site_and_what_to_do() -> None:
    with pytest.raises(RobotsRefused, match=r"acme\.example asks programs not to open this page") as refusal:
        Robots().check(check_url("https://acme.example/jobs"), Sites(FORBIDDEN))
    assert refusal.value.advice


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 429, 500, 503])
def test_only_a_good_answer_forbids(status: int) -> None:
    assert allows(Sites(FORBIDDEN, status=status))


@pytest.mark.parametrize(
    "failure", [FetchFailed("slow"), UnsupportedContent("a file"), AddressRefused("leads inside")]
)
def test_a_site_whose_rules_cannot_be_had_may_be_opened(failure: InroadError) -> None:
    def fetch(request: Request) -> Response:
        raise failure

    assert allows(fetch)


def test_cancel_while_asking_cancels() -> None:
    def fetch(request: Request) -> Response:
        raise Cancelled

    with pytest.raises(Cancelled):
        allows(fetch)


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_page_in_place_of_the_rules_is_none_and_rules_called_a_page_are_rules(kind: str) -> None:
    assert allows(Sites(f"\n <!doctype html><pre>\n{FORBIDDEN}\n</pre>", kind=kind))
    assert not allows(Sites(FORBIDDEN, kind=kind))


def test_each_site_is_asked_once_an_hour_at_its_own_address() -> None:
    clock, sites = Time(), Sites(FORBIDDEN)
    robots = Robots(clock=clock)
    for url in (
        "https://acme.example/a",
        "https://acme.example/b",
        "http://acme.example/",
        "https://b.example",
    ):
        assert not allows(sites, url, robots)
    each = [
        "https://acme.example/robots.txt",
        "http://acme.example/robots.txt",
        "https://b.example/robots.txt",
    ]
    assert sites.asked == each
    clock.now = 3_599
    allows(sites, "https://acme.example/a", robots)
    assert sites.asked == each
    clock.now = 3_600
    allows(sites, "https://acme.example/a", robots)
    assert sites.asked == [*each, each[0]]


@pytest.mark.parametrize(("status", "kept_s"), [(404, 3_600), (503, 60)])
def test_having_no_rules_is_remembered_for_an_hour_and_a_failure_for_a_minute(
    status: int, kept_s: float
) -> None:
    clock, sites = Time(), Sites(status=status)
    robots = Robots(clock=clock)
    for moment, times in ((0, 1), (kept_s - 1, 1), (kept_s, 2)):
        clock.now = moment
        assert allows(sites, robots=robots)
        assert len(sites.asked) == times


def test_no_more_than_256_sites_are_remembered() -> None:
    robots, sites = Robots(), Sites(FORBIDDEN)
    for number in range(MOST_ORIGINS + 1):
        allows(sites, f"https://site-{number}.example/", robots)
    allows(sites, "https://site-256.example/", robots)
    assert len(sites.asked) == MOST_ORIGINS + 1
    allows(sites, "https://site-0.example/", robots)
    assert len(sites.asked) == MOST_ORIGINS + 2


def test_rules_beyond_500_kib_are_not_read_and_none_is_cut_in_two() -> None:
    head = "User-agent: *\n"
    filling = "#" * (MOST_BYTES - len(head) - len("\nDisallow: /")) + "\n"
    assert allows(Sites(f"{head}{filling}Disallow: /private\n"))
    assert not allows(Sites(f"{head}{filling[2:]}Disallow: /\n\n# and more"))


def test_thousands_of_agents_with_thousands_of_rules_take_little_memory() -> None:
    """Each agent would hold each rule: nine million of them, in a file of 100 KB."""
    agents = "".join(f"User-agent: a{number}\n" for number in range(3_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(3_000))
    tracemalloc.start()
    try:
        assert not allows(Sites(f"{agents}User-agent: *\n{rules}"), "https://acme.example/77")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_nobody_waits_long_for_manners() -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    assert quick(settings).fetch_deadline_s == 5
    assert quick(settings.model_copy(update={"fetch_deadline_s": 2})).fetch_deadline_s == 2
