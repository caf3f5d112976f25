"""While the app serves, it does jobs and answers assistants; at its end it lets go of the jobs it holds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

import background
import mcp_server
from serving.closed_pages import forget
from serving.repeating import repeating
from telemetry.metrics import Lag
from telemetry.recent import RECENT

_MINUTE_S = 60.0
_FORGET_S = 10.0
_LAG_S = 1.0


@asynccontextmanager
async def working(app: FastAPI) -> AsyncIterator[None]:
    """The app's lifespan: from the start of its pool of jobs to that pool's stop, three seconds at most."""
    pool = background.Pool(app.state.settings)
    pool.start()
    try:
        async with (
            mcp_server.running(app, app.state.settings),
            repeating(RECENT.note, _MINUTE_S),
            repeating(partial(forget, app.state.pages), _FORGET_S),
            repeating(Lag(_LAG_S).note, _LAG_S),
        ):
            yield
    finally:
        await asyncio.to_thread(pool.stop)
