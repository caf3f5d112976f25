"""Once a minute, what this process did and holds is taken down."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telemetry.recent import RECENT, Recent

MINUTE_S = 60.0


@asynccontextmanager
async def recording(recent: Recent = RECENT) -> AsyncIterator[None]:
    """Take minutes while inside."""
    task = asyncio.create_task(_take_minutes(recent))
    try:
        yield
    finally:
        task.cancel()


async def _take_minutes(recent: Recent) -> None:
    while True:
        recent.note()
        await asyncio.sleep(MINUTE_S)
