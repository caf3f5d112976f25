"""Have a draft written."""

from typing import Annotated

from fastapi import Header, Request
from pydantic import SecretStr

import calls
from api import routing
from api.asking import Config, Guest
from api.places import Writing

routes = routing.routes("/drafts", "drafts")

ModelKey = Annotated[
    SecretStr | None,
    Header(alias="X-Model-Key", max_length=300, description="your own key of a model server, for this call"),
]


@routes.post("", summary="Write a draft", responses=routing.problems(404))
async def write(
    request: Request,
    wanted: calls.Write,
    who: Guest,
    places: Writing,
    config: Config,
    key: ModelKey = None,
) -> calls.Written:
    """Write a draft in which every sentence about the sender rests on evidence that it names.

    `draft.sentences` are typed and name what they rest on, `draft.verdicts` run beside them, and the receipt
    lists what was left out and why. Where the evidence answers nothing that the opening asks for, there is
    no draft but a problem.
    """
    own = calls.Own(who.person, config)
    return await places.run(request, lambda gone: _finished(wanted, own, key, gone))


def _finished(
    wanted: calls.Write, own: calls.Own, key: SecretStr | None, gone: calls.IsCancelled
) -> calls.Written:
    events = calls.write(wanted, own, key=key, cancelled=gone)
    return next(event for event in events if isinstance(event, calls.Written))
