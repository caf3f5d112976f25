"""Each request: its id, one line in the log, and its place in the counters.

Nothing of a person goes into either: the route's template stands for the path, which may hold ids, and
neither query nor address is told.
"""

import asyncio
import logging
import re
import secrets
import time
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from serving import page_paths
from telemetry.logs import REQUEST_ID
from telemetry.metrics import REQUEST_SECONDS, REQUESTS

log = logging.getLogger(__name__)

_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_HEADER = b"x-request-id"
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_LEFT = 499  # as servers tell of a client that went before it was answered


class Requests:
    """Gives each request its id, and notes how it went. Streams are not held up.

    Args:
        app: What answers.
        level: At which requests are logged.
    """

    def __init__(self, app: ASGIApp, level: int) -> None:
        self.app, self._level = app, level

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        seen = _Seen(_id_of(scope))
        token = REQUEST_ID.set(seen.id)
        try:
            await self.app(scope, seen.receiving(receive), seen.sending(send))
        except asyncio.CancelledError:
            seen.left = not seen.complete
            raise
        except Exception as error:  # noqa: BLE001  # logged without its message, which may quote a person
            if not seen.status:
                log.error("a guard failed: %s", type(error).__name__)
                broken = problems.answer(500, "Something broke here, not on your side.")
                await broken(scope, receive, seen.sending(send))
        finally:
            self._note(scope, seen)
            REQUEST_ID.reset(token)

    def _note(self, scope: Scope, seen: "_Seen") -> None:
        route, now = _route_of(scope), time.perf_counter()
        method = scope["method"] if scope["method"] in _METHODS else "other"
        status = seen.status or _LEFT
        REQUESTS.labels(route, method, f"{status // 100}xx").inc()
        REQUEST_SECONDS.labels(route).observe((seen.answered or now) - seen.began)
        facts: dict[str, object] = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(1000 * (now - seen.began), 1),
            "bytes": seen.bytes,
        }
        if way := scope["state"].get("way"):
            facts["way"] = way
        if seen.left:
            facts["left"] = True
        log.log(self._level, "request", extra={"facts": facts})


@dataclass
class _Seen:
    """What is known of a request while it is answered; clocks in seconds."""

    id: str
    began: float = field(default_factory=time.perf_counter)
    answered: float = 0.0
    status: int = 0
    bytes: int = 0
    complete: bool = False
    left: bool = False

    def receiving(self, receive: Receive) -> Receive:
        async def noting() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect" and not self.complete:
                self.left = True
            return message

        return noting

    def sending(self, send: Send) -> Send:
        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status, self.answered = message["status"], time.perf_counter()
                message["headers"] = [*message["headers"], (_HEADER, self.id.encode())]
            elif message["type"] == "http.response.body":
                self.bytes += len(message.get("body", b""))
                self.complete = self.complete or not message.get("more_body", False)
            await send(message)

        return noting


def _id_of(scope: Scope) -> str:
    """The id that the client gave, if it is one; else a new one."""
    given = next((value for name, value in scope["headers"] if name.lower() == _HEADER), b"")
    return given.decode("ascii") if _ID.fullmatch(given) else secrets.token_hex(8)


def _route_of(scope: Scope) -> str:
    """The template of the route that answered, from a closed list; "other" where none did."""
    if name := page_paths.name_of(scope["method"], scope["path"]):
        return name
    # FastAPI's name for a route with the prefixes of its routers; the route itself knows only its own part.
    within = scope.get("fastapi", {}).get("effective_route_context")
    return str(getattr(within or scope.get("route"), "path", "other"))
