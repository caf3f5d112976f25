"""How often one caller may ask: a bucket of requests each, filled again evenly over a minute.

Buckets are of this process, and their number is bounded: the one unused longest goes first.
"""

import math
import threading
import time
from collections import OrderedDict
from typing import NamedTuple

from fastapi import Depends, Request, Response

from accounts import network_of
from api.asking import Anybody, Config
from errors import TooMany

MOST_BUCKETS = 10_000
_SIGNING_IN = 30


class TooFast(TooMany):
    """One caller asked more often than their share. `headers` say how often they may."""

    def __init__(self, message: str, advice: str, retry_after: float, headers: dict[str, str]) -> None:
        super().__init__(message, advice, retry_after)
        self.headers = headers


class Allowed(NamedTuple):
    """Whether a request may be answered, how many more may follow at once, and how long until one may."""

    now: bool
    left: int
    wait_s: float


class Buckets:
    """The buckets of all callers, safe to share between threads."""

    def __init__(self, most: int = MOST_BUCKETS) -> None:
        self._most = most
        self._full: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: str, per_minute: int, now: float | None = None) -> Allowed:
        """Take one request out of a caller's bucket, which holds `per_minute` when full.

        Args:
            caller: Who asks.
            per_minute: How many they may ask in a minute, at least 1.
            now: Seconds on a clock that never goes back.
        """
        now = time.monotonic() if now is None else now
        with self._lock:
            held, since = self._full.pop(caller, (float(per_minute), now))
            held = min(per_minute, held + (now - since) * per_minute / 60)
            allowed = held >= 1
            held -= allowed
            self._full[caller] = held, now
            if len(self._full) > self._most:
                self._full.popitem(last=False)
        return Allowed(allowed, int(held), max(0.0, (1 - held) * 60 / per_minute))

    def __len__(self) -> int:
        return len(self._full)


async def counted(request: Request, response: Response, who: Anybody, settings: Config) -> None:
    """Count a request to its caller; the one person at this computer may ask as often as they like.

    Raises:
        TooFast: when they have asked too often.
    """
    if who.way == "local":
        return
    known = who.way != "anonymous"
    # Where strangers get no drafts, they still sign in.
    per_minute = (
        settings.api_requests_per_minute if known else settings.api_anonymous_requests_per_minute or 30
    )
    buckets = request.app.state.buckets
    assert isinstance(buckets, Buckets)
    allowed = buckets.take(who.person if known else network_of(who.address), per_minute)
    headers = {
        "RateLimit-Policy": f'"requests";q={per_minute};w=60',
        "RateLimit": f'"requests";r={allowed.left};t={math.ceil(allowed.wait_s)}',
    }
    if not allowed.now:
        raise TooFast(
            f"This is more than {per_minute} requests in a minute.",
            "Wait as many seconds as Retry-After says." if known else "Wait, or send a token of an account.",
            allowed.wait_s,
            headers,
        )
    response.headers.update(headers)


Counted = Depends(counted)
