"""Errors as `application/problem+json` (RFC 9457): what happened, what to do next, and the request's id."""

import logging
import math
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from errors import (
    AddressRefused,
    Cancelled,
    Conflict,
    DocumentError,
    FetchFailed,
    InroadError,
    InvalidField,
    ModelError,
    NotAllowed,
    NotFound,
    NothingMatches,
    NotSignedIn,
    StoreError,
    TooMany,
    Unfit,
    WrongPassword,
)
from telemetry import faults
from telemetry.logs import REQUEST_ID

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong, in words for a person."""

    type: str = Field(default="about:blank", description="the kind of problem, always the same word for one")
    title: str = Field(description="what happened")
    status: int
    detail: str = Field(default="", description="what to do next")
    instance: str = Field(default="", description="the id of the request, as it is in the log")
    errors: list[dict[str, str]] = Field(default_factory=list, description="each field at fault, and why")
    tries_left: int | None = Field(default=None, description="of a sign-in that failed")


# The first class that fits; those above their parents.
_STATUS: tuple[tuple[type[InroadError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (Unfit, HTTPStatus.UNPROCESSABLE_ENTITY),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NotSignedIn, HTTPStatus.UNAUTHORIZED),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (Conflict, HTTPStatus.CONFLICT),
    (Cancelled, HTTPStatus.CONFLICT),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (ModelError, HTTPStatus.SERVICE_UNAVAILABLE),
    (InvalidField, HTTPStatus.UNPROCESSABLE_ENTITY),
    (DocumentError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NothingMatches, HTTPStatus.UNPROCESSABLE_ENTITY),
    (AddressRefused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (FetchFailed, HTTPStatus.BAD_GATEWAY),
    (InroadError, HTTPStatus.BAD_REQUEST),
)


def answer(status: int, title: str, detail: str = "", kind: str = "about:blank", **more: Any) -> JSONResponse:
    """A problem as a response.

    Args:
        status: Of HTTP.
        title: What happened.
        detail: What to do next.
        kind: The kind of problem, in one word.
        more: Further members: `errors` and `tries_left`; and `headers` for the response.
    """
    headers = more.pop("headers", None)
    problem = Problem(type=kind, title=title, status=status, detail=detail, instance=REQUEST_ID.get(), **more)
    return _response(problem, headers)


def _response(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    content = problem.model_dump(exclude_none=True)
    return JSONResponse(content, problem.status, headers=headers, media_type=MEDIA_TYPE)


def status_of(error: InroadError) -> HTTPStatus:
    """The status that tells this error."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def install(app: FastAPI) -> None:
    """Let the app answer every error as a problem."""
    app.add_exception_handler(InroadError, _of_ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _crashed)


def problem_of(error: Exception) -> Problem:
    """What is told of an error. A fault of ours is logged where it arose, without its message, which may
    quote a person.
    """
    instance = REQUEST_ID.get()
    if not isinstance(error, InroadError):
        reference = faults.logged(log, error)
        title, advice = "Something broke here, not on your side.", f"Please report it with {reference}."
        return Problem(type="broken", title=title, status=500, detail=advice, instance=instance)
    problem = Problem(
        type=error.kind,
        title=error.message,
        status=status_of(error),
        detail=error.advice,
        instance=instance,
    )
    if isinstance(error, InvalidField):
        problem.errors = [{"field": error.field, "reason": error.message}]
    if isinstance(error, WrongPassword):
        problem.tries_left = error.tries_left
    return problem


async def _of_ours(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, InroadError)
    problem = problem_of(error)
    headers: dict[str, str] = {**getattr(error, "headers", {})}
    wait = getattr(error, "retry_after", None)
    if wait is None and isinstance(error, StoreError) and not isinstance(error, NotFound | Unfit):
        wait = 60.0
    if wait:
        headers["retry-after"] = str(math.ceil(wait))
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    return _response(problem, headers)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"][1:]), "reason": str(fault["msg"])}
        for fault in error.errors()[:20]
    ]
    return answer(422, "This request is not as it should be.", "See /docs.", "invalid-request", errors=faults)


async def _of_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = str(error.detail) if error.detail else HTTPStatus(error.status_code).phrase
    return answer(error.status_code, title, headers=dict(error.headers or {}))


async def _crashed(_: Request, error: Exception) -> JSONResponse:
    return _response(problem_of(error))
