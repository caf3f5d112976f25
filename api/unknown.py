"""Paths and methods that the API does not have: problems too, and never the page."""

from collections import defaultdict
from collections.abc import Iterable

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api import problems
from api.routing import VERSION


class _NoSuchMethod:
    """Answers every method that a path does not have."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self._allow = ", ".join(sorted(allowed))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = f"{scope['method'][:20]} is not possible here."
        answer = problems.answer(405, told, f"{self._allow} is.", headers={"allow": self._allow})
        await answer(scope, receive, send)


class _NoSuchPath:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await problems.answer(404, "There is nothing here.", "See /docs.")(scope, receive, send)


def install(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Answer, after all routes of these routers, what none of them does."""
    methods: dict[str, set[str]] = defaultdict(set)
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                methods[route.path] |= route.methods or set()
    for path, allowed in methods.items():
        app.router.routes.append(Route(path, _NoSuchMethod(allowed), include_in_schema=False))
    app.router.routes.append(Route(f"{VERSION}/{{rest:path}}", _NoSuchPath(), include_in_schema=False))
