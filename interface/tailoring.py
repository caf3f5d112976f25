"""A person's say on a tailored résumé: changes accepted or refused, lines that were left out put back."""

from collections.abc import Callable
from dataclasses import replace

import outreach
from domain import Draft, Profile
from errors import InroadError
from interface import filing
from interface.desk import Desk, Turn, View, quick
from interface.session import Session
from interface.verbs import drawn

GONE = "This résumé is no longer here."


def _decided(desk: Desk, turn: Turn, decide: Callable[[Draft, outreach.Opening, Profile], Draft]) -> View:
    """The résumé after a decision. What it is no more about is said plainly."""
    session = turn.session
    if session.draft is None or session.draft.resume is None or session.chosen is None:
        raise InroadError(GONE, "Read the page again.")
    writer = session.drafted_for or session.profile
    try:
        draft = decide(session.draft, session.chosen, writer)
    except KeyError:
        return drawn(desk, session, "This was decided already.")
    decided: Session = replace(session, draft=draft)
    return drawn(desk, decided, filing.rewritten(desk, decided))


@quick("resume-accept")
def accept(desk: Desk, turn: Turn) -> View:
    """Accept or refuse one change of a line, or of several words that moved together."""
    said = turn.said
    items, change, on = said.text("items", 2_000).split(), said.number("change"), bool(said.text("on"))

    def decide(draft: Draft, opening: outreach.Opening, profile: Profile) -> Draft:
        for item in items:
            draft = outreach.accept(draft, opening, profile, item, change or 0, on)
        return draft

    return _decided(desk, turn, decide)


@quick("resume-all")
def accept_all(desk: Desk, turn: Turn) -> View:
    """Accept every change, or keep every line as the person has it."""
    on = bool(turn.said.text("on"))
    return _decided(desk, turn, lambda draft, opening, who: outreach.accept_all(draft, opening, who, on))


@quick("resume-put-back")
def put_back(desk: Desk, turn: Turn) -> View:
    """Put back what was left out of an item."""
    item = turn.said.text("item")
    return _decided(desk, turn, lambda draft, opening, who: outreach.put_back(draft, opening, who, item))
