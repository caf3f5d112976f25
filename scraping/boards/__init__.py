"""Job boards: one file each, found through `@board`. Reading one costs one request and no guess.

A board recognises addresses, names the API request that answers for one, and parses the answer. It reaches
the network only through the fetch it is given. Adding one is a new file here with a subclass of `Board`.
"""

import importlib
import json
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import SplitResult, unquote, urlsplit

from scraping.advert import Advert
from scraping.http import Fetch, Request
from scraping.page import Page

_TOKEN = re.compile(r"[A-Za-z0-9 ._%+&'~-]{1,100}")


@dataclass(frozen=True)
class Place:
    """What an address points to: a board's token, one posting of it or all, and where it is hosted."""

    token: str
    posting: str = ""
    region: str = ""


class Board:
    """One job board. A subclass states `recognise`, `request` and `parse`; the rest follows."""

    name: ClassVar[str]
    hosts: ClassVar[tuple[str, ...]]

    def recognise(self, url: SplitResult) -> Place | None:
        """The place an address on one of the board's hosts points to; None for its other pages."""
        raise NotImplementedError

    def request(self, place: Place) -> Request:
        """The API request that answers for a place."""
        raise NotImplementedError

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        """The openings in a decoded API answer, each with the board's id as its key.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: for an answer that is none of the board's.
        """
        raise NotImplementedError

    def traces(self, page: Page) -> Iterator[Place]:
        """Places of this board that a page on another host points to: its links, frames and scripts."""
        for address in page.addresses:
            place = self.at(address)
            if place is not None:
                yield place

    def looks_like(self, answer: Any) -> Place | None:
        """The place a saved answer of unknown origin came from, told by its shape."""
        del answer
        return None

    def read(self, place: Place, fetch: Fetch) -> list[Advert]:
        """Ask the board's API. Boards that page or need a request a posting extend this.

        Raises:
            BoardAnswer: when the API answers with anything but the board's data.
        """
        response = fetch(self.request(place))
        if response.status != 200:
            raise BoardAnswer(response.status)
        return self.parse_bytes(response.body, place)

    def parse_bytes(self, body: bytes, place: Place) -> list[Advert]:
        """`parse` over raw JSON, with one error for all that can be wrong with it."""
        try:
            adverts = self.parse(decode_json(body), place)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BoardAnswer(200) from None
        return adverts

    def at(self, address: str) -> Place | None:
        """The place an address points to, if it is one of this board's and its parts are harmless."""
        try:
            url = urlsplit(address)
            host = (url.hostname or "").lower()
        except ValueError:
            return None
        if host not in self.hosts or url.scheme not in ("http", "https"):
            return None
        place = self.recognise(url)
        return place if place is not None and is_token(place.token) and is_posting_id(place.posting) else None


class BoardAnswer(Exception):
    """The board's API did not give the board's data. `status` is 200 for data that is not understood."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


BOARDS: list[Board] = []


def board(name: str, hosts: tuple[str, ...]) -> Callable[[type[Board]], type[Board]]:
    """Register a job board under the name a person knows, with the hosts it serves from."""

    def register(kind: type[Board]) -> type[Board]:
        kind.name, kind.hosts = name, hosts
        BOARDS.append(kind())
        return kind

    return register


def recognise(address: str) -> tuple[Board, Place] | None:
    """The board and place that an address names, without opening it."""
    for candidate in BOARDS:
        place = candidate.at(address)
        if place is not None:
            return candidate, place
    return None


def recognise_answer(answer: Any) -> tuple[Board, Place] | None:
    """The board whose API answer this is, told by its shape alone."""
    for candidate in BOARDS:
        try:
            place = candidate.looks_like(answer)
        except (KeyError, TypeError, IndexError, AttributeError):
            continue
        if place is not None:
            return candidate, place
    return None


def found_on(page: Page) -> tuple[Board, Place] | None:
    """The board that a page shows or links to. A frame or script counts more than many links elsewhere."""
    for candidate in BOARDS:
        places = list(candidate.traces(page))
        if places:
            return candidate, _best(places, page)
    return None


def _best(places: list[Place], page: Page) -> Place:
    """The board itself; or the one posting, where the page points to just that and is about it."""
    tokens = [place.token for place in places]
    token = max(dict.fromkeys(tokens), key=tokens.count)
    same = [place for place in places if place.token == token]
    wanted = page.posting_wanted
    if wanted:
        return Place(token, wanted, same[0].region)
    postings = dict.fromkeys(place.posting for place in same)
    if len(postings) == 1 and "" not in postings and page.is_about_one_opening:
        return same[0]
    return Place(token, "", same[0].region)


# --- for boards --------------------------------------------------------------------------------------


def segments(url: SplitResult) -> list[str]:
    """The decoded, non-empty parts of an address's path."""
    return [part for part in (unquote(raw).strip() for raw in url.path.split("/")) if part]


def is_token(token: str) -> bool:
    """Whether a board's token is harmless in a path: no slash, no dots alone, no control characters."""
    return bool(_TOKEN.fullmatch(token)) and set(token) != {"."} and "%" not in token


def is_posting_id(text: str) -> bool:
    return not text or bool(re.fullmatch(r"[A-Za-z0-9-]{1,64}", text))


def decode_json(body: bytes) -> Any:
    """JSON in any encoding, with raw control characters allowed.

    Raises:
        ValueError, RecursionError: for anything else.
    """
    return json.loads(body.decode("utf-8-sig", errors="replace").strip(), strict=False)


_COMMON_ENDINGS = re.compile(r"(?:[-_]?(?:careers?|jobs|hiring|recruiting|inc|llc|gmbh))+$", re.IGNORECASE)


def company_in(token: str, texts: Iterable[str]) -> tuple[str, bool]:
    """A company's name for a board that has only a token.

    Args:
        token: Such as "block-labs" or "SecondDinner".
        texts: What the board publishes; where it spells the token out ("Block Labs"), that spelling is used.

    Returns:
        The name and whether it is spelled so in the texts.
    """
    letters = [c for c in _COMMON_ENDINGS.sub("", token) or token if c.isalnum()]
    if len(letters) > 2:
        spelt = re.compile(
            r"(?<![\w.@/-])" + r"[ .&'’-]{0,2}".join(map(re.escape, letters)) + r"(?![\w@-]|\.\w)",
            re.IGNORECASE,
        )
        counts: dict[str, int] = {}
        for text in texts:
            for match in spelt.findall(text[:20_000]):
                if any(c.isupper() for c in match):
                    counts[match] = counts.get(match, 0) + 1
        if counts:
            return max(
                counts, key=lambda name: (counts[name], sum(c.isupper() for c in name) < len(letters))
            ), True
    return tidy_token(token), False


def tidy_token(token: str) -> str:
    """A token as a name: "block-labs" gives "Block Labs", "SecondDinner" gives "Second Dinner"."""
    spaced = re.sub(r"[-_.+]+", " ", token)
    words = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", spaced).split()
    return " ".join(word if any(c.isupper() for c in word) else word[:1].upper() + word[1:] for word in words)


def text_of(value: Any) -> str:
    """A field as text; anything but text or a number is empty."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")
