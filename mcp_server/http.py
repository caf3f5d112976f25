"""Tools over HTTP at /mcp: each request by itself, from whoever shows a token or is at home here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI, Response
from mcp.server.mcpserver import Context
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

import accounts
from accounts import Caller
from api import limits
from errors import NotSignedIn
from mcp_server.server import server_for
from settings import Settings

PATH = "/mcp"
_LARGEST = 1_000_000
_CALLER = "inroad.caller"


def install(app: FastAPI, settings: Settings) -> None:
    """Add the route; it answers while the app is `running`."""
    app.router.routes.append(Route(PATH, _Door(app, settings), include_in_schema=False))


@asynccontextmanager
async def running(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """While inside, calls are answered, under the same bounds as those of the REST API."""
    server = server_for(settings, _caller_of, app.state.reading, app.state.writing)
    # `accounts` and `OnlyThisComputer` say which origins and hosts may ask.
    server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=_LARGEST,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    async with server.session_manager.run():
        app.state.mcp = server.session_manager.asgi_app
        yield


def _caller_of(context: Context) -> Caller:
    request = context.request_context.request
    assert isinstance(request, Request)
    caller = request.scope[_CALLER]
    assert isinstance(caller, Caller)
    return caller


class _Door:
    """Lets in who is somebody here, within their share of requests. What it raises, the app answers."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        caller = await anyio.to_thread.run_sync(accounts.identify, request, self._settings)
        if not caller.person:
            raise NotSignedIn(
                "Tools for assistants need an account.", "Send a token of yours as “Authorization: Bearer”."
            )
        await limits.counted(request, Response(), caller, self._settings)
        scope[_CALLER] = caller
        await self._app.state.mcp(scope, receive, send)
