"""The last hours of this process, minute by minute: requests answered and memory held."""

import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from telemetry.metrics import REQUESTS

MINUTES = 240
_PAGE_BYTES = 4096


@dataclass(frozen=True)
class Minute:
    """What was seen at the end of a minute.

    Attributes:
        at: Seconds since 1970.
        requests: Answered since the one before.
        memory: Resident, in bytes; 0 where the system does not tell.
    """

    at: float
    requests: int
    memory: int


class Recent:
    """A bounded number of minutes; the oldest goes first. Safe to share between threads."""

    def __init__(self, minutes: int = MINUTES) -> None:
        self._seen: deque[Minute] = deque(maxlen=minutes)
        self._before = _answered()
        self._lock = threading.Lock()

    def note(self) -> None:
        """Take down the minute that ends now."""
        with self._lock:
            answered = _answered()
            self._seen.append(Minute(time.time(), answered - self._before, resident()))
            self._before = answered

    @property
    def minutes(self) -> tuple[Minute, ...]:
        with self._lock:
            return tuple(self._seen)


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return 0


def _answered() -> int:
    return int(
        sum(
            sample.value
            for family in REQUESTS.collect()
            for sample in family.samples
            if sample.name.endswith("_total")
        )
    )


RECENT = Recent()
"""Those of this process."""
