"""The REST API: the verbs of `outreach` and what is kept, for programs.

HTTP requests come in; JSON, files or server-sent events go out, and errors as `application/problem+json`.
Each file holds the routes of one noun; `install(app)` adds them all. Every route learns who asks from
`api.asking`.
"""

from fastapi import FastAPI

from api import (
    account,
    administration,
    checks,
    drafts,
    health,
    limits,
    matches,
    openings,
    problems,
    routing,
)

__all__ = ["install"]

_ROUTES = (health.routes,)
_COUNTED = (openings.routes, matches.routes, drafts.routes, checks.routes)
_OF_PEOPLE = (account.routes, administration.routes)


def install(app: FastAPI) -> None:
    """Give an app all routes of the API, and its way to tell errors."""
    problems.install(app)
    limits.prepare(app, app.state.settings)
    for routes in _ROUTES:
        app.include_router(routes)
    for routes in _COUNTED:
        app.include_router(routes, responses=routing.problems(400, 401, 403, 413, 422, 429, 503))
    for routes in _OF_PEOPLE:
        app.include_router(routes, responses=routing.problems(400, 401, 403, 404, 409, 413, 422, 429, 503))
