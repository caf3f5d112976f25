"""Manners around the guarded fetch: robots.txt, one request a second, `Retry-After`, and no question twice.

What is remembered lives in one `Manners` of the process; `polite_fetch` puts it around each reading's fetch.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from scraping.address import check_url
from scraping.cache import Cache
from scraping.http import Fetch, Request, Response
from scraping.pacing import Pace, seconds_to_wait
from scraping.problems import wall
from scraping.robots import Robots
from settings import Settings

_BUSY = (429, 503)


class Manners:
    """What all readings share: the sites' rules, the turns at each host, and the answers kept.

    Args:
        settings: The interval, the longest wait, and the size and freshness of what is kept.
        clock: Seconds that only ever grow.
        sleep: Waits for the given seconds.
        now: Seconds since 1970, for dates in headers.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.robots = Robots(clock=clock)
        self.pace = Pace(settings.fetch_interval_s, clock=clock, sleep=sleep)
        # A check for robots that comes with status 200 is no page: whoever tries again shall try again.
        self.cache = Cache(
            settings.fetch_cache_bytes,
            settings.fetch_fresh_s,
            clock=clock,
            worth_keeping=lambda response: not wall(response),
        )
        self.longest_wait_s = settings.fetch_longest_wait_s
        self.now = now


def polite_fetch(
    fetch: Fetch,
    manners: Manners,
    cancelled: Callable[[], bool] | None = None,
    *,
    robots_fetch: Fetch | None = None,
) -> Fetch:
    """A fetch that minds its manners; it changes nothing about which addresses may be opened.

    robots.txt is asked for pages only (`Request.page`), before anything else, kept answers included. A kept
    answer costs no turn. Redirects and robots.txt itself are not paced. A host that is busy (429 or 503) and
    names a `Retry-After` within the longest wait is asked once more; any other answer is returned as it is.

    Args:
        fetch: The guarded fetcher.
        manners: The one of the process.
        cancelled: Asked ten times a second while waiting.
        robots_fetch: The guarded fetcher for robots.txt, with the settings of `robots.quick`; by default
            `fetch`, whose deadline then holds.

    Returns:
        A callable that raises what `fetch` raises, `AddressRefused`, `RobotsRefused` or `Cancelled`.
    """

    def polite(request: Request) -> Response:
        address = check_url(request.url)
        if request.page:
            manners.robots.check(address, robots_fetch or fetch)
        return manners.cache.answer(replace(request, url=address.url), in_turn)

    def in_turn(request: Request) -> Response:
        host = check_url(request.url).host
        manners.pace.wait(host, cancelled)
        response = fetch(request)
        if response.status not in _BUSY:
            return response
        wait = seconds_to_wait(response.headers.get("retry-after", ""), manners.now())
        if wait is None or wait > manners.longest_wait_s:
            return response
        manners.pace.pause(host, wait)
        manners.pace.wait(host, cancelled)
        return fetch(request)

    return polite
