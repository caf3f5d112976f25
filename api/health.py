"""Whether this process lives, and whether it can serve."""

from functools import partial
from typing import Literal

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

import store
from api.asking import Config
from errors import StoreError
from settings import Settings
from telemetry.counted import LONG_WAIT_S, job_waits_s

routes = APIRouter(tags=["health"])

PATIENCE_S = 2.0
"""How long the database may take to say that it is there."""

ASKING = anyio.CapacityLimiter(2)  # so that a database that hangs holds no more threads than these


class Alive(BaseModel):
    """That the process answers."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """Whether it can serve, and what it does without."""

    status: Literal["ok", "unavailable"]
    reasons: list[str] = Field(default_factory=list, description="why it cannot serve now")
    degraded: list[str] = Field(default_factory=list, description="what is missing while it serves")


class Health(BaseModel):
    """Both."""

    live: Alive
    ready: Ready


@routes.get("/health/live")
async def live() -> Alive:
    """Say that the process answers; nothing else is asked."""
    return Alive()


@routes.get("/health/ready", responses={503: {"model": Ready}})
async def ready(request: Request, response: Response, config: Config) -> Ready:
    """Say whether requests can be served: 503 while the database is away or the server stops."""
    found = await _ready(config, stopping=getattr(request.app.state, "stopping", False))
    if found.status != "ok":
        response.status_code = 503
        response.headers["retry-after"] = "5"
    return found


@routes.get("/health", responses={503: {"model": Health}})
async def health(request: Request, response: Response, config: Config) -> Health:
    """Say both."""
    return Health(live=Alive(), ready=await ready(request, response, config))


async def _ready(config: Settings, *, stopping: bool) -> Ready:
    reasons = ["The server is stopping."] if stopping else []
    if fault := await fault_of_store(config):
        reasons.append(fault)
    degraded = []
    if not config.has_model:
        degraded.append("No model is set up: the built-in writer writes every draft.")
    if not (config.embedding_dir / "manifest.json").exists():
        degraded.append("There is no embedding model: evidence is matched by shared skills only.")
    if (waited := job_waits_s()) >= LONG_WAIT_S:
        minutes = waited // 60
        degraded.append(f"A background job has waited for {minutes} min: no worker is free, or none runs.")
    return Ready(status="unavailable" if reasons else "ok", reasons=reasons, degraded=degraded)


async def fault_of_store(config: Settings) -> str:
    """What keeps the database from serving, in words; "" where nothing does."""
    try:
        with anyio.fail_after(PATIENCE_S):
            ping = partial(_ping, config)
            await run_sync(ping, abandon_on_cancel=True, limiter=ASKING)
    except StoreError as error:
        return error.message
    except TimeoutError:
        return "The database does not answer."
    return ""


def _ping(config: Settings) -> None:
    store.open_store(config).ping()
