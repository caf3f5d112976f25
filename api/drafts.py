"""Have a draft written, as a whole or sentence by sentence."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import SecretStr

import calls
import outreach
from api import later, problems, routing
from api.asking import Config, Drafter, Guest
from api.idempotency import Repeatable
from api.jobs import JobAnswer
from api.later import Later
from api.models import ModelKey
from api.places import Gone, Reading, Steps, Writing, page_of
from domain import Dropped

routes = routing.routes("/drafts", "drafts", fails=(404,), route_class=Repeatable)


@routes.post("", summary="Write a draft", response_model=calls.Written, responses=later.RESPONSE)
async def write(
    request: Request,
    wanted: calls.Write,
    who: Guest,
    reading: Reading,
    places: Writing,
    config: Config,
    rather: Later,
    key: ModelKey = None,
) -> calls.Written | JSONResponse:
    """Write a draft in which every sentence about the sender rests on evidence that it names.

    `draft.sentences` are typed and name what they rest on, `draft.verdicts` run beside them, and the receipt
    lists what was left out and why. Where the evidence answers nothing that the opening asks for, there is
    no draft but a problem. It is kept in the history of who has one, unless `keep` is false.
    """
    if rather:
        return await later.put(request, who, "draft", wanted)
    own = calls.Own(who.person, config)
    found = await page_of(request, reading, wanted.opening)
    return await places.run(request, lambda gone: _finished(wanted, own, key, gone, found))


def _finished(
    wanted: calls.Write, own: calls.Own, key: SecretStr | None, gone: Gone, found: calls.Found | None
) -> calls.Written:
    events = calls.write(wanted, own, key=key, cancelled=gone, found=found)
    return next(event for event in events if isinstance(event, calls.Written))


@routes.post(
    "/batch",
    summary="Write a draft for each of many openings",
    status_code=202,
    response_model=JobAnswer,
)
async def write_many(request: Request, wanted: calls.WriteMany, who: Drafter) -> JSONResponse:
    """Write a draft for each opening of a page, the best matches first, or for each that is given.

    It is done in the background: follow the job that is answered. Each draft is kept as soon as it is
    finished, unless `keep` is false; one that fails stops no other.
    """
    return await later.put(request, who, "draft-many", wanted)


_Events = Steps[calls.WriteEvent]


async def _begun(
    request: Request,
    wanted: calls.Write,
    who: Guest,
    reading: Reading,
    places: Writing,
    config: Config,
    key: ModelKey = None,
) -> AsyncIterator[_Events]:
    """A draft whose first event is there: what fails before that is a problem with a status of its own."""
    own = calls.Own(who.person, config)
    found = await page_of(request, reading, wanted.opening)
    begin = lambda gone: calls.write(wanted, own, key=key, cancelled=gone, found=found)  # noqa: E731
    async with places.steps(request, begin) as steps:
        yield steps


_NAMES: dict[type[object], str] = {
    outreach.Checked: "sentence",
    Dropped: "dropped",
    outreach.Waiting: "waiting",
    outreach.Handover: "handover",
    calls.Written: "draft",
}


@routes.post("/stream", summary="Write a draft, sentence by sentence", response_class=EventSourceResponse)
async def stream(
    begun: Annotated[_Events, Depends(_begun)],
) -> AsyncIterator[ServerSentEvent]:
    """Tell each sentence as soon as it is written and checked, as server-sent events.

    - `sentence`: a typed sentence, its verdict, and about how many there will be; the subject comes first
    - `dropped`: one that did not pass, why, and what stands in its place
    - `waiting`: the model's turn has not come; when it is likely to
    - `handover`: the model did not deliver, and the built-in writer starts afresh; forget what came
    - `draft`: the whole, as the call without `/stream` answers it; the last event
    - `problem`: why there is no draft; the last event

    What is wrong before the first sentence is known is a problem with its status, and no stream. Who hangs up
    ends the writing.
    """
    try:
        async for event in begun:
            yield ServerSentEvent(event=_NAMES[type(event)], data=event)
    except Exception as error:  # noqa: BLE001  # the status is sent, so the stream itself must say it
        yield ServerSentEvent(event="problem", data=problems.problem_of(error))
