"""Pages of other sites that may call the API, with a token and never with a cookie."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from settings import Settings

SENT = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "Prefer",
    "X-Model-Key",
)
SHOWN = (
    "ETag",
    "Idempotent-Replayed",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-ID",
)


class OtherOrigins:
    """Tells browsers which sites may read answers of the API; the page itself is for its own site alone."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._page = app
        self._api = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
            allow_headers=SENT,
            expose_headers=SHOWN,
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and scope["path"].startswith(_PATHS)
        await (self._api if is_api else self._page)(scope, receive, send)


_PATHS = ("/api/v1/", "/generate-summary/", "/models", "/parsers", "/openapi.json")


def install(app: FastAPI, settings: Settings) -> None:
    """Let the sites of the settings call, where there are some."""
    origins = tuple(
        origin.strip().rstrip("/") for origin in settings.cors_origins.split(",") if origin.strip()
    )
    if origins:
        app.add_middleware(OtherOrigins, origins=origins)
