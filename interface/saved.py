"""The Saved page: finding a draft again, opening it as it was, and noting what became of it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial, wraps
from typing import Any, Literal

import outreach
from domain import Draft, Outcome, Reading
from errors import InroadError, NotFound
from interface import failing, pacing, taking
from interface.desk import LONG, VISITOR, ChangedHands, Desk, Quick, Turn, View, long, quick
from interface.revising import checked_edit, finished
from interface.session import Browse, Session
from interface.verbs import draft_page, file_wire
from interface.views import draft as draft_view
from interface.views import saved
from interface.views.editing import Edit
from interface.views.markup import text
from store import SavedDraft, WholeDraft

AT_ONCE = 50  # rows of the list, and how many more each time
MOST_SHOWN = 1_000
GONE = "This draft is no longer here. You see what is."


def verb(name: str) -> Callable[[Quick], Quick]:
    """Register a verb of the Saved page, whose errors are told there."""

    def register(function: Quick) -> Quick:
        @wraps(function)
        def told(desk: Desk, turn: Turn) -> View:
            try:
                return function(desk, turn)
            except ChangedHands:
                raise
            except NotFound:
                closed = replace(turn.session, browse=replace(turn.session.browse, id="", open=""))
                return _told(desk, closed, GONE)
            except InroadError as error:
                return _told(desk, turn.session, str(error))
            except Exception as error:  # noqa: BLE001  # our own faults, told where the person is looking
                return _told(desk, turn.session, failing.in_words(error))

        return quick(name)(told)

    return register


def _told(desk: Desk, session: Session, wrong: str) -> View:
    try:
        return View(session, saved=page(desk, session, wrong=wrong))
    except InroadError:  # the list cannot be read either
        return View(session, saved=saved.trouble("Saved drafts", wrong))


def page(desk: Desk, session: Session, note: str = "", wrong: str = "") -> str:
    """The list as it is asked for; `note` is HTML."""
    history, browse, person = desk.store.history, session.browse, session.person
    found, more = _found(desk, session)
    is_visitor = person.startswith(VISITOR)
    return saved.page(
        saved.Page(
            drafts=found,
            more=more,
            total=history.count(person),
            companies=history.companies(person),
            words=browse.words,
            company=browse.company,
            state=browse.state,
            due=browse.due,
            id=browse.id,
            open=browse.open,
            compared=_compared(desk, session),
            forgotten=is_visitor,
            can_sign_in=desk.settings.accounts,
            note=note,
            wrong=wrong,
        )
    )


def _found(desk: Desk, session: Session) -> tuple[tuple[SavedDraft, ...], bool]:
    browse, after = session.browse, None
    found: tuple[SavedDraft, ...] = ()
    asked: dict[str, Any] = {"words": browse.words, "company": browse.company, "state": browse.state}
    if browse.due:
        asked["due_by"] = datetime.now(UTC).date()
    while len(found) < browse.shown:
        some, after = desk.store.history.list(session.person, limit=AT_ONCE, after=after, **asked)
        found += some
        if after is None:
            return found, False
    return found, True


def _compared(desk: Desk, session: Session) -> saved.Compared | None:
    browse = session.browse
    if browse.open != "compare" or not browse.id:
        return None
    history = desk.store.history
    versions = history.versions(session.person, browse.id)
    numbers = [version.number for version in versions]
    left = browse.left if browse.left in numbers else numbers[0]
    right = browse.right if browse.right in numbers else numbers[-1]
    return saved.Compared(versions, left, right, history.compare(session.person, browse.id, left, right))


# --- finding --------------------------------------------------------------------------------------------


@verb("saved")
def show(desk: Desk, turn: Turn) -> View:
    """The list as it was left."""
    session = replace(turn.session, browse=replace(turn.session.browse, id="", open=""))
    return View(session, saved=page(desk, session))


def _browsing(desk: Desk, turn: Turn, note: str = "", **changes: Any) -> View:
    session = replace(turn.session, browse=replace(turn.session.browse, **changes))
    return View(session, saved=page(desk, session, note))


@verb("filter-saved")
def filter_saved(desk: Desk, turn: Turn) -> View:
    said = turn.said
    state = said.text("state")
    return _browsing(
        desk,
        turn,
        words=said.text("words", 100),
        company=said.text("company", 300),
        state=saved.state_of(state),
        due=state == saved.DUE,
        shown=AT_ONCE,
        id="",
        open="",
    )


@verb("clear-saved")
def clear_saved(desk: Desk, turn: Turn) -> View:
    session = replace(turn.session, browse=Browse())
    return View(session, saved=page(desk, session))


@verb("more-saved")
def more_saved(desk: Desk, turn: Turn) -> View:
    return _browsing(desk, turn, shown=min(turn.session.browse.shown + AT_ONCE, MOST_SHOWN))


@verb("open-part")
def open_part(desk: Desk, turn: Turn) -> View:
    """Open something of a draft below its row, or close it."""
    said = turn.said
    return _browsing(desk, turn, id=said.text("draft", 40), open=said.text("part"), left=0, right=0)


@verb("compare-drafts")
def compare(desk: Desk, turn: Turn) -> View:
    said = turn.said
    left, right = said.number("left") or 0, said.number("right") or 0
    return _browsing(desk, turn, id=said.text("draft", 40), open="compare", left=left, right=right)


# --- what became of one ---------------------------------------------------------------------------------


@verb("mark-draft")
def mark(desk: Desk, turn: Turn) -> View:
    """Its status, from the list; or the date and the note, from the form below its row."""
    said = turn.said
    changes: dict[str, Any] = {}
    state = saved.state_of(said.text("state"))
    if said.has("due"):
        changes["due"] = _day(said.text("due", 10))
    if said.has("note"):
        changes["note"] = said.line("note", "", 1_000)
    person, id_ = turn.session.person, said.text("draft", 40)
    marked = desk.store.history.mark(person, id_, state=state, **changes)
    note = f"“{marked.title}” is marked: {saved.STATES[marked.state].lower()}." if state else "Saved."
    still = {} if state else {"id": "", "open": ""}
    return _browsing(desk, turn, text(note), **still)


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InroadError("This is not a date.", "Write it as year-month-day.") from None


@verb("copy-saved")
def copy(desk: Desk, turn: Turn) -> View:
    desk.store.history.copy(turn.session.person, turn.said.text("draft", 40))
    return _browsing(desk, turn, "Copied. The copy is the first in the list.", id="", open="")


@verb("delete-draft")
def delete(desk: Desk, turn: Turn) -> View:
    """Delete one draft; it was asked about before."""
    browse, id_ = turn.session.browse, turn.said.text("draft", 40)
    if browse.open != "delete" or id_ != browse.id:
        raise NotFound("This was not asked about.")
    desk.store.history.remove(turn.session.person, id_)
    session = turn.session if turn.session.saved != id_ else replace(turn.session, saved="")
    return _browsing(desk, replace(turn, session=session), "Deleted.", id="", open="")


# --- opening it again -----------------------------------------------------------------------------------


@quick("open-saved")
def open_saved(desk: Desk, turn: Turn) -> View:
    """Show a saved draft as it was, from what is kept: its page is not read again."""
    desk.stop(turn.session.key)  # or what is being written on the page would cover it
    session = opened(desk, turn.session, turn.said.text("draft", 40))
    return View(session, stage=draft_view.screen(draft_page(desk, session)), bar=desk.bar(session))


def opened(desk: Desk, session: Session, id_: str) -> Session:
    """The session with a saved draft on its screen."""
    history = desk.store.history
    whole = history.load(session.person, id_)
    first, before = None, None
    if whole.saved.follows:
        message = history.load(session.person, whole.saved.follows)
        first, before = message.version.draft, _edit_of(_with(session, message, None))
    session = _with(session, whole, first)
    return replace(session, edit=_edit_of(session), before=before)


def _with(session: Session, whole: WholeDraft, after: Draft | None) -> Session:
    """The session turned to what is kept of a draft; what was edited of it is `edit`, unchecked."""
    posting, version = whole.posting, whole.version
    chosen = outreach.examine(posting, whole.profile)
    edit = None
    if version.by == "person":
        kept = frozenset(version.vouched)
        edit = Edit(version.subject, version.body, kept=kept, sources=version.added)
    return replace(
        session,
        source=posting.url or posting.text,
        reading=Reading(
            url=posting.url,
            outcome=Outcome.OPENINGS,
            postings=(posting,),
            rung=posting.rung,
            instructions=whole.asks,
        ),
        openings=(chosen,),
        chosen=chosen,
        kind=whole.saved.kind,
        draft=version.draft,
        drafted_for=whole.profile,
        edit=edit,
        editing=False,
        after=after,
        saved=whole.saved.id,
        follows=whole.saved.follows or "",
        recipient=None,
        stress=(),
        set_aside=(),
        say_gap=False,
        seed=0,
    )


def _edit_of(session: Session) -> Edit | None:
    """What the person made of it, checked against the evidence that it was written from."""
    if session.edit is None:
        return None
    return finished(session, checked_edit(session, session.edit.subject, session.edit.body))


@long("follow-saved")
async def follow_saved(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Write the message that follows a saved one."""
    session = await pacing.away(desk.pool, opened, desk, turn.session, turn.said.text("draft", 40))
    async for view in LONG["follow-up"](desk, replace(turn, session=session)):
        yield view


# --- taking it away -------------------------------------------------------------------------------------


@verb("take-saved")
def take_saved(desk: Desk, turn: Turn) -> View:
    """One draft as a file: in the form that one sends, or in all forms with its receipt."""
    session = opened(desk, turn.session, turn.said.text("draft", 40))
    form = "zip" if turn.said.text("form") == "zip" else taking.main_form(session)
    name, data = taking.files(replace(turn, session=session), form)
    return View(turn.session, wire=file_wire(turn, name, data))


@verb("take-history")
def take_history(desk: Desk, turn: Turn) -> View:
    """All saved drafts, in one file."""
    person, history = turn.session.person, desk.store.history
    form: Literal["csv", "json"] = "csv" if turn.said.text("form") == "csv" else "json"
    name, parts = outreach.export_history(form, history.each(person), partial(history.versions, person))
    return View(turn.session, wire=file_wire(turn, name, b"".join(parts)))
