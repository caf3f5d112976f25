"""How much is done at the same time: places for readings and drafts, and a bounded line before them.

Work that blocks runs in threads of its own number, so that a slow page holds up nobody else's answer.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, FastAPI, Request

from errors import TooMany
from settings import Settings

T = TypeVar("T")
_LOOK_S = 0.5
"""How often it is asked whether the one who waits for an answer has gone."""


class Places:
    """A bounded number at work, a bounded number waiting.

    Args:
        working: How many at once.
        waiting: How many more may wait.
    """

    def __init__(self, working: int, waiting: int) -> None:
        self.working, self.waiting = working, waiting
        self._threads = anyio.CapacityLimiter(working)
        self._inside = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Be counted while inside; raises `TooMany` where everybody who may wait already does."""
        if self._inside >= self.working + self.waiting:
            raise TooMany("Everybody here is busy, and many wait.", "Try again in a moment.", retry_after=5)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    async def run(self, request: Request, work: Callable[[Callable[[], bool]], T]) -> T:
        """What a blocking function gives, made in a thread when its turn comes.

        Args:
            request: Whose answer it is. When its sender goes, the function is told so and nobody waits.
            work: Called with a function that says whether to stop.

        Raises:
            TooMany: when there is no place.
        """
        gone = threading.Event()
        async with self.place():
            watch = asyncio.create_task(_watch(request, gone))
            try:
                return await anyio.to_thread.run_sync(
                    work, gone.is_set, limiter=self._threads, abandon_on_cancel=True
                )
            finally:
                gone.set()
                watch.cancel()


async def _watch(request: Request, gone: threading.Event) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(_LOOK_S)
    gone.set()


def prepare(app: FastAPI, settings: Settings) -> None:
    """Give an app its places."""
    app.state.reading = Places(settings.max_users_writing, settings.max_users_waiting)
    app.state.writing = Places(settings.max_users_writing, settings.max_users_waiting)


def _reading(request: Request) -> Places:
    places = request.app.state.reading
    assert isinstance(places, Places)
    return places


def _writing(request: Request) -> Places:
    places = request.app.state.writing
    assert isinstance(places, Places)
    return places


Reading = Annotated[Places, Depends(_reading)]
"""Places for who has a page read."""

Writing = Annotated[Places, Depends(_writing)]
"""Places for who has something matched, written or checked."""
