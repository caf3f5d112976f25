"""Writing calls that a client may repeat: the same `Idempotency-Key` gets the same answer, done once.

routes = routing.routes("/drafts", "drafts", route_class=Repeatable)

Only what was done is kept, an answer below 400, for 24 hours and for the person who called; what was refused
did nothing, so it is judged anew. Answers that hold a secret must not be made by such a route, as they are
stored. A stream is not repeated.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from accounts import Caller
from api import asking
from api.routing import Strict, problems
from store import Answer, Store

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
_KEY = r"^[!-~]{1,255}$"
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEPT_HEADERS = ("content-disposition", "content-type", "etag", "location", "preference-applied")
_BOUNDARY = re.compile(rb'boundary="?([^";,]+)"?')
_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Any name of your own for this call. Repeated under it within 24 hours it is answered the "
    f"same and not done again; `{REPLAYED}: true` says so.",
    "schema": {"type": "string", "pattern": _KEY},
}

Handler = Callable[[Request], Awaitable[Response]]


class Repeatable(Strict):
    """A route that does a call once, however often it comes under one key.

    The key of somebody who has no data of their own is not heeded.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if _WRITING & set(options.get("methods") or ()):
            extra = dict(options.get("openapi_extra") or {})
            named = [one for one in extra.get("parameters", []) if one["name"] != HEADER]
            options["openapi_extra"] = extra | {"parameters": [*named, _PARAMETER]}
            options["responses"] = problems(409, 422) | (options.get("responses") or {})
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def repeatable(request: Request) -> Response:
            key = request.headers.get(HEADER)
            if key is None or request.method not in _WRITING:
                return await handler(request)
            if not re.fullmatch(_KEY, key):
                told = f"{HEADER} takes 1 to 255 visible characters of ASCII."
                raise HTTPException(HTTPStatus.BAD_REQUEST, told)
            who = await run_in_threadpool(asking.caller, request)
            if not who.person:
                return await handler(request)
            return await _once(request, key, who, handler)

        return repeatable


async def _once(request: Request, key: str, who: Caller, handler: Handler) -> Response:
    """What was answered before, or what the handler answers now."""
    body = await request.body()
    digest = _digest(request, who, body)
    kept: Store = await run_in_threadpool(asking.store_of, request)
    before = await run_in_threadpool(kept.answered.begin, who.person, key, digest)
    if before is not None:
        if before.request != digest:
            raise HTTPException(422, f"This {HEADER} was used for another call. Choose a new one.")
        return Response(before.body, before.status, {**before.headers, REPLAYED: "true"})
    response = None
    try:
        response = await handler(Request(request.scope, _again(body, request.receive)))
    finally:
        # Also when the client has gone meanwhile: it will come back with this key.
        await asyncio.shield(run_in_threadpool(_end, kept, who.person, key, digest, response))
    return response


def _end(kept: Store, person: str, key: str, digest: str, response: Response | None) -> None:
    body = getattr(response, "body", None)  # a stream has none
    if response is None or body is None or response.status_code >= HTTPStatus.BAD_REQUEST:
        kept.answered.forget(person, key)
        return
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    answer = Answer(request=digest, status=response.status_code, headers=headers, body=bytes(body))
    kept.answered.keep(person, key, answer)


def _digest(request: Request, who: Caller, body: bytes) -> str:
    """What tells one call from another: what is asked, and what its sender may do.

    The boundary between the parts of a form is another one each time, so it is left out.
    """
    kind = request.headers.get("content-type", "").encode()
    if boundary := _BOUNDARY.search(kind):
        kind, body = kind.replace(boundary[1], b""), body.replace(boundary[1], b"")
    prefer = request.headers.get("prefer", "")
    asked = (request.method, request.url.path, request.url.query, prefer, " ".join(sorted(who.scopes)))
    digest = hashlib.sha256()
    for part in (*(text.encode() for text in asked), kind, body):
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()


def _again(body: bytes, receive: Callable[[], Awaitable[Message]]) -> Callable[[], Awaitable[Message]]:
    """Gives the body that was read, and then whatever comes."""
    read = False

    async def again() -> Message:
        nonlocal read
        if read:
            return await receive()
        read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
