"""The REST API: the verbs of `outreach` and what is kept, for programs.

HTTP requests come in; JSON, files or server-sent events go out, and errors as `application/problem+json`.
Each file holds the routes of one noun; `install(app)` adds them all. Every route learns who asks from
`api.asking`.
"""

from fastapi import FastAPI

from api import health, problems

__all__ = ["install"]

_ROUTES = (health.routes,)


def install(app: FastAPI) -> None:
    """Give an app all routes of the API, and its way to tell errors."""
    problems.install(app)
    for routes in _ROUTES:
        app.include_router(routes)
