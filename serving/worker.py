"""A process that does background jobs and nothing else: no page, no API, only how it fares."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

import background
from api import health, metrics
from errors import SettingsError
from serving import memory, running
from settings import Settings

LAST_JOBS_S = 20.0
"""For the jobs at work when the worker stops: a third of it to end, the rest to be given back."""


def work(settings: Settings) -> None:
    """Do jobs until interrupted.

    Raises:
        SettingsError: where it would do none.
    """
    if not settings.job_workers:
        raise SettingsError("A worker with JOB_WORKERS=0 would do nothing.", "Set it to 1 or more here.")
    memory.give_back()
    app = build(settings)
    memory.settle()
    running.run(app, settings)


def build(settings: Settings) -> FastAPI:
    """What answers /health, /health/live, /health/ready and /metrics, and does jobs while it does."""
    app = FastAPI(title="Inroad's worker", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_working)
    app.state.settings = settings
    app.state.under_way = {}
    app.state.stopping = False
    for routes in (health.routes, metrics.routes):
        app.include_router(routes)
    return app


@asynccontextmanager
async def _working(app: FastAPI) -> AsyncIterator[None]:
    pool = background.Pool(app.state.settings)
    pool.start()
    try:
        yield
    finally:
        await asyncio.to_thread(pool.stop, LAST_JOBS_S)
