"""The line at the door: whoever signs in, or proves a password, waits here and holds nobody else up.

Two are served at once, in threads of their own; a storm of sign-ins neither takes the threads in which the
rest of the API is answered, nor stands in line for the database.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from errors import TooMany
from telemetry import metrics

_AT_ONCE = 2
_IN_LINE = 250
"""About 20 s of waiting where a hash takes 150 ms; whoever comes later is told to come again."""
_COME_AGAIN_S = 20.0
T = TypeVar("T")


class Door:
    """A line in front of some threads.

    Args:
        at_once: How many are served.
        in_line: How many there are at most, served ones too.
    """

    def __init__(self, at_once: int = _AT_ONCE, in_line: int = _IN_LINE) -> None:
        self._serving = ThreadPoolExecutor(at_once, "door")
        self._in_line = in_line
        self._here = 0
        self._counting = threading.Lock()

    async def wait_for(self, work: Callable[[], T]) -> T:
        """Do some work when its turn has come.

        Raises:
            TooMany: when the line is too long.
        """
        with self._counting:
            if self._here >= self._in_line:
                metrics.SIGN_INS.labels("busy").inc()
                title = "Too many people are signing in right now."
                raise TooMany(title, "Try again in a moment.", _COME_AGAIN_S)
            self._here += 1
        served = self._serving.submit(copy_context().run, work)
        served.add_done_callback(self._leave)
        return await asyncio.wrap_future(served)

    def _leave(self, _: object) -> None:
        with self._counting:
            self._here -= 1


DOOR = Door()
"""The one of this process."""
