"""While the app serves, it does jobs and answers assistants; at its end it lets go of the jobs it holds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

import background
import mcp_server
from serving.closed_pages import forgetting
from serving.recording import recording


@asynccontextmanager
async def working(app: FastAPI) -> AsyncIterator[None]:
    """The app's lifespan: from the start of its pool of jobs to that pool's stop, three seconds at most."""
    pool = background.Pool(app.state.settings)
    pool.start()
    try:
        async with mcp_server.running(app, app.state.settings), recording(), forgetting(app.state.pages):
            yield
    finally:
        await asyncio.to_thread(pool.stop)
