"""Every finished draft is kept by itself, and what the person makes of it as a version of it."""

from collections.abc import Sequence
from dataclasses import replace

from domain import Draft, Posting, Profile
from errors import InroadError, NotFound
from interface.desk import ChangedHands, Desk
from interface.lines import lines_of
from interface.session import Session, say_the_same
from store import body_of


def keep(desk: Desk, session: Session, asks: Sequence[str]) -> Session:
    """The session, once the draft on its screen is kept. It asks the database.

    Written again for the same opening, in the same kind and from the same evidence, it is another version of
    the one that was on the screen before, as long as that was not sent.

    Args:
        desk: Where it happens.
        session: With a finished draft.
        asks: What the page asks of applicants.

    Raises:
        InroadError: when it cannot be kept.
        ChangedHands: when the page is not theirs any more who asked for the draft.
    """
    assert session.draft is not None
    assert session.chosen is not None
    writer = session.drafted_for or session.profile
    posting = session.chosen.posting
    with desk.here(session) as person:
        saved = _written_again(desk, person, session, writer)
        saved = saved or put(desk, person, session.draft, posting, writer, asks, session.follows)
    return replace(session, saved=saved, person=person)


def _written_again(desk: Desk, person: str, session: Session, writer: Profile) -> str:
    """Keep a draft as a version of the one before it; what that is kept as, "" where it is another draft."""
    assert session.draft is not None
    assert session.chosen is not None
    if not session.saved:
        return ""
    try:
        before = desk.store.history.load(person, session.saved)
        is_same = (
            (before.saved.kind, before.saved.state) == (session.draft.kind, "drafted")
            and (before.saved.follows or "") == session.follows
            and before.posting == session.chosen.posting
            and say_the_same(before.profile, writer)
        )
        if is_same:
            desk.store.history.rewrite(person, session.saved, session.draft)
    except NotFound:  # it was deleted on the other page
        return ""
    return session.saved if is_same else ""


def put(
    desk: Desk,
    person: str,
    draft: Draft,
    posting: Posting,
    writer: Profile,
    asks: Sequence[str],
    follows: str = "",
) -> str:
    """Keep a draft; returns what it is kept as."""
    history = desk.store.history
    try:
        saved = history.keep(person, draft, posting, writer, tuple(asks), follows or None)
    except NotFound:  # the message that it follows was deleted meanwhile
        saved = history.keep(person, draft, posting, writer, tuple(asks))
    return saved.id


def edited(desk: Desk, session: Session) -> str:
    """Keep the draft as the person has it now; returns why that could not be, "" where it was."""
    if not session.saved or session.draft is None or session.draft.resume is not None:
        return ""
    edit, written = session.edit, session.draft.sentences
    subject, body = (
        (edit.subject, edit.body) if edit is not None else (session.draft.subject, body_of(written))
    )
    try:
        with desk.here(session) as person:
            desk.store.history.edit(
                person,
                session.saved,
                subject,
                body,
                vouched=tuple(sorted(edit.kept)) if edit else (),
                added=dict(edit.sources) if edit else {},
                lines=lines_of(edit, written),
            )
    except InroadError as error:
        return _why_not(error)
    return ""


def rewritten(desk: Desk, session: Session) -> str:
    """Keep a résumé as it is after a decision; returns why that could not be, "" where it was."""
    if not session.saved or session.draft is None:
        return ""
    try:
        with desk.here(session) as person:
            desk.store.history.rewrite(person, session.saved, session.draft)
    except InroadError as error:
        return _why_not(error)
    return ""


def _why_not(error: InroadError) -> str:
    if isinstance(error, ChangedHands):
        raise error
    if isinstance(error, NotFound):  # it was deleted on the other page, which is what was wanted
        return ""
    return not_saved(error)


def not_saved(error: InroadError) -> str:
    """What the draft screen says when something could not be kept."""
    return f"This is not saved. {error}"
