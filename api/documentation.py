"""What the API can do, as OpenAPI at /openapi.json and as a page to try it at /docs, all from this server."""

import json
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from api import asking, problems

routes = APIRouter(include_in_schema=False)

_FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
}
_ABOUT = """\
A careers page in, a provable draft out: read openings, match them with evidence, have drafts written in which
every sentence about the sender rests on evidence, and check any text the same way.

What needs nothing of yours (openings, matches, drafts, checks, models, parsers, summaries) answers anybody,
within limits. What is kept needs an account: send `Authorization: Bearer <token>` with a personal token.
Errors are `application/problem+json`; lists answer `{"items": [...], "next": cursor}`.
"""


@routes.get("/openapi.json")
def described(request: Request) -> Response:
    """The OpenAPI document, made once."""
    app: FastAPI = request.app
    if not isinstance(whole := getattr(app.state, "openapi", None), bytes):
        whole = app.state.openapi = json.dumps(document(app), ensure_ascii=False).encode()
    return Response(whole, media_type="application/json", headers={"cache-control": "no-cache"})


@routes.get("/docs")
def page() -> HTMLResponse:
    """Swagger UI. Its addresses are relative, so that it works below any prefix."""
    shown = {
        "validatorUrl": None,
        "displayRequestDuration": True,
        "tryItOutEnabled": True,
        "docExpansion": "list",
    }
    return get_swagger_ui_html(
        openapi_url="openapi.json",
        title="Inroad: the API",
        swagger_js_url="docs/swagger-ui-bundle.js",
        swagger_css_url="docs/swagger-ui.css",
        swagger_favicon_url="docs/favicon-32x32.png",
        swagger_ui_parameters=shown,
    )


@routes.get("/docs/{name}")
def file(name: str) -> Response:
    """A file of Swagger UI."""
    if name not in _FILES:
        raise HTTPException(404, "There is nothing here.")
    data = (resources.files("fastapi_swagger") / "resources" / name).read_bytes()
    return Response(data, media_type=_FILES[name], headers={"cache-control": "public, max-age=86400"})


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an app, in which every error is a problem, with who may call what."""
    found = get_openapi(title="Inroad", version="1", description=_ABOUT, routes=app.routes)
    parts = found.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    schemas["ProblemDetails"] = problems.Problem.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    parts["securitySchemes"] = _SCHEMES
    for path, method, operation in _operations(found):
        operation["security"] = app.state.security.get((path, method), [])
        for status, response in operation["responses"].items():
            if status >= "400":
                response["content"] = _PROBLEM
            if status in _HEADERS:
                response["headers"] = _HEADERS[status]
    return found


_PROBLEM = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
_WAIT = {"Retry-After": {"description": "seconds until it makes sense again", "schema": {"type": "integer"}}}
_HEADERS: dict[str, dict[str, Any]] = {"429": _WAIT, "503": _WAIT}


_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "a personal token of your account"},
    "sign-in": {
        "type": "apiKey",
        "in": "cookie",
        "name": "inroad",
        "description": "what a sign-in on the page sets; called __Host-inroad over https",
    },
}


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            yield path, method.upper(), operation


def security_of(routers: Iterable[APIRouter]) -> dict[tuple[str, str], list[dict[str, list[str]]]]:
    """By path and method, what an operation's `security` says: nothing, a token, or one for who has it."""
    found: dict[tuple[str, str], list[dict[str, list[str]]]] = {}
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                said = _security(frozenset(_asked(route.dependant)))
                found |= {(route.path, method): said for method in route.methods or ()}
    return found


def _security(asked: frozenset[object]) -> list[dict[str, list[str]]]:
    scopes = [asking.NEEDED[call] for call in asked if call in asking.NEEDED]
    if None in scopes:
        return [{"sign-in": []}]
    if scopes:
        return [{"token": [scope for scope in scopes if scope]}, {"sign-in": []}]
    return [{}, {"token": []}, {"sign-in": []}] if asking.caller in asked else []


def _asked(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _asked(inner)
