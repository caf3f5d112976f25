"""The counters for Prometheus, for whom they are meant."""

import math
import secrets
import shutil
import sys
from functools import partial
from ipaddress import ip_address

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import HTTPException
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from accounts import came_by_proxy
from api import health
from api.asking import Config, store_of
from errors import StoreError
from settings import Settings
from store.tables import HEAD
from telemetry import metrics

routes = APIRouter(tags=["health"])


@routes.get("/metrics", response_class=Response, include_in_schema=False)
async def show(request: Request, config: Config) -> Response:
    """The counters as text. To all who may not see them it looks as if they were not here."""
    if not _may_see(request, config):
        raise HTTPException(404, "There is nothing here.")
    await _look_around(request, config)
    return Response(generate_latest(metrics.REGISTRY), media_type=CONTENT_TYPE_LATEST)


async def _look_around(request: Request, config: Settings) -> None:
    """Bring up to date what nobody counts as it happens."""
    revision = config.revision or "unknown"
    metrics.BUILD.info({"python": sys.version.partition(" ")[0], "tables": HEAD, "revision": revision})
    for kind, count in getattr(request.app.state, "under_way", {}).items():
        metrics.UNDER_WAY.labels(kind).set(count)
    is_up = await _look_at_database(request, config)
    is_stopping = getattr(request.app.state, "stopping", False)
    metrics.DATABASE_UP.set(is_up)
    metrics.READY.set(is_up and not is_stopping)
    try:
        disk = shutil.disk_usage(config.data_dir)
        size, free = float(disk.total), float(disk.free)
    except OSError:  # nothing has been kept there yet
        size = free = math.nan
    metrics.DISK_BYTES.set(size)
    metrics.DISK_FREE.set(free)


async def _look_at_database(request: Request, config: Settings) -> bool:
    """Whether it answers in good time; its figures are NaN where it does not."""
    size = in_use = last_backup = math.nan
    is_up = not await health.fault_of_store(config)
    if is_up:
        try:
            with anyio.fail_after(health.PATIENCE_S):
                size, in_use, last_backup = await run_sync(
                    partial(_figures, request), abandon_on_cancel=True, limiter=health.ASKING
                )
        except (StoreError, TimeoutError):
            is_up = False
    metrics.DATABASE_BYTES.set(size)
    metrics.DATABASE_CONNECTIONS.set(in_use)
    metrics.LAST_BACKUP.set(last_backup)
    return is_up


def _figures(request: Request) -> tuple[float, float, float]:
    figures = store_of(request).figures
    size, in_use = figures.size()
    last_backup = figures.last_backup()
    return float(size), float(in_use), last_backup.timestamp() if last_backup else 0.0


def _may_see(request: Request, config: Settings) -> bool:
    """Whoever shows the token; where there is none, direct neighbours: no proxy stands between."""
    if config.metrics_token is not None:
        shown = request.headers.get("authorization", "").partition(" ")
        wanted = config.metrics_token.get_secret_value().encode()
        return shown[0].lower() == "bearer" and secrets.compare_digest(shown[2].strip().encode(), wanted)
    if came_by_proxy(request.headers):
        return False
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return address.is_private or address.is_loopback
