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
    documentation,
    drafts,
    figures,
    health,
    history,
    jobs,
    limits,
    matches,
    metrics,
    models,
    openings,
    origins,
    places,
    problems,
    profiles,
    routing,
    summaries,
    unknown,
)

__all__ = ["install"]

_UNCOUNTED = (health.routes, metrics.routes, documentation.routes)
_ROUTES = (
    openings.routes,
    matches.routes,
    drafts.routes,
    checks.routes,
    models.routes,
    models.unversioned,
    summaries.routes,
    profiles.routes,
    history.routes,
    jobs.routes,
    account.at_the_door,
    account.routes,
    administration.routes,
    figures.routes,
)


def install(app: FastAPI) -> None:
    """Give an app all routes of the API, and its way to tell errors."""
    settings = app.state.settings
    routers = (*_UNCOUNTED, *_ROUTES)
    app.state.buckets = limits.Buckets()
    app.state.security = documentation.security_of(routers)
    places.prepare(app, settings)
    problems.install(app)
    for routes in _UNCOUNTED:
        app.include_router(routes)
    general = routing.problems(400, 401, 403, 413, 422, 429, 503)
    for routes in _ROUTES:
        app.include_router(routes, responses=general, dependencies=[limits.Counted])
    unknown.install(app, routers)
    origins.install(app, settings)
