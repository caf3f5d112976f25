"""Waiting without standing in the way: blocking work beside the event loop, and the line of people."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from telemetry.metrics import Standing

T = TypeVar("T")
_END = object()


async def steps_of(iterator: Iterator[T], pool: Executor, patience: float = 0.5) -> AsyncIterator[T | None]:
    """The items of a blocking iterator, and None whenever `patience` seconds bring no item.

    A cancelled caller leaves at once; the step that runs then ends in its thread, unheard.
    """
    loop = asyncio.get_running_loop()
    pending = loop.run_in_executor(pool, next, iterator, _END)
    try:
        while True:
            finished, _ = await asyncio.wait({pending}, timeout=patience)
            if not finished:
                yield None
                continue
            item = pending.result()
            if item is _END:
                return
            yield item  # type: ignore[misc]  # what is not the end is an item
            pending = loop.run_in_executor(pool, next, iterator, _END)
    finally:
        pending.add_done_callback(unheard)


async def watched(
    items: AsyncGenerator[T, None], look: Callable[[], Awaitable[object]], every: float
) -> AsyncGenerator[T, None]:
    """The items of a generator, as long as `look`, which is called every so many seconds, raises nothing."""
    pending: asyncio.Future[T] | None = None
    looked = time.monotonic()
    try:
        while True:
            pending = pending or asyncio.ensure_future(anext(items))
            await asyncio.wait({pending}, timeout=max(0.0, looked + every - time.monotonic()))
            if time.monotonic() - looked >= every:
                await look()
                looked = time.monotonic()
            if pending.done():
                done, pending = pending, None
                yield done.result()
    except StopAsyncIteration:
        return
    finally:
        if pending is not None:
            pending.cancel()
            await asyncio.wait({pending})
            unheard(pending)
        await items.aclose()


def unheard(future: "asyncio.Future[Any] | Future[Any]") -> None:
    """Takes note of how a future ended that nobody waits for any more."""
    if not future.cancelled():
        future.exception()


async def away(pool: Executor, function: Callable[..., T], *arguments: object) -> T:
    """The result of a blocking call, made in a thread."""
    return await asyncio.get_running_loop().run_in_executor(pool, function, *arguments)


class Pictures:
    """How often something under way is drawn: where many share a processor, drawing takes half of it at most.

    Args:
        least: Seconds between two pictures, however quickly they are drawn.
    """

    def __init__(self, least: float = 0.0) -> None:
        self._least = least
        self._began = self._ended = time.monotonic()

    @property
    def is_due(self) -> bool:
        """Whether as much time has gone by since the last one as it took to draw it."""
        return time.monotonic() - self._ended >= max(self._least, self._ended - self._began)

    def begin(self) -> None:
        self._began = time.monotonic()

    def end(self) -> None:
        self._ended = time.monotonic()


class LineFull(Exception):
    """More people wait than the settings allow."""


class Line:
    """People at work and people waiting, in the order they came. For one event loop."""

    def __init__(self, places: int, waiting: int) -> None:
        self.places, self.waiting = places, waiting
        self._tickets: deque[object] = deque()
        self._usual = 5.0
        self._standing = Standing()

    def join(self) -> object:
        """A ticket, to be handed back with `leave`."""
        if len(self._tickets) >= self.places + self.waiting:
            raise LineFull
        ticket = object()
        self._tickets.append(ticket)
        self._standing.tell(len(self._tickets), self.places)
        return ticket

    def ahead(self, ticket: object) -> int:
        """How many people must finish before this one's turn; 0 is the turn."""
        return max(0, self._tickets.index(ticket) - self.places + 1)

    def seconds(self, ahead: int) -> int:
        """About how long that takes, from how long recent turns took."""
        return max(5, round(ahead * self._usual / self.places))

    def leave(self, ticket: object, began: float | None) -> None:
        """Hand the ticket back; `began` is the clock when its turn began, None when it never did."""
        self._tickets.remove(ticket)
        self._standing.tell(len(self._tickets), self.places)
        if began is not None:
            self._usual = 0.8 * self._usual + 0.2 * (time.monotonic() - began)
