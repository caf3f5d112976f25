"""Calls that are answered at once with a job to follow, where the caller prefers that (RFC 7240)."""

from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

import background
from accounts import Caller
from api import asking
from api.jobs import JobAnswer, answer_of
from api.routing import VERSION
from errors import NotSignedIn

RESPONSE: dict[int | str, dict[str, Any]] = {
    202: {
        "model": JobAnswer,
        "description": "It is done in the background; follow the job.",
        "headers": {"Location": {"description": "the job", "schema": {"type": "string"}}},
    }
}


def _later(
    prefer: Annotated[
        str,
        Header(max_length=200, description="`respond-async` to be answered with a job to follow"),
    ] = "",
) -> bool:
    preferred = (part.partition(";")[0].strip().casefold() for part in prefer.split(","))
    return "respond-async" in preferred


Later = Annotated[bool, Depends(_later)]
"""Whether the caller would rather have a job to follow than wait."""


async def put(request: Request, who: Caller, kind: str, wanted: BaseModel) -> JSONResponse:
    """Ask for it in the background.

    Raises:
        NotSignedIn: when nobody in particular asks, to whom nothing could be told later.
        HTTPException: 422, when a model key came with it: it is kept nowhere, so it cannot wait.
    """
    if not who.person:
        raise NotSignedIn(
            "What is done in the background belongs to an account.", "Sign in, or call without it."
        )
    if "x-model-key" in request.headers:
        raise HTTPException(422, "A model key is kept nowhere, so it cannot go with work in the background.")
    kept = await run_in_threadpool(asking.store_of, request)
    job = await run_in_threadpool(background.put, kept, who.person, kind, wanted)
    headers = {"location": f"{VERSION}/jobs/{job.id}", "preference-applied": "respond-async"}
    return JSONResponse(answer_of(job).model_dump(mode="json"), 202, headers)
