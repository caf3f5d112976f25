"""Check a text against a sender's evidence."""

from fastapi import Request

import calls
from api import routing
from api.asking import Config, Guest
from api.places import Reading, Writing, page_of

routes = routing.routes("/checks", "checks")


@routes.post("", summary="Check a text, sentence by sentence", responses=routing.problems(404))
async def check(
    request: Request, wanted: calls.Check, who: Guest, reading: Reading, places: Writing, config: Config
) -> calls.CheckedText:
    """Give each sentence of a text a verdict: whether the evidence carries what it says of the sender.

    Whoever or whatever wrote it: a sentence stands only where its numbers, dates, names, skills, verbs and
    every content word come from cited evidence. With an opening, what it says of the employer is checked too.
    """
    own = calls.Own(who.person, config)
    found = await page_of(request, reading, wanted.opening)
    return await places.run(request, lambda gone: calls.check(wanted, own, gone, found))
