"""The limits that a stand-in server holds its callers to, counted on its own, by a clock that can be turned.

A request is let in with its prompt and all of its `max_tokens`, within sliding windows of a minute and of a
day. One that is larger than the minute is refused with 413, one that comes too soon with 429. Nothing here is
shared with the code under test.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

MINUTE, DAY = 60.0, 86_400.0


class TurnedClock:
    """Seconds that pass only while somebody sleeps and nobody is served, so that a day takes a moment."""

    def __init__(self, now: float = 1_790_000_000.0) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._served = 0

    def __call__(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += 0 if self._served else seconds
        time.sleep(0.0005)  # so that others get to run

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """While an answer is on its way, however long a busy machine takes for it, no time passes."""
        with self._lock:
            self._served += 1
        try:
            yield
        finally:
            with self._lock:
                self._served -= 1


@dataclass
class Limits:
    """What one account may do here. `settles` says whether an answer gives back what it did not use.

    Attributes:
        clock: Seconds.
        count: Tokens of a text.
        refused: How many requests were refused, by status.
        peak: The most tokens that any minute held.
    """

    requests_a_minute: int = 30
    requests_a_day: int = 1_000
    tokens_a_minute: int = 8_000
    tokens_a_day: int = 200_000
    settles: bool = True
    states: bool = True
    clock: Callable[[], float] = time.time
    count: Callable[[str], int] = lambda text: len(text) // 4
    refused: dict[int, int] = field(default_factory=dict)
    let_in: list[float] = field(default_factory=list)
    peak: int = 0
    _calls: list[list[float]] = field(default_factory=list)  # [moment, tokens]
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def admit(self, body: dict[str, Any]) -> "Ticket":
        """Count a request, or say why not."""
        asked = self.count("".join(message["content"] for message in body["messages"]))
        tokens = asked + int(body.get("max_tokens") or body.get("max_completion_tokens") or 0)
        with self._lock:
            now = self.clock()
            if tokens > self.tokens_a_minute:
                return self._refuse(413, now, 0.0)
            wait = max(
                self._wait(1, self.requests_a_minute, MINUTE, now, requests=True),
                self._wait(1, self.requests_a_day, DAY, now, requests=True),
                self._wait(tokens, self.tokens_a_minute, MINUTE, now),
                self._wait(tokens, self.tokens_a_day, DAY, now),
            )
            if wait > 0:
                return self._refuse(429, now, wait)
            call = [now, float(tokens)]
            self._calls.append(call)
            self.let_in.append(now)
            self.peak = max(self.peak, round(self._used(MINUTE, now)))
            return Ticket(200, self._headers(now), call, asked)

    def settle(self, ticket: "Ticket", answered: int) -> None:
        if self.settles and ticket.call is not None:
            with self._lock:
                ticket.call[1] = ticket.asked + answered

    def _refuse(self, status: int, now: float, wait: float) -> "Ticket":
        self.refused[status] = self.refused.get(status, 0) + 1
        retry = {"retry-after": f"{wait:.2f}"} if status == 429 else {}
        return Ticket(status, {**self._headers(now), **retry}, None, 0)

    def _used(self, window: float, now: float, *, requests: bool = False) -> float:
        return sum(1 if requests else tokens for at, tokens in self._calls if at > now - window)

    def _wait(self, need: int, limit: int, window: float, now: float, *, requests: bool = False) -> float:
        over = self._used(window, now, requests=requests) + need - limit
        for at, tokens in self._calls:
            if over <= 0:
                break
            if at > now - window:
                over -= 1 if requests else tokens
                if over <= 0:
                    return at + window - now
        return 0.0

    def _headers(self, now: float) -> dict[str, str]:
        if not self.states:
            return {}
        tokens, requests = self._used(MINUTE, now), self._used(DAY, now, requests=True)
        return {
            "x-ratelimit-limit-requests": str(self.requests_a_day),
            "x-ratelimit-limit-tokens": str(self.tokens_a_minute),
            "x-ratelimit-remaining-requests": str(round(self.requests_a_day - requests)),
            "x-ratelimit-remaining-tokens": str(round(self.tokens_a_minute - tokens)),
            "x-ratelimit-reset-requests": f"{requests * DAY / self.requests_a_day:.2f}s",
            "x-ratelimit-reset-tokens": f"{tokens * MINUTE / self.tokens_a_minute:.2f}s",
        }


@dataclass
class Ticket:
    """What became of a request at the door: 200, 413 or 429, and the headers that say so."""

    status: int
    headers: dict[str, str]
    call: list[float] | None
    asked: int
