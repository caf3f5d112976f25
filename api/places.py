"""How much is done at the same time: places for readings and drafts, and a bounded line before them.

Work that blocks runs in a bounded number of threads, so that a slow page holds up nobody else's answer. When
the one who asked has gone, it is told to stop, and nobody waits for it any more.
"""

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Request

from errors import TooMany
from settings import Settings
from telemetry.metrics import Standing

T = TypeVar("T")
Gone = Callable[[], bool]
"""Whether nobody wants the result any more."""

_END: Any = object()
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
        self._standing = Standing()
        self._threads = ThreadPoolExecutor(working, thread_name_prefix="call")
        self._inside = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Be counted while inside; raises `TooMany` where everybody who may wait already does."""
        if self._inside >= self.working + self.waiting:
            raise TooMany("Everybody here is busy, and many wait.", "Try again in a moment.", retry_after=5)
        self._inside += 1
        self._standing.tell(self._inside, self.working)
        try:
            yield
        finally:
            self._inside -= 1
            self._standing.tell(self._inside, self.working)

    async def run(self, request: Request, work: Callable[[Gone], T]) -> T:
        """What a blocking function gives, made in a thread when its turn comes.

        Args:
            request: Whose answer it is.
            work: Called with a function that says whether to stop.

        Raises:
            TooMany: when there is no place.
        """
        gone = threading.Event()
        with self.place():
            try:
                return await self._for(request, gone, work, gone.is_set)
            finally:
                gone.set()

    async def run_until_cancelled(self, work: Callable[[Gone], T]) -> T:
        """The same, for one who cancels this call when they go.

        Raises:
            TooMany: when there is no place.
        """
        gone = threading.Event()
        with self.place():
            try:
                return await self._away(work, gone.is_set)
            finally:
                gone.set()

    @asynccontextmanager
    async def steps(
        self, request: Request, begin: Callable[[Gone], Generator[T, None, None]]
    ) -> AsyncIterator["Steps[T]"]:
        """The items of a blocking iterator, the first of which is there; whoever leaves ends it.

        Args:
            request: Whose answer it is.
            begin: Gives the iterator, called with a function that says whether to stop.

        Raises:
            TooMany: when there is no place.
        """
        gone = threading.Event()
        with self.place():
            iterator = begin(gone.is_set)
            try:
                first = await self._for(request, gone, next, iterator, _END)
                yield Steps(first, lambda: self._away(next, iterator, _END))
            finally:
                gone.set()
                self._threads.submit(_close, iterator)

    async def _for(self, request: Request, gone: threading.Event, work: Callable[..., T], *given: Any) -> T:
        """What a function gives; the event is set when the one who asked has gone."""
        watch = asyncio.create_task(_watch(request, gone))
        try:
            return await self._away(work, *given)
        finally:
            watch.cancel()

    def _away(self, function: Callable[..., T], *given: Any) -> "asyncio.Future[T]":
        here = contextvars.copy_context()
        return asyncio.get_running_loop().run_in_executor(self._threads, here.run, function, *given)


class Steps(AsyncIterator[T]):
    """The items of an iterator that blocks, each fetched in a thread."""

    def __init__(self, first: T, following: Callable[[], "asyncio.Future[T]"]) -> None:
        self._first: T | None = first
        self._following = following

    def __aiter__(self) -> "Steps[T]":
        return self

    async def __anext__(self) -> T:
        item, self._first = self._first, None
        if item is None:
            item = await self._following()
        if item is _END:
            raise StopAsyncIteration
        return item


def _close(iterator: Generator[Any, None, None]) -> None:
    # Where a step of it runs, that step has been told to stop, and ends it.
    with contextlib.suppress(ValueError):
        iterator.close()


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
