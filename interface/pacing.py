"""Waiting without standing in the way: blocking work beside the event loop, and how often it is drawn."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

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
