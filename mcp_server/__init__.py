"""The verbs as tools of an assistant, over the Model Context Protocol (needs the extra `mcp`).

`Settings` go in. `serve_stdio` serves the person at this computer until the assistant hangs up;
`install` answers at /mcp of the app, whoever shows a token there, and `running` holds for as long as it
does. An assistant is told no more than a model is: nothing confidential, no contacts. What a page or a
document says reaches it as data of an answer, never as words of a tool.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

from fastapi import FastAPI

from errors import SettingsError
from settings import Settings

__all__ = ["install", "running", "serve_stdio"]

# The SDK takes most of a second to load, so nothing of it is until it is asked for.


def serve_stdio(settings: Settings) -> None:
    """Serve one assistant over stdin and stdout, for the person at this computer.

    Raises:
        SettingsError: where the extra is missing, or nobody is at home here.
    """
    _require_sdk()
    if not settings.keeps_evidence:
        raise SettingsError(
            "This serves only the person at a computer where nobody signs in.",
            "Where people have accounts, set INROAD_MCP=true and connect to /mcp with a token.",
        )
    from mcp_server.server import for_the_person_here

    for_the_person_here(settings).run("stdio")


def install(app: FastAPI, settings: Settings) -> None:
    """Answer at /mcp, where that is switched on; to be called before the page takes every other path.

    Raises:
        SettingsError: where it is switched on and the extra is missing.
    """
    if settings.mcp:
        _require_sdk()
        from mcp_server import http

        http.install(app, settings)


@asynccontextmanager
async def running(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """While inside, /mcp answers where it is installed."""
    if not settings.mcp:
        yield
        return
    from mcp_server import http

    async with http.running(app, settings):
        yield


def _require_sdk() -> None:
    if find_spec("mcp") is None:
        raise SettingsError("Tools for assistants need one more package.", "Run pip install 'mcp>=2.3,<3'.")
