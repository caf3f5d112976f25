"""Hold an opening against a sender's evidence."""

from fastapi import Request

import calls
from api import routing
from api.asking import Config, Guest
from api.places import Reading, Writing, page_of

routes = routing.routes("/matches", "matches")


@routes.post("", summary="Match an opening with evidence", responses=routing.problems(404))
async def compare(
    request: Request, wanted: calls.Compare, who: Guest, reading: Reading, places: Writing, config: Config
) -> calls.Compared:
    """Say what the opening asks for, which evidence answers it, and what nothing answers.

    A gap that an answer could close comes with a question. `coverage` counts the opening's keywords, by
    weight, that the evidence names, and how many any truthful text could.
    """
    own = calls.Own(who.person, config)
    found = await page_of(request, reading, wanted.opening)
    return await places.run(request, lambda gone: calls.compare(wanted, own, gone, found))
