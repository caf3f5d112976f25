"""What a person can ask for on the way from an address to a draft: from session to what is shown next."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from pydantic import SecretStr

import outreach
from calls.lines import Line
from domain import (
    Coverage,
    Draft,
    DraftKind,
    Dropped,
    Estimate,
    Language,
    Outcome,
    Persona,
    Reading,
    Step,
    StepState,
)
from errors import Cancelled, InroadError, ModelError
from interface import filing, pacing
from interface.desk import LONG, ChangedHands, Desk, Long, Turn, View, long, quick
from interface.session import Filter, Said, Session
from interface.uploads import LARGEST, Upload
from interface.views import draft as draft_view
from interface.views import openings, options, problem, reading, start
from interface.views.markup import looks_like_address, text
from interface.views.page import Page
from store import body_of

SENTENCE_PAUSE = 0.03  # seconds; the built-in writer is too quick to be seen writing
GLANCE = 0.1  # seconds between two pictures of the reading


# --- reading -------------------------------------------------------------------------------------------


def chosen_options(turn: Turn) -> Session:
    """The session with what the form says; another persona brings its own sample."""
    session, said = turn.session, turn.said
    model = said.text("model", 200) if said.has("model") else session.model
    session = replace(
        session,
        kind=said.kind(session.kind),
        model=model,
        tone=said.tone(session.tone),
        length=said.length(session.length),
        language=said.one_of("language", dict(options.LANGUAGES), session.language),
        closing=said.line("closing", session.closing),
        why=said.line("why", session.why),
    )
    if said.text("opening-id") == (session.chosen.posting.id if session.chosen else ""):
        if said.has("recipient"):
            named = said.line("recipient", "", 80)
            # An empty field is a wish only where it was shown with the name that the page gives.
            session = replace(session, recipient=named if named or session.chosen else None)
        session = replace(session, stress=said.several("stress", session.stress))
    return _as_persona(by_choice(session), said.persona(session.profile.persona))


def _as_persona(session: Session, persona: Persona) -> Session:
    if persona is session.profile.persona:
        return session
    if session.is_sample:
        return replace(session, profile=outreach.sample_profile(persona))
    return replace(session, profile=session.profile.model_copy(update={"persona": persona}))


@long("read")
async def read(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Read an address, then list its openings or, where there is one, write at once."""
    session = replace(chosen_options(turn), source=turn.said.text("source", 2_000).strip())
    async for view in _read(desk, session, turn):
        yield view


@long("read-text")
async def read_text(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Read what a person pasted."""
    pasted, most = turn.said.text("text", LARGEST).strip(), desk.settings.max_pasted_characters
    if len(pasted) > most:
        wrong = f"This text has {len(pasted):,} characters; {most:,} is the most. Paste one opening only."
        yield View(turn.session, stage=problem.paste(wrong))
        return
    # A single word would be taken for an address.
    source = f"{pasted}\n." if looks_like_address(pasted) else pasted
    async for view in _read(desk, replace(chosen_options(turn), source=source), turn):
        yield view


@long("again")
async def read_again(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Read the same address or text once more."""
    if not turn.session.source:
        yield View(turn.session, stage=start.resting())
        return
    async for view in _read(desk, chosen_options(turn), turn):
        yield view


async def _read(desk: Desk, session: Session, turn: Turn) -> AsyncIterator[View]:
    session = replace(_no_opening(session), reading=None, openings=(), filter=Filter())
    line = desk.lines.reading if looks_like_address(session.source) else desk.lines.writing
    async for view in _going_on(desk, session, turn, line, _steps(desk, session, turn)):
        yield view


async def _going_on(
    desk: Desk, session: Session, turn: Turn, line: Line, opened: AsyncIterator[View | Reading]
) -> AsyncIterator[View]:
    """Read when it is this person's turn, and go on from what came of it."""
    found: Reading | None = None
    async for item in desk.in_line(line, opened, session):
        if isinstance(item, Reading):
            found = item
        else:
            yield item
    if found is None:
        raise Cancelled
    async for view in _found(desk, session, found, turn):
        yield view


async def _steps(desk: Desk, session: Session, turn: Turn) -> AsyncIterator[View | Reading]:
    """A reading as it goes on, and what came of it."""
    yield View(session, stage=reading.panel(session.source, ()), bar=desk.bar(session))
    steps: list[Step] = []
    news = shown = time.monotonic()
    pictures = pacing.Pictures(GLANCE)
    under_way = outreach.reading_steps(session.source, turn.stopped)
    async for item in pacing.steps_of(under_way, desk.pool, GLANCE):
        now = time.monotonic()
        if isinstance(item, Reading):
            yield item
            return
        if item is not None:
            steps.append(item)
            news = now
        # Steps that come faster than the eye would only hold up the draft.
        is_news = shown <= news or now - news >= 8
        if is_news and pictures.is_due:
            shown = now
            pictures.begin()
            yield View(session, stage=reading.panel(session.source, steps, waited=now - news))
            pictures.end()


async def _found(desk: Desk, session: Session, found: Reading, turn: Turn) -> AsyncIterator[View]:
    """Say what is wrong, list the openings, or write for the one there is."""
    session = replace(session, reading=found)
    if found.outcome is not Outcome.OPENINGS or not found.postings:
        yield View(session, stage=problem.failed_reading(found))
        return
    to_come = Step(name=reading.TO_COME[1], state=StepState.RUNNING)
    yield View(session, stage=reading.panel(session.source, (*found.steps, to_come)))
    async for view in _ranked(desk, session, turn):
        yield view


async def saved_page(desk: Desk, turn: Turn, path: Path) -> AsyncIterator[View]:
    """Read a page that the person saved in their browser, and delete the file."""
    body = _contents(path)
    session = turn.session
    url = session.source if looks_like_address(session.source) else ""
    session = replace(_no_opening(session), openings=(), filter=Filter())
    async for view in _going_on(desk, session, turn, desk.lines.writing, _saved(desk, body, url)):
        yield view


async def _saved(desk: Desk, body: bytes, url: str) -> AsyncIterator[View | Reading]:
    yield await pacing.away(desk.pool, outreach.read_saved, body, url)


def _contents(path: Path) -> bytes:
    upload = Upload(path)
    try:
        return upload.contents("Save the page without its pictures, or paste its text.")
    finally:
        upload.discard()


async def _ranked(desk: Desk, session: Session, turn: Turn) -> AsyncIterator[View]:
    session = replace(session, chosen=None, draft=None)
    async for item in desk.in_line(desk.lines.writing, _ranking(desk, session), session, further=True):
        if isinstance(item, View):
            yield item
        else:
            session = item
    if len(session.openings) == 1:
        async for view in compose(desk, _about(session, session.openings[0]), turn, further=True):
            yield view
    else:
        yield View(session, stage=_listing(session))


async def _ranking(desk: Desk, session: Session) -> AsyncIterator[Session]:
    """The session with its openings matched with its evidence as it is now, also the chosen one."""
    assert session.reading is not None
    ranked = await pacing.away(desk.pool, outreach.rank, session.reading, session.profile)
    session = replace(session, openings=ranked)
    if session.chosen is not None:
        posting = session.chosen.posting
        session = replace(session, chosen=next(o for o in ranked if o.posting == posting))
    yield session


def _listing(session: Session) -> str:
    assert session.reading is not None
    wanted = session.filter
    return openings.listing(
        session.reading,
        session.openings,
        words=wanted.words,
        place=wanted.place,
        team=wanted.team,
        shown=wanted.shown,
    )


def completed(session: Session, stopped: Callable[[], bool]) -> Session:
    """The session with the text of the chosen opening's own page, where the list only named it."""
    assert session.reading is not None
    assert session.chosen is not None
    known = session.chosen.posting
    completed = outreach.complete(session.reading, known, cancelled=stopped)
    if completed is session.reading:
        return session
    whole = next(posting for posting in completed.postings if posting.id == known.id)
    chosen = outreach.examine(whole, session.profile)
    openings = tuple(chosen if o.posting.id == known.id else o for o in session.openings)
    return replace(session, reading=completed, openings=openings, chosen=chosen)


# --- writing -------------------------------------------------------------------------------------------


async def compose(
    desk: Desk, session: Session, turn: Turn, *, further: bool = False, waits: bool = True
) -> AsyncIterator[View]:
    """Write for the chosen opening, once its own page is read where the list only named it."""
    assert session.chosen is not None
    if not session.chosen.posting.text and session.draft is None:
        opened = _completing(desk, session, turn)
        async for item in desk.in_line(desk.lines.reading, opened, session, further=further):
            if isinstance(item, View):
                yield item
            else:
                session = item
        further = True
    work, way_round = _compose(desk, session, turn), session.writer == "model"
    async for view in desk.in_line(
        desk.lines.writing, work, session, further=further, waits=waits, way_round=way_round
    ):
        yield view


async def _completing(desk: Desk, session: Session, turn: Turn) -> AsyncIterator[View | Session]:
    assert session.chosen is not None
    yield View(session, stage=reading.panel(session.chosen.posting.url, ()))
    yield await pacing.away(desk.pool, completed, session, turn.stopped)


async def _compose(desk: Desk, session: Session, turn: Turn) -> AsyncIterator[View]:
    """Write for the chosen opening; each sentence is shown as soon as it is checked."""
    session = await pacing.away(desk.pool, _examined, session)
    session = replace(session, draft=None, drafted_for=session.profile, edit=None, editing=False)
    yield View(session, bar=desk.bar(session))
    assert session.chosen is not None
    asked = wanted(session, turn.said)
    page = draft_page(desk, session)
    if asked.writer == "model":
        page = replace(page, model=desk.name_of(session.model, session))
        yield View(session, stage=draft_view.screen(page))
        page = replace(page, estimate=await pacing.away(desk.pool, _foreseen, session, asked))
        yield View(session, stage=draft_view.screen(page))
    pictures = pacing.Pictures()
    events = outreach.draft(session.chosen, session.profile, asked)
    async for event in pacing.steps_of(events, desk.pool):
        if isinstance(event, outreach.Waiting):
            yield View(session, stage=reading.busy(event.estimate))
            continue
        if isinstance(event, Draft):
            session, page = await pacing.away(desk.pool, _finished, desk, session, event, page)
        elif event is not None:
            page = _told(page, event)
        if page.is_document and page.draft is None and event is not None:
            continue  # it is laid out as a whole
        if page.draft is None and not pictures.is_due:
            continue
        pictures.begin()
        yield View(session, stage=draft_view.screen(page))
        pictures.end()
        if event is not None and page.draft is None and not desk.lines.writing.is_long:
            await asyncio.sleep(SENTENCE_PAUSE)


def _examined(session: Session) -> Session:
    """The session with its chosen opening matched in full."""
    chosen = session.chosen
    assert chosen is not None
    if chosen.thorough:
        return session
    return replace(session, chosen=outreach.examine(chosen.posting, session.profile))


def _told(page: Page, event: outreach.Checked | Dropped | outreach.Handover) -> Page:
    """The draft screen with what has become known while it is written."""
    if isinstance(event, outreach.Checked):
        return replace(page, checked=(*page.checked, event))
    if isinstance(event, Dropped):
        return replace(page, dropped=(*page.dropped, event))
    return replace(page, checked=(), dropped=(), handover=event.reason)


def _finished(desk: Desk, session: Session, draft: Draft, page: Page) -> tuple[Session, Page]:
    """Keep what is finished; the session and the screen with it."""
    session, wrong = _kept(desk, replace(session, draft=draft), page.instructions)
    kept = desk.keeping(session) if session.saved else None
    return session, replace(page, draft=draft, coverage=_coverage(session), note=wrong, kept=kept)


def _kept(desk: Desk, session: Session, asks: tuple[str, ...]) -> tuple[Session, str]:
    """The session with its draft kept, or why that could not be: the draft is there all the same."""
    try:
        return filing.keep(desk, session, asks), ""
    except ChangedHands:
        raise
    except InroadError as error:
        return session, filing.not_saved(error)


def _about(session: Session, opening: outreach.Opening) -> Session:
    """The session turned to an opening: what was decided about the one before is about it alone."""
    return replace(
        session,
        chosen=opening,
        draft=None,
        say_gap=False,
        set_aside=(),
        seed=0,
        after=None,
        saved="",
        follows="",
    )


def _no_opening(session: Session) -> Session:
    """The session turned away from an opening; a name typed before any was chosen stays."""
    if session.chosen is not None:
        session = replace(session, recipient=None, stress=())
    session = replace(session, chosen=None, draft=None, edit=None, editing=False)
    return replace(session, after=None, saved="", follows="")


def wanted(session: Session, said: Said) -> outreach.Options:
    """What is asked of the writer. A key of the person's own comes with each request, and goes with it."""
    return outreach.Options(
        kind=session.kind,
        writer=session.writer,
        model="" if session.model == options.SET_UP else session.model,
        key=key_of(said),
        say_gap=session.say_gap,
        why=session.why,
        closing=session.closing,
        recipient=session.recipient,
        stress=session.stress,
        tone=session.tone,
        length=session.length,
        language=language_of(session.language),
        after=session.after,
        seed=session.seed,
    )


def key_of(said: Said) -> SecretStr | None:
    """The key that a person lends for this request."""
    key = said.text("key", 300).strip()
    return SecretStr(key) if key else None


def language_of(choice: str) -> Language | Literal["auto"]:
    """The language to write in: the chosen one; "auto" takes the page's where the evidence is in it too."""
    return next((known for known in get_args(Language) if known == choice), "auto")


def draft_page(desk: Desk, session: Session) -> Page:
    """What the draft screen shows of a session."""
    assert session.reading is not None
    assert session.chosen is not None
    return Page(
        reading=session.reading,
        opening=session.chosen,
        profile=session.drafted_for or session.profile,
        kind=session.kind,
        draft=session.draft,
        stale=session.is_stale,
        several=len(session.openings) > 1,
        say_gap=session.say_gap,
        set_aside=session.set_aside,
        has_model=desk.settings.has_model or bool(session.model),
        edit=session.edit,
        editing=session.editing,
        follows=session.after is not None,
        coverage=_coverage(session),
        kept=desk.keeping(session) if session.saved and session.draft is not None else None,
    )


def _coverage(session: Session) -> Coverage | None:
    """How much of what the opening names the letter names, as it stands."""
    if session.draft is None or session.chosen is None or session.editing:
        return None
    if session.draft.resume is not None:
        return session.draft.resume.coverage
    body = session.edit.body if session.edit else body_of(session.draft.sentences)
    return outreach.coverage(session.chosen, session.drafted_for or session.profile, body)


@long("write")
async def write(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Write for one opening of the list."""
    session, number = turn.session, turn.said.number("opening")
    if number is None or number >= len(session.openings):
        raise InroadError("This list is no longer here.", "Read the page again.")
    opening = session.openings[number]
    async for view in compose(desk, _about(chosen_options(turn), opening), turn):
        yield view


def _foreseen(session: Session, asked: outreach.Options) -> Estimate | None:
    """What the call will take; a model that cannot be asked tells its reason when it is called."""
    assert session.chosen is not None
    try:
        return outreach.budget_for(session.chosen, session.profile, asked)
    except ModelError:
        return None


def by_choice(session: Session) -> Session:
    """The session with the writer that was chosen; "the built-in writer now" holds for one draft."""
    return replace(session, writer="model" if session.model else "embedded")


def _rewriting(*, waits: bool = True, **changes: object) -> Long:
    """A verb that writes the same opening again with something changed."""

    async def rewrite(desk: Desk, turn: Turn) -> AsyncIterator[View]:
        if turn.session.chosen is None or turn.session.reading is None:
            yield View(turn.session, stage=start.resting())
            return
        session = replace(by_choice(turn.session), **changes)  # type: ignore[arg-type]
        async for view in compose(desk, session, turn, waits=waits):
            yield view

    return rewrite


@long("follow-up")
async def follow_up(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Write the message that follows the one that is finished."""
    session = turn.session
    if session.draft is None or session.chosen is None:
        yield View(session, stage=start.resting())
        return
    first = {"after": session.draft, "before": session.edit, "follows": session.saved}
    follows = replace(by_choice(session), kind=DraftKind.FOLLOW_UP, **first)  # type: ignore[arg-type]
    async for view in compose(desk, follows, turn):
        yield view


LONG["say-gap"] = _rewriting(say_gap=True)
LONG["hide-gap"] = _rewriting(say_gap=False)
LONG["write-model"] = _rewriting(writer="model")
LONG["write-embedded"] = _rewriting(writer="embedded", waits=False)  # the way round the line


@long("write-again")
async def write_again(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Write once more, in other words."""
    async for view in _rewriting(seed=turn.session.seed + 1)(desk, turn):
        yield view


@long("switch")
async def switch(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Another kind or persona: the same reading is used, nothing is fetched again."""
    before, session = turn.session, chosen_options(turn)
    if before.after is not None and turn.said.has("apply"):
        session = replace(session, kind=before.kind)  # the form shows the kind of the message before
    else:
        session = replace(session, after=None, follows="")
    changed = session.profile is not before.profile
    if changed:
        session = _unmatched(session)
    if changed and session.kept is not None and not session.is_sample:
        kept, persona = session.kept.id, session.profile.persona
        await pacing.away(desk.pool, desk.store.set_persona, session.person, kept, persona)
    yield View(session, bar=desk.bar(session), evidence=desk.evidence(session) if changed else None)
    if session.reading is None or not session.openings:
        return
    async for view in _rework(desk, session, turn, rematch=changed):
        yield view


async def _rework(desk: Desk, session: Session, turn: Turn, *, rematch: bool) -> AsyncIterator[View]:
    """Rank or write again, in turn, after a change of kind or of evidence."""
    if rematch:
        async for item in desk.in_line(desk.lines.writing, _ranking(desk, session), session):
            if isinstance(item, View):
                yield item
            else:
                session = item
    if session.chosen is None:
        yield View(session, stage=_listing(session))
        return
    async for view in compose(desk, by_choice(session), turn, further=rematch):
        yield view


def _unmatched(session: Session) -> Session:
    """The session after a change of evidence: what is written meanwhile does not rest on the old matches."""
    if session.chosen is None:
        return session
    return replace(session, chosen=session.chosen.model_copy(update={"thorough": False}))


@long("rework")
async def rework(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Match and write again with the evidence as it is now."""
    if turn.session.reading is None or not turn.session.openings:
        yield View(turn.session, stage=start.resting())
        return
    async for view in _rework(desk, turn.session, turn, rematch=True):
        yield view


@long("use-sample")
async def use_sample(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Go back to the sample evidence, and write again where an opening is chosen."""
    session = turn.session
    if not session.is_sample:
        sample = outreach.sample_profile(session.profile.persona)
        session = replace(session, profile=sample, is_sample=True)
    async for view in _changed_sides(desk, turn, session, "The sample evidence is in use."):
        yield view


@long("use-mine")
async def use_mine(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """Back from the sample to the person's own evidence."""
    session = turn.session
    if session.is_sample and session.kept is not None:
        session = replace(session, profile=session.signed(session.kept.profile), is_sample=False)
    async for view in _changed_sides(desk, turn, session, "Your own evidence is in use."):
        yield view


async def _changed_sides(desk: Desk, turn: Turn, session: Session, note: str) -> AsyncIterator[View]:
    session = _unmatched(session)
    yield View(session, bar=desk.bar(session), evidence=desk.evidence(session, note))
    if session.reading is not None and session.openings:
        async for view in _rework(desk, session, turn, rematch=True):
            yield view


# --- at once: finding the way --------------------------------------------------------------------------


@quick("start")
def back_to_start(desk: Desk, turn: Turn) -> View:
    return View(turn.session, stage=start.resting(), bar=desk.bar(turn.session))


@quick("stop")
def stop(desk: Desk, turn: Turn) -> View:
    """What is shown after Cancel or Stop."""
    session = replace(_no_opening(turn.session), reading=None, openings=())
    return View(session, stage=start.resting(), bar=desk.bar(session, Cancelled().message))


@quick("paste")
def paste(_desk: Desk, turn: Turn) -> View:
    return View(turn.session, stage=problem.paste())


@quick("choose")
def choose(desk: Desk, turn: Turn) -> View:
    """Back to the list of openings."""
    session = _no_opening(turn.session)
    if session.reading is None:
        return View(session, stage=start.resting())
    bar = desk.bar(session) if turn.session.chosen is not None else None
    return View(session, stage=_listing(session), bar=bar)


@quick("first-message")
def first_message(desk: Desk, turn: Turn) -> View:
    """Back from a follow-up to the message that it follows."""
    session = turn.session
    if session.after is None:
        return drawn(desk, session)
    session = replace(
        session,
        kind=session.after.kind,
        draft=session.after,
        after=None,
        saved=session.follows,
        follows="",
        edit=session.before,
        editing=False,
    )
    return drawn(desk, session)


@quick("filter")
def filter_openings(desk: Desk, turn: Turn) -> View:
    said = turn.said
    wanted = Filter(words=said.text("words", 100), place=said.text("place"), team=said.text("team"))
    session = replace(turn.session, filter=wanted)
    return choose(desk, replace(turn, session=session))


@quick("show-more")
def show_more(desk: Desk, turn: Turn) -> View:
    wanted = turn.session.filter
    wider = replace(turn.session, filter=replace(wanted, shown=wanted.shown + openings.PAGE))
    return choose(desk, replace(turn, session=wider))


@quick("models")
def models(desk: Desk, turn: Turn) -> View:
    """The models that could write, for whoever lent a key as for the rest."""
    offered = desk.offered(turn.said.text("key", 300))
    session = replace(turn.session, offered=offered)
    return View(session, bar=desk.bar(session))


@quick("set-aside")
def set_aside(desk: Desk, turn: Turn) -> View:
    """A skill the person says they do not have: it is not asked about again."""
    session = replace(turn.session, set_aside=(*turn.session.set_aside, turn.said.text("skill")))
    return drawn(desk, session)


def drawn(desk: Desk, session: Session, note: str = "") -> View:
    """The draft once more, as it stands now; `note` says what just happened."""
    if session.draft is None or session.chosen is None or session.reading is None:
        return View(session, stage=start.resting())
    return View(session, stage=draft_view.screen(replace(draft_page(desk, session), note=note)))


def redrawn(desk: Desk, session: Session) -> str:
    """The stage once the evidence has changed: a list, or a draft that may say that it is older."""
    if session.chosen is None:
        return _listing(session)
    if session.draft is None:
        return problem.nothing_matches("Your evidence has changed since.", stale=True)
    return draft_view.screen(draft_page(desk, session))


def wire(message: dict[str, object]) -> str:
    """A message for `behaviour.js`, as text inside an element that nobody sees."""
    return f"<pre>{text(json.dumps(message))}</pre>"


def file_wire(turn: Turn, name: str, data: bytes) -> str:
    """A file for the browser to save; it goes through memory only."""
    encoded = base64.b64encode(data).decode()
    return wire({"do": "file", "n": turn.said.text("n"), "name": name, "data": encoded})
