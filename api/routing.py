"""How every router of the API is made: under one version, its JSON read strictly, its problems documented.

Python's JSON takes `NaN`, halves of characters and a thousand brackets; a database and other readers do not.
"""

import json
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any, NoReturn

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.routing import APIRoute

VERSION = "/api/v1"
DEEPEST = 32
"""How many lists and objects of a request may stand inside one another."""

_TOLD = {
    400: "The body cannot be read as what its content type says.",
    401: "Nobody is signed in, or the token is not, or no longer, one of ours.",
    403: "Who asks is known, and may not do this.",
    404: "There is no such thing, or it belongs to somebody else.",
    409: "It cannot be done to the state of things as it is now.",
    413: "The body is larger than what is taken here.",
    422: "A field is not as it should be, or nothing honest can be made of what was given.",
    429: "More was asked than is answered at once; see Retry-After.",
    502: "A page could not be fetched.",
    503: "Something this needs cannot be reached now; see Retry-After.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problem responses as routes declare them. `api.documentation` gives each the schema of a problem."""
    return {status: {"description": _TOLD[status]} for status in statuses}


def routes(
    noun: str,
    tag: str,
    *,
    fails: tuple[int, ...] = (),
    version: str = VERSION,
    route_class: type[APIRoute] | None = None,
) -> APIRouter:
    """A router for the routes of one noun.

    Args:
        noun: Its path below the version, such as "/drafts"; may be empty.
        tag: What its operations stand under in the documentation.
        fails: Statuses of problems that all of them may answer, besides those of every route.
        version: The prefix; empty for the few routes without one.
        route_class: By default `Strict`; `api.idempotency.Repeatable` heeds the keys of repeated calls.
    """
    return APIRouter(
        prefix=f"{version}{noun}",
        tags=[tag],
        responses=problems(*fails),
        route_class=route_class or Strict,
        generate_unique_id_function=_operation_id,
    )


def _operation_id(route: APIRoute) -> str:
    """What a generated client calls an operation, such as `drafts_write`."""
    name = f"{route.tags[0]}_{route.name}".replace(" ", "_")
    return name if route.path.startswith(VERSION) else f"{name}_at_root"


class Strict(APIRoute):
    """A route whose JSON bodies are read by `read_json`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handler(_StrictRequest(request.scope, request.receive))

        return strictly


class _StrictRequest(Request):
    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = read_json(await self.body())
        return self._json


def read_json(body: bytes) -> Any:
    """What a JSON body holds.

    Raises:
        json.JSONDecodeError: when it is no JSON.
        HTTPException: 400, when it holds what no other reader takes: bytes that are not UTF-8, `NaN`, endless
            numbers, halves of characters, the character 0, or deeper nesting than `DEEPEST`.
    """
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
        _look(value, 0)
    except UnicodeDecodeError:
        raise _unreadable("This body is not UTF-8.") from None
    except RecursionError:
        raise _unreadable("This JSON is nested too deeply.") from None
    except json.JSONDecodeError:
        raise
    except ValueError:
        raise _unreadable("This JSON holds a number that cannot be read.") from None
    return value


def _unreadable(told: str) -> HTTPException:
    return HTTPException(HTTPStatus.BAD_REQUEST, told)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(text[:20])
    return value


def _look(value: Any, depth: int) -> None:
    """Raise where a text cannot be kept or the nesting goes too deep."""
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise _unreadable("A text holds the character 0 or half a character.")
    elif isinstance(value, dict):
        for name, inner in value.items():
            _look(name, depth)
            _look(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _look(inner, depth + 1)
