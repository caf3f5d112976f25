"""How much is done at the same time: places for readings and drafts, and the lines before them.

Work that blocks runs in a bounded number of threads, so that a slow page holds up nobody else's answer. When
the one who asked has gone, it is told to stop, and nobody waits for it any more.
"""

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import AsyncIterator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Request

import calls
from calls.lines import Line, Lines
from settings import Settings

T = TypeVar("T")
Gone = Callable[[], bool]
"""Whether nobody wants the result any more."""

_END: Any = object()
_LOOK_S = 0.5
"""How often it is asked whether the one who waits for an answer has gone."""


class Places:
    """Threads for those at work, and the line before them."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._threads = ThreadPoolExecutor(line.places, thread_name_prefix="call")

    async def run(self, request: Request, work: Callable[[Gone], T]) -> T:
        """What a blocking function gives, made in a thread when its turn comes.

        Args:
            request: Whose answer it is.
            work: Called with a function that says whether to stop.

        Raises:
            TooMany: when there is no place.
            Cancelled: when who asked has gone while others were before them.
        """
        async with self._turn_of(request) as (gone, _):
            return await self._away(work, gone.is_set)

    async def run_until_cancelled(self, work: Callable[[Gone], T]) -> T:
        """The same, for one who cancels this call when they go.

        Raises:
            TooMany: when there is no place.
        """
        gone = threading.Event()
        async with self.line.turn():
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
        async with self._turn_of(request) as (gone, watch):
            iterator = begin(gone.is_set)
            try:
                first = await self._away(next, iterator, _END)
                watch.cancel()  # the answer that streams looks itself
                yield Steps(first, lambda: self._away(next, iterator, _END))
            finally:
                gone.set()
                self._threads.submit(_close, iterator)

    @asynccontextmanager
    async def _turn_of(self, request: Request) -> AsyncIterator[tuple[threading.Event, "asyncio.Task[None]"]]:
        """The turn of who sent a request: what is set once they have gone, and who looks for that."""
        gone = threading.Event()
        watch = asyncio.create_task(_watch(request, gone))
        try:
            async with self.line.turn(gone.is_set):
                yield gone, watch
        finally:
            watch.cancel()
            gone.set()

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
    lines = app.state.lines = Lines.of(settings)
    app.state.reading, app.state.writing = Places(lines.reading), Places(lines.writing)


async def page_of(request: Request, reading: Places, given: calls.GivenPage | object) -> calls.Found | None:
    """What the page of an opening gives, read in a place for that; None where an opening names no page."""
    if not isinstance(given, calls.GivenPage):
        return None
    return await reading.run(request, lambda gone: calls.opening_of(given, gone))


def _reading(request: Request) -> Places:
    places = request.app.state.reading
    assert isinstance(places, Places)
    return places


def _writing(request: Request) -> Places:
    places = request.app.state.writing
    assert isinstance(places, Places)
    return places


Reading = Annotated[Places, Depends(_reading)]
"""Places for who has an address read."""

Writing = Annotated[Places, Depends(_writing)]
"""Places for who has a text read, or something matched, written or checked."""
