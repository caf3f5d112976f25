"""The line at the door: whoever signs in, or proves a password, waits here and holds nobody else up.

A few are let in at a time, and two of them are served, in threads of their own. So a storm of sign-ins takes
neither the event loop nor the threads in which everybody else is answered, nor crowds the database.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from typing import TypeVar
from weakref import WeakKeyDictionary

from errors import TooMany
from telemetry import metrics

_SERVED = 2
_LET_IN = 4
_IN_LINE = 250
"""About 20 s of waiting where a hash takes 150 ms; whoever comes later is told to come again."""
_COME_AGAIN_S = 20.0
T = TypeVar("T")


class Door:
    """A line in front of some threads.

    Args:
        served: How many threads there are.
        let_in: How many are read and answered at a time, so that a thread finds the next one ready.
        in_line: How many there are at most, all together.
    """

    def __init__(self, served: int = _SERVED, let_in: int = _LET_IN, in_line: int = _IN_LINE) -> None:
        self._served, self._let_in, self._in_line = served, let_in, in_line
        self.open()

    def open(self) -> None:
        """Begin with nobody in line, and threads of this process."""
        self._threads, self._here = ThreadPoolExecutor(self._served, "door"), 0
        # A semaphore belongs to one event loop, and tests have many.
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until it is one's turn; it lasts as long as the block.

        Raises:
            TooMany: when the line is too long.
        """
        if self._here >= self._in_line:
            metrics.SIGN_INS.labels("busy").inc()
            title = "Too many people are signing in right now."
            raise TooMany(title, "Try again in a moment.", _COME_AGAIN_S)
        loop = asyncio.get_running_loop()
        turns = self._turns.setdefault(loop, asyncio.Semaphore(self._let_in))
        self._here += 1
        try:
            async with turns:
                yield
        finally:
            self._here -= 1

    async def serve(self, work: Callable[[], T]) -> T:
        """Do what takes a hash, in a thread of the door's own."""
        return await asyncio.wrap_future(self._threads.submit(copy_context().run, work))


DOOR = Door()
"""The one of this process."""
if hasattr(os, "register_at_fork"):  # threads do not outlive a fork: its child would wait for them for ever
    os.register_at_fork(after_in_child=DOOR.open)
