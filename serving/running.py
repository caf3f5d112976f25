"""Running the app until it is told to stop, and stopping so that what runs can end."""

import asyncio
import logging
import socket
import sys
import time
from contextlib import suppress
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

import serving
from errors import SettingsError
from serving import memory
from settings import Settings

HEAD_BYTES, HEAD_SECONDS = 32_000, 15.0
LAST_DRAFTS_S = 20.0  # for what is being written when the server stops
CUT_OFF_S = 3  # then pages that are still open lose their streams
SWITCH_S = 0.001
"""How long a thread that computes may keep others waiting for the interpreter. At Python's 5 ms, a page that
has twenty things to hear from threads beside it waits for as many turns of all drafts that are being written.
"""


def serve(settings: Settings) -> None:
    """Serve until interrupted; the one line printed is the address."""
    sys.setswitchinterval(SWITCH_S)
    memory.give_back()
    app = serving.build(settings)
    memory.settle()
    run(app, settings)


def run(app: FastAPI, settings: Settings) -> None:
    """Serve an app until interrupted.

    Raises:
        SettingsError: when nothing can listen there.
    """
    _check_place(settings)
    logging.getLogger("uvicorn.error").addFilter(_is_worth_logging)
    _Server(configured(app, settings), app).run()


def _check_place(settings: Settings) -> None:
    """Look before the start whether the place is free, as uvicorn's own line says what but not what to do."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        with socket.socket(found[0][0]) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(found[0][4])
    except OSError as error:
        raise SettingsError(
            f"Nothing can listen at {settings.host}, port {settings.port}: {error.strerror or error}.",
            "Stop the program that does, or set PORT (and HOST) to another place.",
        ) from None


def configured(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How uvicorn runs the app. Its own h11 bounds what a head may hold; httptools does not."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        http=_Impatient,
        ws="none",
        h11_max_incomplete_event_size=HEAD_BYTES,
        limit_concurrency=1_000,
        backlog=256,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=CUT_OFF_S,
    )


class _Impatient(H11Protocol):
    """Closes a connection on which no request has begun after a while."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(HEAD_SECONDS, self._look)

    def _look(self) -> None:
        begun: object = self.cycle  # uvicorn's type leaves out that there is none at first
        if begun is None and not self.transport.is_closing():
            self.transport.close()


def _is_worth_logging(record: logging.LogRecord) -> bool:
    """Pages that are open when the server stops are cut off; a traceback for each would look like a fault."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class _Server(uvicorn.Server):
    """Says where it listens once it does, and lets what is being written end when it stops."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app_state: Any = app.state
        self._app_title = app.title

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self.servers:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            local = host in ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104  # shown, not bound
            with suppress(OSError):  # nobody reads it; serving goes on
                where = f"http://{'localhost' if local else host}:{port}"
                print(f"{self._app_title} is at {where}", flush=True)  # noqa: T201

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app_state.stopping = True
        for server in self.servers:
            server.close()
        ends = time.monotonic() + LAST_DRAFTS_S
        while self._is_busy() and not self.force_exit and time.monotonic() < ends:
            await asyncio.sleep(0.1)
        await super().shutdown(sockets)

    def _is_busy(self) -> bool:
        under_way = self._app_state.under_way
        return any(under_way.get(kind, 0) for kind in ("requests", "streams", "sign-ins"))
