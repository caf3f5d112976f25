"""What can be asked of the place, read off the app, and how each is asked with somebody's ids."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.routing import Mount

from evaluation.isolation.planted import MARK, PASSWORD, POSTING, Ids

Body = Callable[[Ids], Any]
_PAGE = "<p>Platform Engineer</p>"


@dataclass(frozen=True)
class Call:
    """How a route is called.

    Attributes:
        names: For each parameter of the path, the field of `Ids` that it takes, or what it is as it stands.
        body: The JSON of a request with somebody's ids.
        other: Another one.
        form: Fields of a form instead.
        file: What its file is called there.
        query: The query.
        keyed: Whether it shows a key under which the owner had the same done before.
        public: Whether it answers the same to all, so that anybody may have what it tells.
        of_admin: Whether whoever runs the place may see of others what it tells: names and addresses.
    """

    names: Mapping[str, str] | None = None
    body: Body | None = None
    other: Body | None = None
    form: Mapping[str, str] | None = None
    file: str = ""
    keyed: bool = False
    query: Callable[[Ids], Mapping[str, Any]] | None = None
    public: bool = False
    of_admin: bool = False


_OPENING = {"text": POSTING}
BEGUN = {"label": "A new one"}
"""What the owner had begun under a key; the answer that was kept for them names their profile."""


def _about(**more: Any) -> Body:
    return lambda ids: {"opening": _OPENING, "sender": {"profile": ids.profile}, **more}


def _following(ids: Ids) -> Any:
    return {
        "opening": _OPENING,
        "sender": {"sample": "job-seeker"},
        "kind": "follow-up",
        "follows": ids.draft,
    }


_SIGN_IN = Call(body=lambda ids: {"email": ids.email, "password": "not this one"})

CALLS: dict[str, Call] = {
    "GET /health": Call(public=True),
    "GET /health/live": Call(public=True),
    "GET /health/ready": Call(public=True),
    "GET /openapi.json": Call(public=True),
    "GET /docs": Call(public=True),
    "GET /docs/{name}": Call({"name": "swagger-ui.css"}, public=True),
    "POST /api/v1/openings": Call(body=lambda _: {"text": "Welder\n\nYou will\n- Weld\n"}),
    "POST /api/v1/openings/page": Call(form={"url": ""}, file="page"),
    "GET /models": Call(),
    "GET /parsers": Call(),
    "GET /api/v1/models": Call(),
    "GET /api/v1/parsers": Call(),
    "POST /generate-summary": Call(form={"text": "Led a team of 5 at Tarn."}),
    "POST /generate-summary/": Call(form={"text": "Led a team of 5 at Tarn."}),
    "POST /api/v1/matches": Call(body=_about()),
    "POST /api/v1/drafts": Call(body=_about(), other=_following),
    "POST /api/v1/drafts/batch": Call(
        body=lambda ids: {"openings": {"url": "http://127.0.0.1/jobs"}, "sender": {"profile": ids.profile}}
    ),
    "POST /api/v1/drafts/stream": Call(body=_about()),
    "POST /api/v1/checks": Call(body=lambda ids: {"text": "I led.", "sender": {"profile": ids.profile}}),
    "GET /api/v1/profiles": Call(),
    "POST /api/v1/profiles": Call(body=lambda _: BEGUN, keyed=True),
    "GET /api/v1/profiles/{id}": Call({"id": "profile"}),
    "PATCH /api/v1/profiles/{id}": Call({"id": "profile"}, body=lambda _: {"label": "Theirs"}),
    "DELETE /api/v1/profiles/{id}": Call({"id": "profile"}),
    "POST /api/v1/profiles/{id}/documents": Call({"id": "profile"}, form={"parser": "auto"}, file="file"),
    "DELETE /api/v1/profiles/{id}/documents/{document}": Call({"id": "profile", "document": "document"}),
    "GET /api/v1/profiles/{id}/evidence": Call({"id": "profile"}),
    "POST /api/v1/profiles/{id}/evidence": Call(
        {"id": "profile"}, body=lambda ids: {"text": "Led a team.", "record": ids.record}
    ),
    "PATCH /api/v1/profiles/{id}/evidence/{item}": Call(
        {"id": "profile", "item": "item"}, body=lambda _: {"hidden": True}
    ),
    "POST /api/v1/profiles/{id}/evidence/{item}/answers": Call(
        {"id": "profile", "item": "item"}, body=lambda _: {"question": "Is it 40?"}
    ),
    "GET /api/v1/profiles/{id}/export.{form}": Call({"id": "profile", "form": "json"}),
    "GET /api/v1/drafts": Call(query=lambda _: {"words": MARK}),
    "GET /api/v1/drafts/companies": Call(),
    "GET /api/v1/drafts.csv": Call(),
    "GET /api/v1/drafts.json": Call(),
    "GET /api/v1/drafts/{id}": Call({"id": "draft"}),
    "PATCH /api/v1/drafts/{id}": Call({"id": "draft"}, body=lambda _: {"state": "no"}),
    "DELETE /api/v1/drafts/{id}": Call({"id": "draft"}),
    "GET /api/v1/drafts/{id}/versions": Call({"id": "draft"}),
    "GET /api/v1/drafts/{id}/compare": Call({"id": "draft"}, query=lambda _: {"from": 1, "to": 2}),
    "GET /api/v1/drafts/{id}/file.{form}": Call({"id": "draft", "form": "md"}),
    "GET /api/v1/drafts/{id}/receipt.{form}": Call({"id": "draft", "form": "json"}),
    "POST /api/v1/drafts/{id}/copy": Call({"id": "draft"}),
    "PUT /api/v1/drafts/{id}/text": Call({"id": "draft"}, body=lambda _: {"subject": "S", "body": "B."}),
    "GET /api/v1/jobs": Call(query=lambda ids: {"after": ids.job}),
    "GET /api/v1/jobs/{id}": Call({"id": "job"}),
    "DELETE /api/v1/jobs/{id}": Call({"id": "job"}),
    "GET /api/v1/jobs/{id}/events": Call({"id": "job"}),
    "POST /api/v1/account/register": Call(
        body=lambda ids: {"email": ids.email, "name": "E", "password": PASSWORD}
    ),
    "POST /api/v1/account/sign-in": _SIGN_IN,
    "POST /api/v1/account/sign-out": Call(),
    "POST /api/v1/account/reset": Call(
        body=lambda ids: {"email": ids.email, "code": "AAAA-AAAA-AAAA", "password": PASSWORD},
        other=lambda ids: {"email": "eve@other.example", "code": ids.code, "password": PASSWORD},
    ),
    "GET /api/v1/account": Call(),
    "DELETE /api/v1/account": Call(body=lambda _: {"password": "not this one"}),
    "PATCH /api/v1/account": Call(body=lambda ids: {"email": ids.email, "password": PASSWORD}),
    "POST /api/v1/account/password": Call(body=lambda _: {"old": "not this one", "new": PASSWORD}),
    "GET /api/v1/account/export": Call(),
    "GET /api/v1/account/sessions": Call(),
    "DELETE /api/v1/account/sessions": Call(),
    "DELETE /api/v1/account/sessions/{id}": Call({"id": "session"}),
    "GET /api/v1/account/tokens": Call(),
    "POST /api/v1/account/tokens": Call(body=lambda _: {"name": "n", "scopes": ["read"], "days": 1}),
    "DELETE /api/v1/account/tokens/{id}": Call({"id": "token"}),
    "GET /api/v1/admin/people": Call(of_admin=True),
    "GET /api/v1/admin/figures": Call(),
    "GET /metrics": Call(),
    "POST /api/v1/admin/people/{id}/code": Call({"id": "person"}, of_admin=True),
    "POST /api/v1/admin/codes": Call(of_admin=True),
    "DELETE /api/v1/admin/people/{id}": Call({"id": "person"}, of_admin=True),
    "PATCH /api/v1/admin/people/{id}": Call(
        {"id": "person"}, body=lambda _: {"is_admin": False}, of_admin=True
    ),
}
"""Every route. A new one without a line here fails `tests/test_isolation.py`."""

TOOLS: dict[str, Body] = {
    "read_page": lambda _: {"text": "Welder\n\nYou will\n- Weld\n"},
    "list_profiles": lambda _: {},
    "see_evidence": lambda ids: {"profile": ids.profile},
    "match": lambda ids: {"text": POSTING, "profile": ids.profile},
    "draft": lambda ids: {"text": POSTING, "profile": ids.profile},
    "check_text": lambda ids: {"body": "I led.", "profile": ids.profile},
    "list_drafts": lambda ids: {"after": ids.draft},
    "see_draft": lambda ids: {"id": ids.draft},
    "mark_draft": lambda ids: {"id": ids.draft, "state": "no"},
}
"""Every tool of assistants."""

EVENTS: dict[str, str] = {
    "work": "verbs that take time",
    "act": "verbs that answer at once",
    "stop": "no ids",
    "receive": "a path",
    "receive_page": "a path",
    "reread": "ids",
    "settle": "no ids",
    "bulk": "ids",
    "unbulk": "ids",
    "halt": "no ids",
    "enter": "no ids",
    "leave": "no ids",
}
"""Every function behind the page, and what a browser may give it."""


OF_ADMIN = frozenset({"page act administration", "page act code-made", "page act person-gone"})
"""Verbs of the page in which whoever runs the place sees names and addresses."""


def routes_of(app: FastAPI) -> set[str]:
    """Every method and path that the app answers, the page's own apart."""
    return {
        f"{method} {path}"
        for path, methods in _routes(app.routes)
        for method in methods
        if method not in ("HEAD", "OPTIONS")
    }


def _routes(routes: Any, prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        within = getattr(route, "original_router", None)
        if within is not None:
            yield from _routes(within.routes, prefix)
        elif isinstance(route, Mount):
            if route.path:
                yield from _routes(route.routes, prefix + route.path)
        elif getattr(route, "methods", None):
            yield prefix + route.path, set(route.methods)
