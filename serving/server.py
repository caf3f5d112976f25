"""The web server: the API and the page in one app, with the headers that keep it to itself."""

import asyncio
import logging
import socket

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import api
import interface
from serving.working import working
from settings import Settings, is_loopback

# Gradio evaluates templates in the browser, so `unsafe-eval` cannot go; everything else stays on this origin.
# Hugging Face shows a Space in a frame of its own site.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self' https://huggingface.co"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}


class SecurityHeaders:
    """Adds the headers to every answer that does not set them itself. Pure ASGI: streams are not held up."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in present]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self.app(scope, receive, with_headers)


class OnlyThisComputer:
    """Refuses requests that came by another name or through a proxy, where one person's evidence is kept.

    A page that listens on a loopback address is reached by a stranger's site all the same, once its name is
    made to lead there (DNS rebinding), and by everyone, once a proxy stands before it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_from_here(scope):
            answer = PlainTextResponse(_ELSEWHERE, status_code=421)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


_ELSEWHERE = (
    "Inroad keeps one person's evidence here, so it answers only at http://localhost. To serve others, "
    "through a proxy or under another name, set INROAD_KEEP_EVIDENCE=false: each visitor then has their own."
)


def _is_from_here(scope: Scope) -> bool:
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if any(name == b"forwarded" or name.startswith(b"x-forwarded-") for name in headers):
        return False
    host = headers.get(b"host", "").strip()
    name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
    return is_loopback(name)


def build(settings: Settings) -> FastAPI:
    """The app: routes of the API first, then the page, which takes every other path."""
    app = FastAPI(title="Inroad", docs_url=None, redoc_url=None, openapi_url=None, lifespan=working)
    app.state.settings = settings
    app.add_middleware(SecurityHeaders)
    if settings.keep_evidence is None and settings.keeps_evidence:
        app.add_middleware(OnlyThisComputer)
    api.install(app)
    gr.mount_gradio_app(app, interface.build(settings), "/", **interface.launch_options())
    return app


def serve(settings: Settings) -> None:
    """Serve until interrupted; the one line printed is the address."""
    app = build(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_worth_logging)
    _Server(config).run()


def _is_worth_logging(record: logging.LogRecord) -> bool:
    """Pages that are open when the server stops are cut off; a traceback for each would look like a fault."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self.servers:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            local = host in ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104  # shown, not bound
            print(f"Inroad is at http://{'localhost' if local else host}:{port}", flush=True)  # noqa: T201
