"""The contract of a job board: recognise an address, name the request that answers, parse the answer.

A board reaches the network only through the fetch it is given, so that every one is guarded alike.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar, Literal, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from scraping.advert import Advert, key_of
from scraping.company import company_in
from scraping.http import Fetch, Request, Response
from scraping.page import Page
from scraping.xml import parse_xml

MOST_PAGES = 10
MOST_LISTED = 200
# What a board raises on an answer that is none of its own; nothing else may escape it.
NOT_ITS_ANSWER = (ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError)
Made = TypeVar("Made")
_TOKEN = re.compile(r"[\w .%+&'~,()!-]{1,100}")
_POSTING = re.compile(r"[\w.-]{1,120}")
# "de", "de-DE", "es-419", "zh-Hans-CN", "fil-PH"; three letters alone may be a company's name.
_LANGUAGE = re.compile(
    r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?|[a-z]{2,3}[-_](?:[A-Z][a-z]{3}[-_])?(?:[A-Z]{2}|\d{3})"
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True)
class Place:
    """What an address points to: a board's token, one posting of it or all, and where it is hosted.

    `region` is whatever else a board's address says, such as the site within a tenant. `host` is set for
    boards that answer on the host of the page itself, which may be the employer's own.
    """

    token: str
    posting: str = ""
    region: str = ""
    host: str = ""


@dataclass
class Listed:
    """What a board lists; `more` where it has more than was asked for."""

    adverts: list[Advert] = field(default_factory=list)
    more: bool = False


class BoardAnswer(Exception):
    """The board did not give the board's data. `status` is 200 for data that is not understood."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class Board:
    """One job board. A subclass states `recognise`, `request` and `parse`; the rest follows.

    `hosts` are its own; one that begins with a dot stands for every name below it. `answers` is the form of
    its answers: decoded JSON, the root of an XML tree, or a `Page`. One posting of a board of pages is read
    like any other page, so there `parse` meets lists only. A page that shows the board has one of its `marks`
    in its markup, in lower case; the names of its hosts always are among them.
    """

    name: ClassVar[str]
    hosts: ClassVar[tuple[str, ...]]
    answers: ClassVar[Literal["json", "xml", "page"]] = "json"
    marks: ClassVar[tuple[str, ...]] = ()
    _endings: ClassVar[tuple[str, ...]] = ()

    def recognise(self, url: SplitResult) -> Place | None:
        """The place an address on one of the board's hosts points to; None for its other pages."""
        raise NotImplementedError

    def request(self, place: Place) -> Request:
        """The request that answers for a place, or for its first page."""
        raise NotImplementedError

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        """The openings in an answer, each with the board's id as its key; drafts and unlisted ones dropped.

        Raises:
            ValueError, LookupError, TypeError, AttributeError: for an answer that is none of the board's.
        """
        raise NotImplementedError

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        """The request for the next page of a board that pages; None after the last.

        Args:
            answer: The decoded answer to `request`.
            place: What is being read.
            request: The request just answered.
            read: How many openings are known so far.
        """
        del answer, place, request, read
        return None

    def detail(self, advert: Advert, place: Place) -> Request | None:
        """The request for an opening's text, where the list has none and its public page does not serve.

        Its answer goes to `described`; the answer to a request for a `page` is read as a posting's page.
        """
        del advert, place
        return None

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        """The advert with what the decoded answer to `detail` adds."""
        del answer, place
        return advert

    def traces(self, page: Page) -> Iterator[Place]:
        """Places of this board that a page on another host shows.

        Those that its links, frames and scripts point to; only where there are none, those on its own host,
        since an employer's page that shows a part of the board holds the same marks as one the board serves.
        """
        pointed = [place for place in map(self.at, page.foreign_addresses) if place is not None]
        yield from pointed or self.on_own_host(page)

    def on_own_host(self, page: Page) -> Iterable[Place]:
        """Places on a page's own host, where the board seems to serve it: one for each sign of that."""
        del page
        return ()

    def may_show(self, page: Page) -> bool:
        """Whether a page mentions the board at all, so that a closer look is worth its time."""
        return any(map(page.mentions, self.marks))

    def on_page(self, page: Page) -> list[Advert]:
        """The openings that a page carries in this board's own data, whoever hosts it."""
        del page
        return []

    def has_more(self, page: Page) -> bool:
        """Whether the board says that it has more openings than those that `on_page` finds."""
        del page
        return False

    def looks_like(self, answer: Any) -> Place | None:
        """The place a saved answer of unknown origin came from, told by its shape."""
        del answer
        return None

    def read(self, place: Place, fetch: Fetch) -> Listed:
        """Ask for a place's openings, page by page, up to ten pages or two hundred openings.

        A page without anything new ends it, since some boards serve their first page for ever.

        Raises:
            BoardAnswer: when the first answer is anything but the board's data.
        """
        found: dict[tuple[str, ...], Advert] = {}
        request: Request | None = self.request(place)
        for number in range(MOST_PAGES):
            if request is None or len(found) >= MOST_LISTED:
                break
            try:
                answer = self.ask(request, fetch)
                adverts = {key_of(advert): advert for advert in self.parsed(answer, place)}
            except BoardAnswer:
                if not number:
                    raise
                break
            if adverts and adverts.keys() <= found.keys():
                return Listed(list(found.values()))
            found |= {key: advert for key, advert in adverts.items() if key not in found}
            request = self._next(answer, place, request, len(found))
        return Listed(list(found.values()), more=request is not None)

    def _next(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        try:
            return self.following(answer, place, request, read)
        except NOT_ITS_ANSWER:
            return None

    def ask(self, request: Request, fetch: Fetch) -> Any:
        """The decoded answer to a request.

        Raises:
            BoardAnswer: for an error, and for an answer of another form.
        """
        response = fetch(request)
        if response.status != 200:
            raise BoardAnswer(response.status)
        return self.decode(response)

    def decode(self, response: Response) -> Any:
        """An answer in the board's own form."""
        try:
            if self.answers == "page":
                return Page.of(response)
            return parse_xml(response.body) if self.answers == "xml" else decode_json(response.body)
        except (ValueError, RecursionError):
            raise BoardAnswer(response.status) from None

    def parsed(self, answer: Any, place: Place) -> list[Advert]:
        """`parse`, with one error for all that can be wrong with an answer."""
        try:
            return self.parse(answer, place)
        except NOT_ITS_ANSWER:
            raise BoardAnswer(200) from None

    def completed(self, answer: Any, advert: Advert, place: Place) -> Advert | None:
        """`described`; None for an answer that is none of the board's, or adds no text."""
        try:
            advert = self.described(answer, advert, place)
        except NOT_ITS_ANSWER:
            return None
        return advert if advert.is_described else None

    def at(self, address: str) -> Place | None:
        """The place an address points to, if it is one of this board's and its parts are harmless."""
        parts = _parts_of(address)
        if parts is None or not self.serves(parts[0]):
            return None
        place = self.recognise(parts[1])
        return place if place is not None and is_harmless(place) else None

    def serves(self, host: str) -> bool:
        """Whether a host is one of the board's own."""
        return host in self.hosts or (host.endswith(self._endings) and _is_name(host))


@lru_cache(maxsize=2048)
def _parts_of(address: str) -> tuple[str, SplitResult] | None:
    """The host of a web address, and the address in parts; None for any other."""
    try:
        url = urlsplit(address)
        host = (url.hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    return (host, url) if url.scheme in ("http", "https") else None


BOARDS: list[Board] = []


def board(name: str, hosts: tuple[str, ...] = ()) -> Callable[[type[Board]], type[Board]]:
    """Register a job board under the name a person knows, with the hosts it serves from."""

    def register(kind: type[Board]) -> type[Board]:
        kind.name, kind.hosts = name, hosts
        kind.marks = (*kind.marks, *dict.fromkeys(".".join(host.split(".")[-2:]) for host in hosts))
        kind._endings = tuple(host for host in hosts if host.startswith("."))
        BOARDS.append(kind())
        return kind

    return register


# --- for boards --------------------------------------------------------------------------------------


def segments(url: SplitResult) -> list[str]:
    """The decoded, non-empty parts of an address's path."""
    return [part for part in (unquote(raw).strip() for raw in url.path.split("/")) if part]


def without_language(parts: list[str]) -> list[str]:
    """Path segments without a leading language such as "en" or "de-DE"."""
    return parts[1:] if parts and _LANGUAGE.fullmatch(parts[0]) else parts


def label_of(url: SplitResult, ending: str) -> str:
    """The one label before a host's ending: "acme" of "acme.recruitee.com"; empty where there are more."""
    label = (url.hostname or "").lower().removesuffix(ending)
    return label if _LABEL.fullmatch(label) and label not in ("www", "api", "app", "help", "support") else ""


def is_harmless(place: Place) -> bool:
    """Whether the parts of a place can be put into an address: no slash, no dots alone, no other host."""
    return (
        (is_token(place.token) or (not place.token and bool(place.host)))
        and (not place.posting or is_posting_id(place.posting))
        and (not place.region or is_token(place.region))
        and (not place.host or _is_name(place.host))
    )


def is_token(token: str) -> bool:
    """Whether a board's token is harmless in a path: no slash, no dots alone, no control characters."""
    return bool(_TOKEN.fullmatch(token)) and bool(set(token) - set(". ")) and "%" not in token


def is_posting_id(text: str) -> bool:
    """Whether a posting's id is harmless in a path, where it still must be percent-encoded."""
    return bool(_POSTING.fullmatch(text)) and bool(set(text) - {"."})


def _is_name(host: str) -> bool:
    labels = host.split(".")
    return len(labels) > 1 and len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


def decode_json(body: bytes) -> Any:
    """JSON in any encoding, with raw control characters allowed.

    Raises:
        ValueError, RecursionError: for anything else.
    """
    return json.loads(body.decode("utf-8-sig", errors="replace").strip(), strict=False)


def text_of(value: Any) -> str:
    """A field as text; anything but text or a number is empty."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def named(value: Any, *names: str) -> str:
    """A field that is a text, or an object with one under the first of these names; "name" by default."""
    if isinstance(value, dict):
        return next(filter(None, (text_of(value.get(name)) for name in names or ("name",))), "")
    return text_of(value)


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a field that should hold a list of them."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def day_of(stamp: Any, per_second: int = 1) -> str:
    """The date of a time since 1970, in seconds or in parts of them; empty for anything else."""
    if not isinstance(stamp, int | float) or isinstance(stamp, bool) or not 0 < stamp < 4e9 * per_second:
        return ""
    return datetime.fromtimestamp(stamp / per_second, UTC).date().isoformat()


def each(items: Iterable[Any], make: Callable[[Any], Made | None]) -> list[Made]:
    """What is made of each of a board's entries; an odd one costs only itself, and None leaves one out.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: when all entries are odd.
    """
    made: list[Made | None] = []
    failure: Exception | None = None
    for item in items:
        try:
            made.append(make(item))
        except NOT_ITS_ANSWER as error:
            failure = error
    if failure is not None and not made:
        raise failure
    return [one for one in made if one is not None]


def with_company(adverts: list[Advert], token: str) -> list[Advert]:
    """The adverts; those that name no company have the one that a token names, as their texts spell it."""
    guessed, spelt = "", False
    if not all(advert.company for advert in adverts):
        texts = (html.unescape(advert.text or advert.markup) for advert in adverts)
        guessed, spelt = company_in(token, texts)
    return [
        replace(
            advert,
            company=advert.company or guessed,
            company_source="published" if advert.company or spelt else "address" if guessed else "",
        )
        for advert in adverts
    ]


def by_place(adverts: Iterable[Advert]) -> list[Advert]:
    """The entries of a board that repeats a job for each of its places, each an opening of its own.

    The first of a job keeps its key, by which an address names it.
    """
    found: dict[str, Advert] = {}
    for advert in adverts:
        key = f"{advert.key}@{advert.location}" if advert.key in found else advert.key
        found.setdefault(key, replace(advert, key=key))
    return list(found.values())


def joined(*values: Any, by: str = ", ") -> str:
    """The texts among the values, each once, in one text: a city, a region, a country."""
    return by.join(dict.fromkeys(filter(None, (text_of(value).strip() for value in values))))


def headed(heading: Any, markup: Any) -> str:
    """A part of a description under its heading, as HTML; empty where there is no part."""
    body, title = text_of(markup).strip(), text_of(heading).strip()
    return f"<h3>{title}</h3>\n{body}" if body and title else body
