"""Answers kept for some minutes, so that what is read twice is asked for once.

Requests carry no cookies and no keys, so an answer is the same for everybody and may serve everybody. That is
why `Cache-Control: private` is not minded, while `no-store` is. All lies in memory and within a bound.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from scraping.http import Fetch, Request, Response

MOST_ENTRY_BYTES = 5_000_000
_MOST_ENTRIES = 2_000
_OVERHEAD_BYTES = 500  # of an entry beside its texts

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Values by key, safe among threads; what was used least lately goes once they are too many or too large.

    Args:
        most_bytes: What all values may measure together, by the sizes they were put with.
        most_entries: How many values may be held.
    """

    def __init__(self, most_bytes: int, most_entries: int) -> None:
        self._most_bytes = most_bytes
        self._most_entries = most_entries
        self._held: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Hashable, value: Kept, size: int) -> None:
        with self._lock:
            self._remove(key)
            self._held[key] = value, size
            self._bytes += size
            while self._bytes > self._most_bytes or len(self._held) > self._most_entries:
                self._remove(next(iter(self._held)))

    def drop(self, key: Hashable) -> None:
        with self._lock:
            self._remove(key)

    def _remove(self, key: Hashable) -> None:
        if key in self._held:
            self._bytes -= self._held.pop(key)[1]


@dataclass(frozen=True)
class _Entry:
    response: Response
    stored: float

    @property
    def size(self) -> int:
        headers = sum(len(name) + len(value) for name, value in self.response.headers.items())
        return len(self.response.body) + len(self.response.url) + headers + _OVERHEAD_BYTES


class Cache:
    """Good answers to GET and POST, the latter by their body.

    Within `fresh_s` an answer is returned as it is, whatever its `max-age` says: a person who looks again is
    served as by the Back button of a browser (RFC 9111, section 6). After that it is asked whether it changed
    (RFC 9110, section 13), where it names an `ETag` or `Last-Modified`; other answers are asked for anew.

    Args:
        most_bytes: The bound for all answers together; one of more than 5 MB is never kept.
        fresh_s: Seconds for which an answer is returned without asking.
        clock: Seconds that only ever grow.
        worth_keeping: False for an answer with status 200 that should be asked for again nevertheless.
    """

    def __init__(
        self,
        most_bytes: int,
        fresh_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        worth_keeping: Callable[[Response], bool] = lambda _: True,
    ) -> None:
        self._shelf: Shelf[_Entry] = Shelf(most_bytes, _MOST_ENTRIES)
        self._most_entry_bytes = min(most_bytes, MOST_ENTRY_BYTES)
        self._fresh_s = fresh_s
        self._clock = clock
        self._worth_keeping = worth_keeping

    def answer(self, request: Request, fetch: Fetch) -> Response:
        """The kept answer to a request, or that of `fetch`, whose errors pass through."""
        if request.method not in ("GET", "POST"):
            return fetch(request)
        key = _key(request)
        known = self._shelf.get(key)
        if known is None:
            return self._keep(key, fetch(request))
        if self._clock() - known.stored < self._fresh_s:
            return known.response
        conditions = _conditions(request, known.response)
        answer = fetch(replace(request, headers={**request.headers, **conditions}))
        if conditions and answer.status == 304 and answer.url == known.response.url:
            answer = _refreshed(known.response, answer.headers)
        return self._keep(key, answer)

    def _keep(self, key: Hashable, response: Response) -> Response:
        entry = _Entry(response, self._clock())
        if (
            _may_be_stored(response)
            and entry.size <= self._most_entry_bytes
            and self._worth_keeping(response)
        ):
            self._shelf.put(key, entry, entry.size)
        else:
            self._shelf.drop(key)
        return response


def _key(request: Request) -> Hashable:
    """What makes two requests one. All others of our headers are the same in each, so `Vary` is met."""
    body = None if request.body is None else hashlib.sha256(request.body).digest()
    headers = sorted((name.lower(), value) for name, value in request.headers.items())
    return request.method, request.url, body, tuple(headers)


def _may_be_stored(response: Response) -> bool:
    directives = response.headers.get("cache-control", "").lower().split(",")
    return response.status == 200 and "no-store" not in (directive.strip() for directive in directives)


def _conditions(request: Request, known: Response) -> dict[str, str]:
    """The headers that ask for an answer only if it changed.

    None for POST, to which they do not apply. None after a redirect either: the mark belongs to the address
    that answered, and would be shown to the one that was asked.
    """
    if request.method != "GET" or known.url != request.url:
        return {}
    conditions = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {asks: known.headers[mark] for asks, mark in conditions.items() if known.headers.get(mark)}


def _refreshed(known: Response, headers: Mapping[str, str]) -> Response:
    """A kept answer with the headers of the 304 that confirmed it; those of its body stay its own."""
    newer = {name: value for name, value in headers.items() if not name.startswith("content-")}
    return replace(known, headers={**known.headers, **newer})
