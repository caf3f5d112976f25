"""The counters for Prometheus, for whom they are meant."""

import math
import secrets
import sys
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import HTTPException
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from accounts import came_by_proxy
from api.asking import Config, store_of
from errors import StoreError
from settings import Settings
from store.tables import HEAD
from telemetry import metrics

routes = APIRouter(tags=["health"])


@routes.get("/metrics", response_class=Response, include_in_schema=False)
def show(request: Request, config: Config) -> Response:
    """The counters as text. To all who may not see them it looks as if they were not here."""
    if not _may_see(request, config):
        raise HTTPException(404, "There is nothing here.")
    _look_around(request)
    return Response(generate_latest(metrics.REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _look_around(request: Request) -> None:
    """Bring up to date what nobody counts as it happens."""
    metrics.BUILD.info({"python": sys.version.partition(" ")[0], "tables": HEAD})
    try:
        size, in_use = map(float, store_of(request).figures.size())
    except StoreError:
        size, in_use = math.nan, math.nan
    metrics.DATABASE_BYTES.set(size)
    metrics.DATABASE_CONNECTIONS.set(in_use)


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
