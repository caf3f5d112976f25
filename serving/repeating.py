"""Small work of this process that is done again and again while it serves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def repeating(work: Callable[[], object], every_s: float) -> AsyncIterator[None]:
    """Do something quick at once, and again every so many seconds, while inside."""
    task = asyncio.create_task(_again(work, every_s))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _again(work: Callable[[], object], every_s: float) -> None:
    while True:
        work()
        await asyncio.sleep(every_s)
