"""What a person makes of a draft. An edit is checked as it is typed.

Each line that nothing supports can be taken back, removed, vouched for, or made evidence.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import outreach
from domain import Evidence, SentenceKind, Verdict
from errors import InroadError
from interface import filing, keeping, pacing
from interface.desk import Desk, Turn, View, long, quick
from interface.session import Session
from interface.verbs import compose, drawn, wire
from interface.views import editing, letter
from interface.views.editing import Edit, Line
from store import body_of, resting

NOTHING = Edit(subject="", body="")


@quick("edit")
def begin_edit(desk: Desk, turn: Turn) -> View:
    session = turn.session
    edit = session.edit
    if edit is None and session.draft is not None:
        edit = checked_edit(session, session.draft.subject, body_of(session.draft.sentences))
    return drawn(desk, replace(session, edit=edit, editing=True))


def checked_edit(session: Session, subject: str, body: str) -> Edit:
    """Check an edited letter; a sentence the draft already had has passed before.

    What the person said of a line before, that it is true or is evidence now, still holds for those words.
    """
    assert session.chosen is not None
    assert session.draft is not None
    before = session.edit or NOTHING
    written = session.draft.sentences
    originals = [s for s in written if s.kind is not SentenceKind.SUBJECT]
    passed = {s.text: s.rests_on if s.kind in letter.MARKED else () for s in written}
    writer = session.drafted_for or session.profile
    edited = outreach.check_edit(session.chosen, writer, session.kind, body)
    paragraphs: list[list[list[Line]]] = []
    at = 0
    for sentence in edited:
        begin = body.find(sentence.text, at)
        gap = body[at:begin] if begin >= 0 else " "
        at = begin + len(sentence.text) if begin >= 0 else at
        if sentence.text in passed:
            line = Line(sentence.text, Verdict(supported=True), passed[sentence.text])
        else:
            line = Line(sentence.text, sentence.verdict, resting(sentence, originals))
        if not paragraphs or gap.count("\n") > 1:
            paragraphs.append([[line]])
        elif "\n" in gap:
            paragraphs[-1].append([line])
        else:
            paragraphs[-1][-1].append(line)
    frozen = tuple(tuple(tuple(row) for row in paragraph) for paragraph in paragraphs)
    about = None
    if subject != session.draft.subject:
        about = outreach.check_subject(session.chosen, writer, session.kind, subject)
    return Edit(subject, body, paragraphs=frozen, kept=before.kept, sources=before.sources, about=about)


def finished(session: Session, edit: Edit) -> Edit:
    """An edited letter as a whole, before it goes out: what no single line shows."""
    assert session.chosen is not None
    assert session.draft is not None
    writer = session.drafted_for or session.profile
    told = outreach.check_document(
        session.chosen, writer, session.kind, edit.subject, edit.body, tuple(edit.kept)
    )
    # The subject was told by itself.
    return replace(edit, faults=tuple(fault for fault in told.faults if fault.check != "subject"))


def as_it_stands(turn: Turn) -> tuple[str, str]:
    """Subject and body as they stand in the browser; those of the draft where it sent none."""
    session, said = turn.session, turn.said
    if session.draft is None or session.chosen is None:
        raise InroadError("This draft is no longer here.", "Read the page again.")
    if said.has("body"):
        return " ".join(said.text("subject", 200).split()), said.text("body", 20_000).strip()
    if session.edit is not None:
        return session.edit.subject, session.edit.body
    return session.draft.subject, body_of(session.draft.sentences)


@quick("check")
def check(_desk: Desk, turn: Turn) -> View:
    """Check the letter as it is typed. The answer goes to the browser, which knows where the caret is."""
    session = replace(turn.session, edit=checked_edit(turn.session, *as_it_stands(turn)))
    return View(session, wire=_checked_wire(session, turn))


def _checked_wire(session: Session, turn: Turn) -> str:
    assert session.edit is not None
    assert session.draft is not None
    assert session.chosen is not None
    originals = session.draft.sentences
    posting = session.chosen.posting
    marks = editing.with_added(letter.numbered(originals, posting), session.edit, posting)
    return wire(
        {
            "do": "checked",
            "n": turn.said.text("n"),
            "letter": editing.body(session.edit, marks),
            "changes": editing.changes(session.edit, originals),
            "legend": editing.legend(session.edit),
            "odd": session.edit.odd_subject,
            "words": letter.count_words(session.edit.body),
        }
    )


def _named(turn: Turn) -> tuple[Session, Edit, str]:
    """The session, its letter as it stands, and the line of it that is spoken of."""
    session = turn.session
    edit = checked_edit(session, *as_it_stands(turn))
    return replace(session, edit=edit), edit, editing.nearest_line(turn.said.text("words", 2_000), edit)


@quick("edit-keep")
def keep(desk: Desk, turn: Turn) -> View:
    """The person vouches for a line themselves."""
    session, edit, line = _named(turn)
    if line:
        session = replace(session, edit=replace(edit, kept=edit.kept | {line}))
    return drawn(desk, session)


@quick("edit-keep-subject")
def keep_subject(desk: Desk, turn: Turn) -> View:
    """The person vouches for their subject."""
    session, edit, _ = _named(turn)
    return drawn(desk, replace(session, edit=replace(edit, kept=edit.kept | {edit.subject})))


@quick("edit-undo-subject")
def undo_subject(desk: Desk, turn: Turn) -> View:
    """Put the draft's own subject back."""
    session, edit, _ = _named(turn)
    assert session.draft is not None
    return drawn(desk, replace(session, edit=checked_edit(session, session.draft.subject, edit.body)))


@quick("edit-remove")
def remove(desk: Desk, turn: Turn) -> View:
    """Take a line out."""
    session, edit, line = _named(turn)
    body = editing.without(line, edit.body)
    return drawn(desk, replace(session, edit=checked_edit(session, edit.subject, body)))


@quick("edit-undo-one")
def undo_one(desk: Desk, turn: Turn) -> View:
    """Put back the sentence that an edited one came from."""
    session, edit, line = _named(turn)
    assert session.draft is not None
    original = editing.nearest(line, session.draft.sentences)
    body = edit.body.replace(line, original.text, 1) if original is not None and line else edit.body
    return drawn(desk, replace(session, edit=checked_edit(session, edit.subject, body)))


@quick("edit-add")
def add(desk: Desk, turn: Turn) -> View:
    """Make a line an item of the person's evidence, then check the letter against it."""
    session, edit, line = _named(turn)
    if not line:
        return drawn(desk, session)
    record = _record_of(session, line)
    try:
        session, item, where = _with_item(desk, session, line, record)
    except InroadError as error:
        return drawn(desk, session, str(error))
    sources: Mapping[str, str] = {**edit.sources, line: item.id}
    session = replace(session, edit=replace(edit, sources=sources))
    session = replace(session, edit=checked_edit(session, edit.subject, edit.body))
    view = drawn(desk, session, f"Added to {where}. You are its source.")
    return replace(view, bar=desk.bar(session), evidence=desk.evidence(session))


def _record_of(session: Session, line: str) -> str:
    """The role or project of the sentence that a line came from: what is added belongs there too."""
    assert session.draft is not None
    original = editing.nearest(line, session.draft.sentences)
    cited = original.rests_on if original else ()
    writer = session.drafted_for or session.profile
    return next((e.record or "" for e in writer.evidence if e.id in cited), "")


def _with_item(desk: Desk, session: Session, line: str, record: str) -> tuple[Session, Evidence, str]:
    """The session with one more item, the item, and what it was added to.

    The draft goes on citing the profile that it was written for, with this item. The sample takes it for this
    visit; a profile of the person's own keeps it.
    """
    writer, was_stale = session.drafted_for or session.profile, session.is_stale
    if session.is_sample:
        number = 1 + max((int(e.id[1:]) for e in writer.evidence if e.id[1:].isdigit()), default=0)
        _, said = outreach.own_words(line, record)
        item = said.model_copy(update={"id": f"e{number}"})
        profile = session.profile.model_copy(update={"evidence": (*session.profile.evidence, item)})
        where = "the sample, for this visit"
    else:
        with desk.here(session):
            session, item_id = keeping.put_words(desk, session, line, record)
        profile = session.profile
        item = next(e for e in profile.evidence if e.id == item_id)
        where = "your evidence"
    if was_stale:
        known = tuple(e for e in writer.evidence if e.id != item.id)
        writer = writer.model_copy(update={"evidence": (*known, item)})
    return replace(session, profile=profile, drafted_for=writer if was_stale else profile), item, where


@quick("edit-undo")
def undo_all(desk: Desk, turn: Turn) -> View:
    return begin_edit(desk, replace(turn, session=replace(turn.session, edit=None)))


@quick("edit-done")
def end_edit(desk: Desk, turn: Turn) -> View:
    """Leave the editing; a letter that is as it was counts as not edited."""
    session = turn.session
    subject, body = as_it_stands(turn)
    assert session.draft is not None
    same = (subject, body) == (session.draft.subject, body_of(session.draft.sentences))
    edit = None if same else finished(session, checked_edit(session, subject, body))
    session = replace(session, edit=edit, editing=False)
    return drawn(desk, session, filing.edited(desk, session))


@long("set-address")
async def set_address(desk: Desk, turn: Turn) -> AsyncIterator[View]:
    """The postal address that the law wants in an offer of services: kept, then written into the draft."""
    session, address = turn.session, turn.said.line("address", "", 300)
    if not address or session.chosen is None or session.draft is None:
        yield drawn(desk, session)
        return
    if session.is_sample or session.kept is None:
        profile = session.profile.model_copy(update={"postal_address": address})
        session = replace(session, profile=profile)
    else:
        kept, person = session.kept.id, session.person
        await pacing.away(desk.pool, lambda: desk.store.set_contacts(person, kept, postal_address=address))
        now = await pacing.away(desk.pool, desk.store.load, person, kept)
        session = replace(session, kept=now, profile=now.profile)
    yield View(session, evidence=desk.evidence(session))
    if session.edit is None:
        async for view in compose(desk, session, turn):
            yield view
        return
    # What the person wrote is not written anew: the address goes under it.
    edit = replace(session.edit, body=f"{session.edit.body}\n{address}")
    session = replace(session, edit=edit, drafted_for=session.profile)
    checked = await pacing.away(desk.pool, checked_edit, session, edit.subject, edit.body)
    yield drawn(desk, replace(session, edit=finished(session, checked)))
