"""Long work: how far it is, as a picture or as it happens, and its end before its time."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field
from starlette.concurrency import run_in_threadpool

import background
from api import asking, routing
from api.asking import Drafter, Kept, Reader
from api.idempotency import Repeatable
from domain import Noun
from errors import NotFound, NotSignedIn, StoreError
from store import Job, JobState, Store

routes = routing.routes("/jobs", "jobs", route_class=Repeatable)

_LOOK_S = 1.0
Id = Annotated[str, Path(alias="id", max_length=64, description="of a job")]


class Failure(Noun):
    """Why a job failed, as a problem of any other call."""

    type: str
    title: str
    detail: str = ""


class JobAnswer(Noun):
    """Long work, and how it stands."""

    id: str
    kind: str = Field(description="what is done: `read`, `draft`, `draft-many`")
    state: JobState
    progress: dict[str, Any] = Field(description="how far it is; what is in it depends on the kind")
    result: Any = Field(default=None, description="once it is done, and only where one job is asked for")
    problem: Failure | None = Field(default=None, description="once it has failed")
    created_at: datetime
    finished_at: datetime | None = None


class Jobs(Noun):
    """A page of jobs, newest first."""

    items: tuple[JobAnswer, ...]
    next: str | None = Field(default=None, description="what to send as `after` for the page that follows")


def answer_of(job: Job) -> JobAnswer:
    """A job as it is answered to the one who asked for it."""
    return JobAnswer(
        id=job.id,
        kind=job.kind,
        state=job.state,
        progress=json.loads(job.progress),
        result=None if job.result is None else json.loads(job.result),
        problem=None if job.problem is None else Failure.model_validate_json(job.problem),
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


def _one(id_: Id, who: Reader, kept: Kept) -> Job:
    return kept.jobs.load(who.person, id_)


One = Annotated[Job, Depends(_one)]


@routes.get("", summary="List your jobs", responses=routing.problems(404))
def listed(
    who: Reader,
    kept: Kept,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    after: Annotated[str | None, Query(max_length=64, description="`next` of the page before")] = None,
) -> Jobs:
    """List what was asked for and is under way, or ended within the last week; without results."""
    found, following = kept.jobs.list(who.person, limit, after)
    return Jobs(items=tuple(answer_of(job) for job in found), next=following)


@routes.get("/{id}", summary="See a job", responses=routing.problems(404))
def seen(job: One) -> JobAnswer:
    """See how far a job is, or what came of it."""
    return answer_of(job)


@routes.delete("/{id}", summary="Cancel a job", responses=routing.problems(404))
def cancelled(id_: Id, who: Drafter, kept: Kept) -> JobAnswer:
    """End a job that is not finished; one that is stays as it is. What it has kept until then stays kept."""
    return answer_of(background.cancel(kept, who.person, id_))


@routes.get(
    "/{id}/events",
    summary="Follow a job",
    response_class=EventSourceResponse,
    responses=routing.problems(404),
)
async def followed(request: Request, job: One, who: Reader, kept: Kept) -> AsyncIterator[ServerSentEvent]:
    """Follow a job as server-sent events, each a whole job, named by its state; the last one is its end.

    Who reads slowly misses steps in between, never the end. Who comes back, as after a restart of the server,
    begins with how it stands now.
    """
    told: JobAnswer | None = None
    while True:
        answer = answer_of(job)
        if answer != told:
            told = answer
            yield ServerSentEvent(event=answer.state, data=answer)
        if job.finished_at is not None or getattr(request.app.state, "stopping", False):
            return
        await asyncio.sleep(_LOOK_S)
        try:
            job = await run_in_threadpool(_look, request, who.person, job.id, kept)
        except (NotFound, NotSignedIn):
            return
        except StoreError:
            continue  # it may be reached again, and the job goes on


def _look(request: Request, person: str, id_: str, kept: Store) -> Job:
    """The job, while who follows it may still see it."""
    if asking.caller(request).person != person:
        raise NotSignedIn("Nobody is signed in any more.")
    return kept.jobs.load(person, id_)
