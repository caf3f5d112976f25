"""How fast one host is asked: one request an interval, and a pause where the host asks for one."""

import threading
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime

from errors import Cancelled

_LOOK_UP_S = 0.1
_MANY_HOSTS = 1_000


class Pace:
    """Turns at each host, given in the order of asking, to all threads of the process alike.

    Args:
        interval_s: Seconds from the start of one request to the start of the next.
        clock: Seconds that only ever grow.
        sleep: Waits for the given seconds.
    """

    def __init__(
        self,
        interval_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval_s = interval_s
        self._clock = clock
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, cancelled: Callable[[], bool] | None = None) -> None:
        """Return when it is this caller's turn at the host.

        Raises:
            Cancelled: within a tenth of a second of `cancelled` saying so.
        """
        turn = self._take_turn(host)
        while True:
            if cancelled is not None and cancelled():
                self._give_back(host, turn)
                raise Cancelled
            left = turn - self._clock()
            if left <= 0:
                return
            self._sleep(min(left, _LOOK_UP_S))

    def pause(self, host: str, seconds: float) -> None:
        """Let no new turn at a host begin before the seconds are over."""
        with self._lock:
            self._free_at[host] = max(self._free_at.get(host, 0.0), self._clock() + seconds)

    def _take_turn(self, host: str) -> float:
        with self._lock:
            now = self._clock()
            if len(self._free_at) >= _MANY_HOSTS:
                self._free_at = {name: free for name, free in self._free_at.items() if free > now}
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self._interval_s
            return turn

    def _give_back(self, host: str, turn: float) -> None:
        """Free a turn that was not used, unless somebody already waits behind it."""
        with self._lock:
            if self._free_at.get(host) == turn + self._interval_s:
                self._free_at[host] = turn


def seconds_to_wait(retry_after: str, now: float) -> float | None:
    """What a `Retry-After` header asks for, in seconds (RFC 9110, section 10.2.3).

    Args:
        retry_after: Seconds or an HTTP date.
        now: The time in seconds since 1970.

    Returns:
        Seconds from now, never negative; None for a header that is empty or malformed.
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
        return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
