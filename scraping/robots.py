"""What a site's robots.txt says to Inroad (RFC 9309)."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from protego import Protego

from errors import AddressRefused, FetchFailed, RobotsRefused
from scraping.address import Address
from scraping.cache import Shelf
from scraping.http import Fetch, Request, Response
from settings import Settings

PRODUCT_TOKEN = "Inroad"  # noqa: S105  # the name that robots.txt rules address, no secret
MOST_BYTES = 512_000  # the 500 KiB that every reader must manage, and no more
MOST_ORIGINS = 256
LONGEST_WAIT_S = 5.0
_KEPT_S = 3_600.0
_FAILURE_KEPT_S = 60.0
_MOST_KEPT_BYTES = 8_000_000
_AGENT = re.compile(r"\s*user[-\s]*agent\b\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class _Rules:
    text: str
    until: float


class Robots:
    """The rules of up to 256 sites, each asked for once an hour.

    A site without rules allows all; so does one that answers with an error, with HTML or not at all. For
    errors of the server the RFC would have a crawler stay away; Inroad opens one page for the person who
    asked for it, who could open it in a browser as well, and tries robots.txt again after a minute.

    Args:
        clock: Seconds that only ever grow.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shelf: Shelf[_Rules] = Shelf(_MOST_KEPT_BYTES, MOST_ORIGINS)

    def check(self, address: Address, fetch: Fetch) -> None:
        """Return if a page may be opened.

        Args:
            address: The page's. Its own site decides, also where it redirects to another.
            fetch: The guarded fetcher, with the deadline of `quick`.

        Raises:
            RobotsRefused: if the rules forbid it.
            Cancelled: from `fetch`.
        """
        text = self._rules(replace(address, target="/robots.txt"), fetch)
        if not _parsed(text).can_fetch(address.url, PRODUCT_TOKEN):
            raise RobotsRefused(
                f"{address.host} asks programs not to open this page (robots.txt), so Inroad does not.",
                "Open the page in your browser and paste its text here instead.",
            )

    def _rules(self, source: Address, fetch: Fetch) -> str:
        rules = self._shelf.get(source.url)
        if rules is None or rules.until <= self._clock():
            text, kept_s = _ask(source, fetch)
            rules = _Rules(text, self._clock() + kept_s)
            self._shelf.put(source.url, rules, len(text) + len(source.url))
        return rules.text


def quick(settings: Settings) -> Settings:
    """The settings for asking for robots.txt: five seconds at most, so that nobody waits long for manners."""
    return settings.model_copy(update={"fetch_deadline_s": min(LONGEST_WAIT_S, settings.fetch_deadline_s)})


@lru_cache(maxsize=4)
def _parsed(text: str) -> Protego:
    """The rules of the sites read just now; for the others the text is kept, a hundredth of the size."""
    return Protego.parse(text)


def _ask(source: Address, fetch: Fetch) -> tuple[str, float]:
    """The rules of a site, empty where it has none, and for how many seconds they hold."""
    try:
        response = fetch(Request(source.url))
    except (AddressRefused, FetchFailed):
        return "", _FAILURE_KEPT_S
    if response.status >= 500:
        return "", _FAILURE_KEPT_S
    return (_addressed(_text(response)) if response.status == 200 else ""), _KEPT_S


def _text(response: Response) -> str:
    """The file as text; empty for HTML, by its bytes, since the type of a robots.txt is often wrong."""
    body = response.body[:MOST_BYTES]
    if len(response.body) > MOST_BYTES:
        body = body.rpartition(b"\n")[0]  # half a line would be another rule
    text = body.decode("utf-8-sig", errors="replace")
    return "" if text.lstrip().startswith("<") else text


def _addressed(text: str) -> str:
    """The rules with every agent but `*` and our own under one name.

    A file may name thousands of agents before thousands of rules; a parser that gives each agent every rule
    would run out of memory. It also makes the match exact: "User-agent: in" is not about Inroad.
    """
    return "\n".join(_addressed_line(line) for line in text.splitlines())


def _addressed_line(line: str) -> str:
    agent = _AGENT.match(line.partition("#")[0])
    if agent is None:
        return line
    name = agent[1].strip()
    if name != "*":
        token = re.match(r"[A-Za-z_-]*", name)
        ours = token is not None and token[0].lower() == PRODUCT_TOKEN.lower()
        name = PRODUCT_TOKEN if ours else "another"
    return f"User-agent: {name}"
