"""While the app serves, it does jobs; before it ends, it lets go of those that it holds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

import background


@asynccontextmanager
async def working(app: FastAPI) -> AsyncIterator[None]:
    """The app's lifespan: from the start of its pool of jobs to that pool's stop, three seconds at most."""
    pool = background.Pool(app.state.settings)
    pool.start()
    try:
        yield
    finally:
        await asyncio.to_thread(pool.stop)
