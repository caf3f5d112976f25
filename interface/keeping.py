"""What a person does with their evidence: each verb changes what is kept, then shows it anew.

A mistake, or what cannot be saved, is said on the evidence page itself; what was kept before is still there.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import wraps
from typing import Literal

import outreach
from domain import Document, Evidence, Profile
from errors import Cancelled, InroadError, NotFound
from interface import failing, importing
from interface.desk import QUICK, ChangedHands, Desk, Quick, Turn, View
from interface.session import Said, Session
from interface.uploads import LEAVE_OUT, TOO_LARGE
from interface.verbs import file_wire, redrawn
from interface.views import imports, items
from interface.views.evidence import CONTACTS
from interface.views.items import FORM, Review
from store import Begin, Item, Kept

SKILLS = "\n\nSkills\n"  # between the two fields of the form, in the text of its document
FIRST = "My evidence"
VERBS: set[str] = set()  # the names of those here


def verb(name: str) -> Callable[[Quick], Quick]:
    """Register a verb of the evidence page, whose errors are told there."""

    def register(function: Quick) -> Quick:
        @wraps(function)
        def told(desk: Desk, turn: Turn) -> View:
            turn = _looking(turn)
            try:
                with desk.here(turn.session):
                    return function(desk, turn)
            except ChangedHands:
                raise
            except NotFound:
                session = fresh(desk, turn.session)
                return shown(desk, session, wrong="This is no longer here. You see how it stands now.")
            except InroadError as error:
                return shown(desk, turn.session, wrong=str(error))
            except Exception as error:  # noqa: BLE001  # our own faults, told where the person is looking
                return shown(desk, turn.session, wrong=failing.in_words(error))

        QUICK[name] = told
        VERBS.add(name)
        return told

    return register


def _looking(turn: Turn) -> Turn:
    """The browser lights an item without asking; what it shows is told with the next thing asked for."""
    if not turn.said.has("looking"):
        return turn
    review = replace(turn.session.review, item=turn.said.text("looking", 20))
    return replace(turn, session=replace(turn.session, review=review))


# --- what is kept, and what of it is used ---------------------------------------------------------------


def shown(desk: Desk, session: Session, wrong: str = "") -> View:
    """The evidence page alone."""
    return View(session, evidence=desk.evidence(session, wrong=wrong))


def fresh(desk: Desk, session: Session, profile_id: str = "") -> Session:
    """The session with its profile as it is kept now, or with another one of the person.

    Without any the sample is used, or nothing where the person put the sample away.
    """
    summaries = desk.store.profiles(session.person)
    wanted = profile_id or (session.kept.id if session.kept else "")
    if wanted not in {one.id for one in summaries}:
        wanted = summaries[0].id if summaries else ""
    if not wanted:
        return _without(replace(session, kept=None, shelves=(), form={}, review=Review()))
    kept = desk.store.load(session.person, wanted)
    changed = session.kept is None or session.kept.id != kept.id
    session = replace(session, kept=kept, shelves=summaries, form=form_of(kept))
    if changed:
        session = replace(session, review=Review())
    return session if session.is_sample else replace(session, profile=session.signed(kept.profile))


def _without(session: Session) -> Session:
    if session.is_sample:
        return session
    sample = outreach.sample_profile(session.profile.persona)
    return replace(session, profile=sample, is_sample=True)


def own(session: Session) -> Session:
    """The session with the person's own evidence in use."""
    if session.kept is None:
        return session
    return replace(session, profile=session.signed(session.kept.profile), is_sample=False)


def with_profile(desk: Desk, session: Session, note: str = "", undo: tuple[str, str] = ("", "")) -> View:
    """Show another profile. A list is ranked anew; a draft stays, and says that the evidence has changed."""
    stage = None
    if session.chosen is not None:
        stage = redrawn(desk, session)
    elif session.reading is not None and session.openings:
        session = replace(session, openings=outreach.rank(session.reading, session.profile))
        stage = redrawn(desk, session)
    return View(session, stage=stage, bar=desk.bar(session), evidence=desk.evidence(session, note, "", undo))


@verb("enter")
def enter(desk: Desk, turn: Turn) -> View:
    """What a page shows when it is opened: the person's own evidence, where there is any."""
    desk.purge()
    session = own(fresh(desk, turn.session))
    if session.kept is None:
        return View(session)
    desk.store.seen(session.person)
    return with_profile(desk, session)


def open_profile(desk: Desk, session: Session) -> str:
    """The open profile, begun where there is none."""
    if session.kept is not None:
        return session.kept.id
    return desk.store.create(session.person, FIRST, session.profile.persona)


def _shelf(session: Session) -> str | Begin:
    """The open profile, or one that begins with what is kept next."""
    return session.kept.id if session.kept else Begin(label=FIRST, persona=session.profile.persona)


def _changed(
    desk: Desk, session: Session, note: str = "", *, undo: tuple[str, str] = ("", ""), closes: str = ""
) -> View:
    """After a change: what is kept now, in use.

    Args:
        desk: Where it happens.
        session: Whose evidence changed.
        note: What just happened.
        undo: The verb and the item that take it back.
        closes: What was open for this change; something else that is being written stays open.
    """
    still = session.review.open if session.review.open != closes else ""
    session = replace(session, review=replace(session.review, open=still, merging=(), asking=""))
    return with_profile(desk, own(fresh(desk, session)), note, undo)


def _kept(session: Session) -> Kept:
    if session.kept is None:
        raise NotFound("There is no profile yet.", "Add a résumé first.")
    return session.kept


@verb("look-again")
def look_again(desk: Desk, turn: Turn) -> View:
    """Another page of the same person may have changed something."""
    session = turn.session
    if desk.store.profiles(session.person) == session.shelves:
        return View(session)
    now = fresh(desk, session)
    return with_profile(desk, own(now) if session.kept is None else now)


# --- bringing files -------------------------------------------------------------------------------------


def keeper(desk: Desk, session: Session) -> importing.Keep:
    """Keeps what is read from a page's files in its open profile, which is begun with the first of them."""
    tray = desk.tray(session.key)
    tray.person = session.person
    tray.shelf = session.kept.id if session.kept else tray.shelf

    def keep(file: importing.File, data: bytes, document: Document, profile: Profile) -> str:
        with desk.here(session) as person:
            return put(person, file, data, document, profile)

    def put(person: str, file: importing.File, data: bytes, document: Document, profile: Profile) -> str:
        known = {one.id for one in desk.store.profiles(person)}
        if tray.shelf and tray.shelf not in known:  # deleted meanwhile: nothing of it comes back
            tray.shelf = ""
            raise Cancelled
        label = profile.organization or profile.name or FIRST
        shelf = tray.shelf or Begin(label=label, persona=session.profile.persona)
        added = desk.store.add(person, shelf, document, profile)
        tray.shelf = added.profile_id
        desk.held.put(session.key, document.digest, file.name, data)
        tray.documents.append(added.document_id)
        kept = desk.store.load(person, tray.shelf)
        check = next((d.to_check for d in kept.documents if d.id == added.document_id), 0)
        if added.unchanged:
            return "It is here already; nothing changed."
        return imports.added(added.new, added.folded, check)

    return keep


async def read_again(desk: Desk, session: Session, said: Said) -> AsyncIterator[str]:
    """Read a document once more, with the parser that the person chose, from what its page still holds."""
    tray = desk.tray(session.key)
    kept = session.kept.documents if session.kept else ()
    found = next((d.document for d in kept if d.id == said.text("document")), None)
    held = desk.held.get(session.key, found.digest) if found else None
    if found is None or held is None:
        tray.refuse(
            found.name if found else "This file", "Inroad keeps no files. Add it once more, then change this."
        )
        yield imports.panel(tray.lines)
        return
    name, data = held
    files = [importing.File(name, lambda: data)]
    parser = said.text("parser")
    async for panel in importing.bring(tray, files, keeper(desk, session), desk.pool, parser=parser):
        yield panel


@verb("settle")
def settle(desk: Desk, turn: Turn) -> View:
    """Show what came of the files that were brought."""
    session, tray = turn.session, desk.tray(turn.session.key)
    if not tray.shelf and session.kept is None:
        return View(session, imports=imports.panel(tray.lines))
    now = own(fresh(desk, session, tray.shelf))
    read, tray.documents = tray.documents, []
    review = replace(now.review, asking="", document=read[0] if len(read) == 1 else "")
    now = replace(now, review=review)
    return replace(with_profile(desk, now), imports=imports.panel(tray.lines))


@verb("halt")
def halt(desk: Desk, turn: Turn) -> View:
    """Stop reading files; those that were read stay."""
    desk.tray(turn.session.key).stop()
    return settle(desk, turn)


@verb("clear-list")
def clear_list(desk: Desk, turn: Turn) -> View:
    tray = desk.tray(turn.session.key)
    tray.clear()
    return View(turn.session, imports=imports.panel(tray.lines))


@verb("too-large")
def too_large(desk: Desk, turn: Turn) -> View:
    """Files that the browser did not send."""
    tray = desk.tray(turn.session.key)
    for name in turn.said.text("names", 5_000).split("\n")[:50]:
        tray.refuse(name[:200], f"{TOO_LARGE} {LEAVE_OUT}")
    return View(turn.session, imports=imports.panel(tray.lines))


# --- finding the way ------------------------------------------------------------------------------------


def _review(desk: Desk, turn: Turn, **changes: object) -> View:
    session = replace(turn.session, review=replace(turn.session.review, **changes))  # type: ignore[arg-type]
    return shown(desk, session)


@verb("see")
def see(desk: Desk, turn: Turn) -> View:
    """One document with its items, or all of them."""
    document = turn.said.text("document")
    still = "add" if turn.session.review.open == "add" else ""
    changes = {"item": "", "at": None, "filter": "", "grown": (), "open": still, "merging": ()}
    return _review(desk, turn, document=document, **changes)


@verb("pick")
def pick(desk: Desk, turn: Turn) -> View:
    """Choose an item: its place is shown."""
    return _review(desk, turn, item=turn.said.text("item"), at=None)


@verb("look-at")
def look_at(desk: Desk, turn: Turn) -> View:
    return _review(desk, turn, at=turn.said.number("at"))


@verb("filter-evidence")
def filter_evidence(desk: Desk, turn: Turn) -> View:
    return _review(desk, turn, filter=turn.said.text("words", 100), grown=())


@verb("grow")
def grow(desk: Desk, turn: Turn) -> View:
    return _review(desk, turn, grown=(*turn.session.review.grown, turn.said.text("group"))[-500:])


@verb("open")
def open_part(desk: Desk, turn: Turn) -> View:
    """Open something to be edited, or close it."""
    return _review(desk, turn, open=turn.said.text("part"), question="", words="", merging=(), asking="")


@verb("add-for")
def add_for(desk: Desk, turn: Turn) -> View:
    """Open the field for adding, with what a gap asks."""
    said = turn.said
    words, question = said.text("words", 200), said.text("question", 500)
    return _review(desk, turn, open="add", question=question, words=words, asking="", merging=())


@verb("ask")
def ask(desk: Desk, turn: Turn) -> View:
    """Ask before something is deleted."""
    return _review(desk, turn, asking=turn.said.text("what"), merging=())


# --- items ----------------------------------------------------------------------------------------------


def _item(session: Session, id_: str) -> Item:
    found = next((x for x in _kept(session).items if x.evidence.id == id_), None)
    if found is None:
        raise NotFound("This item does not exist any more.")
    return found


@verb("confirm")
def confirm(desk: Desk, turn: Turn) -> View:
    session = turn.session
    desk.store.confirm(session.person, _kept(session).id, turn.said.text("item"))
    return _changed(desk, session)


@verb("confirm-all")
def confirm_all(desk: Desk, turn: Turn) -> View:
    """Confirm what one document says, but for what is to be checked."""
    session, document = turn.session, turn.said.text("document")
    found = next((d for d in _kept(session).documents if d.id == document), None)
    said = items.said_by(_kept(session).items, found) if found else []
    ids = [item.evidence.id for item in items.confirmable(said)]
    desk.store.confirm(session.person, _kept(session).id, *ids)
    return _changed(desk, session, f"{len(ids):,} confirmed.")


@verb("hide")
def hide(desk: Desk, turn: Turn) -> View:
    session, item = turn.session, turn.said.text("item")
    desk.store.hide(session.person, _kept(session).id, item)
    note = "Removed. It is under “Hidden”, and is never used."
    return _changed(desk, session, note, undo=("show", item), closes=item)


@verb("show")
def show(desk: Desk, turn: Turn) -> View:
    session = turn.session
    desk.store.show(session.person, _kept(session).id, turn.said.text("item"))
    return _changed(desk, session, "It is used again.")


@verb("confidential")
def confidential(desk: Desk, turn: Turn) -> View:
    session, on = turn.session, bool(turn.said.text("on"))
    desk.store.set_confidential(session.person, _kept(session).id, turn.said.text("item"), on)
    return _changed(desk, session)


@verb("correct")
def correct(desk: Desk, turn: Turn) -> View:
    session, said = turn.session, turn.said
    desk.store.correct(session.person, _kept(session).id, said.text("item"), said.text("words", 4_000))
    return _changed(desk, session, "Saved. You are its source.", closes=said.text("item"))


@verb("restore")
def restore(desk: Desk, turn: Turn) -> View:
    session = turn.session
    item = turn.said.text("item")
    desk.store.restore(session.person, _kept(session).id, item)
    return _changed(desk, session, "It says again what the document says.", closes=item)


@verb("answer")
def answer(desk: Desk, turn: Turn) -> View:
    """Settle a question with one of its answers, or in the person's own words."""
    session, said = turn.session, turn.said
    item, doubt = _item(session, said.text("item")), said.text("doubt")
    words, ready = said.text("words", 4_000).strip(), said.number("answer")
    if not words and ready is None and said.text("answer") != "as-it-is":
        raise InroadError("There is nothing written here.", "Say what is right.")
    ready = None if words else ready
    desk.store.answer(session.person, _kept(session).id, item.evidence.id, doubt, words, ready=ready)
    return _changed(desk, session)


@verb("left")
def left(desk: Desk, turn: Turn) -> View:
    """A job that goes on no more: the question is settled once its heading says until when."""
    session, said = turn.session, turn.said
    item, doubt = _item(session, said.text("item")), said.text("doubt")
    desk.store.answer(session.person, _kept(session).id, item.evidence.id, doubt)
    if item.evidence.record:
        desk.store.set_record(session.person, _kept(session).id, item.evidence.record, current=False)
    now = own(fresh(desk, session))
    now = replace(now, review=replace(now.review, open=item.evidence.record or "", merging=(), asking=""))
    return with_profile(desk, now, "Say until when, in its heading.")


@verb("merge")
def merge(desk: Desk, turn: Turn) -> View:
    """Two items that say the same: the first, then the other."""
    chosen = (*turn.session.review.merging, turn.said.text("item"))
    return _review(desk, turn, merging=tuple(dict.fromkeys(chosen))[-2:])


@verb("merge-stop")
def merge_stop(desk: Desk, turn: Turn) -> View:
    return _review(desk, turn, merging=())


@verb("merge-keep")
def merge_keep(desk: Desk, turn: Turn) -> View:
    session, kept = turn.session, turn.said.text("item")
    others = [id_ for id_ in session.review.merging if id_ != kept]
    desk.store.merge(session.person, _kept(session).id, others, kept)
    return _changed(desk, session, "They are one item now.", undo=("unmerge", kept))


@verb("unmerge")
def unmerge(desk: Desk, turn: Turn) -> View:
    session = turn.session
    desk.store.unmerge(session.person, _kept(session).id, turn.said.text("item"))
    return _changed(desk, session, "They are apart again.")


@verb("set-record")
def set_record(desk: Desk, turn: Turn) -> View:
    session, said = turn.session, turn.said
    current = bool(said.text("current"))
    facts = {name: said.text(name, 400).strip() for name in ("title", "organization", "start", "end")}
    if current:
        facts["end"] = ""
    before = next((r for r in _kept(session).profile.records if r.id == said.text("record")), None)
    if before is None:
        raise NotFound("This heading does not exist any more.")
    changed: dict[str, str | bool] = {k: v for k, v in facts.items() if v != getattr(before, k)}
    if current != before.current:
        changed["current"] = current
    desk.store.set_record(session.person, _kept(session).id, before.id, **changed)
    return _changed(desk, session, "Saved.", closes=before.id)


@verb("leave-out")
def leave_out(desk: Desk, turn: Turn) -> View:
    """Leave an item of the sample out, for this visit."""
    session = turn.session
    if not session.is_sample:
        return View(session)
    profile = outreach.remove_evidence(session.profile, turn.said.text("item"))
    return with_profile(desk, replace(session, profile=profile), "Removed.")


# --- in the person's own words --------------------------------------------------------------------------


@verb("add-own")
def add_own(desk: Desk, turn: Turn) -> View:
    """One more item that the person is the source of. All of them are one document."""
    session = turn.session
    words = " ".join(turn.said.text("words", 4_000).split())
    if not words:
        raise InroadError("There is nothing written here.", "Say it in a sentence.")
    now, item_id = put_words(desk, session, words, turn.said.text("record"))
    now = replace(now, review=Review(item=item_id))
    return _changed(desk, now, "Added. You are its source.")


def put_words(desk: Desk, session: Session, words: str, record: str) -> tuple[Session, str]:
    """Keep one more thing that the person says; the session as it is kept now, and the item's id."""
    document, item = outreach.own_words(words, record)
    added = desk.store.append(session.person, _shelf(session), document, item)
    return fresh(desk, session, added.profile_id), added.item_id


def _document(name: str, body: str) -> Document:
    return Document(name=name, digest=hashlib.sha256(body.encode()).hexdigest(), format="Form", text=body)


@verb("save-form")
def save_form(desk: Desk, turn: Turn) -> View:
    """Keep what the form says: contacts as the person wants them, the rest as a document of its own."""
    session, said = turn.session, turn.said
    form = {name: said.text(name).strip() for name in CONTACTS}
    form["experience"] = said.text("experience", 20_000).strip()
    form["skills"] = said.text("skills", 20_000).strip()
    form["persona"] = said.persona(session.profile.persona).value
    session = replace(session, form=form)
    try:
        id_ = _keep_form(desk, session, form)
    except InroadError as error:
        return shown(desk, session, wrong=str(error))
    saved = "Saved." if desk.keeping(session) in ("local", "account") else "Saved for this visit."
    return _changed(desk, own(fresh(desk, replace(session, is_sample=False), id_)), saved)


def _keep_form(desk: Desk, session: Session, form: dict[str, str]) -> str:
    """Keep what was changed in this form since it was shown, beside what another page saved meanwhile."""
    kept, profile = session.kept, outreach.profile_from_form(form)
    before = kept.profile if kept else Profile(id="", name="")
    seen = form_of(kept) if kept else _texts("")
    told = {name: getattr(profile, name) for name in CONTACTS}
    label = profile.organization or profile.name

    def write(body: str) -> tuple[Document, Profile] | None:
        now = _texts(body)
        beside = {name: _beside(form[name], seen[name], now[name], name == "skills") for name in now}
        return _form_document(form | beside)

    return desk.store.save(
        session.person,
        _shelf(session),
        (FORM, "Form"),
        write,
        contacts={name: value for name, value in told.items() if value != getattr(before, name)},
        persona=profile.persona if kept is None or profile.persona != before.persona else None,
        label=(FIRST, label),
    ).profile_id


def _beside(mine: str, seen: str, now: str, is_list: bool) -> str:
    """What is typed here, with what another page added to the field meanwhile where it stands there."""
    if now == seen:
        return mine
    cut, glue = (r"[,;\n]", ", ") if is_list else (r"\n", "\n")
    mine_, seen_, now_ = ([x.strip() if is_list else x for x in re.split(cut, y)] for y in (mine, seen, now))
    known, at = {*mine_, *seen_}, 0
    added = [x for x in now_ if x not in known]
    if not added:
        return mine
    for part in now_:
        if part in added:
            mine_.insert(at, part)
            at += 1
        elif part and part in mine_:
            at = mine_.index(part) + 1
    return glue.join(part for part in mine_ if part or not is_list).strip()


def _form_document(form: dict[str, str]) -> tuple[Document, Profile] | None:
    """The long fields as a document; none where they say nothing."""
    profile = outreach.profile_from_form(form)
    if not profile.evidence:
        return None
    body = f"{form['experience']}{SKILLS}{form['skills']}" if form["skills"] else form["experience"]
    shift = len(form["experience"]) + len(SKILLS)
    evidence = tuple(_shifted(x, shift) if x.source.place == "skills" else x for x in profile.evidence)
    # Contacts are kept as the person's decision, not as what a document says.
    bare = dict.fromkeys(CONTACTS, "") | {"links": (), "evidence": evidence, "fields": ()}
    return _document(FORM, body), profile.model_copy(update=bare)


def _shifted(item: Evidence, by: int) -> Evidence:
    """A skill's place in the text of the whole form."""
    source = item.source
    if source.start is None or source.end is None:
        return item
    moved = source.model_copy(update={"start": source.start + by, "end": source.end + by})
    return item.model_copy(update={"source": moved})


def form_of(kept: Kept) -> dict[str, str]:
    """The fields of the form as they were saved."""
    profile = kept.profile
    form = {name: str(getattr(profile, name)) for name in CONTACTS if name != "links"}
    form["links"] = " ".join(profile.links)
    form["persona"] = profile.persona.value
    body = next((d.document.text for d in kept.documents if d.document.name == FORM), "")
    return form | _texts(body)


def _texts(body: str) -> dict[str, str]:
    """The two long fields of the form, from the text of its document."""
    experience, between, skills = body.rpartition(SKILLS)
    return {"experience": experience, "skills": skills} if between else {"experience": body, "skills": ""}


@verb("use-contact")
def use_contact(desk: Desk, turn: Turn) -> View:
    """Use a contact that a document gives instead of the one in use; a link is used beside the others."""
    session, field, value = turn.session, turn.said.text("field"), turn.said.text("value", 2_000)
    kept = _kept(session)
    if (field, value) not in {(offer.field, offer.value) for offer in kept.offers}:
        raise NotFound("This was found no longer.")
    wanted: str | tuple[str, ...] = (*kept.profile.links, value) if field == "links" else value
    desk.store.set_contacts(session.person, kept.id, **{field: wanted})
    return _changed(desk, session)


# --- profiles -------------------------------------------------------------------------------------------


@verb("clear")
def clear(desk: Desk, turn: Turn) -> View:
    """Put the sample away and begin with nothing."""
    session = turn.session
    id_ = open_profile(desk, session)
    return with_profile(desk, own(fresh(desk, session, id_)), "The sample is put away.")


@verb("use-profile")
def use_profile(desk: Desk, turn: Turn) -> View:
    session = fresh(desk, turn.session, turn.said.text("profile"))
    if session.kept is None:
        return shown(desk, session)
    # What was changed last opens first the next time, and that is to be this one.
    desk.store.touch(session.person, session.kept.id)
    return with_profile(desk, own(fresh(desk, session)))


@verb("new-profile")
def new_profile(desk: Desk, turn: Turn) -> View:
    session, said = turn.session, turn.said
    label = " ".join(said.text("label", 80).split())
    if not label:
        raise InroadError("A profile needs a name.")
    id_ = desk.store.create(session.person, label, said.persona(session.profile.persona))
    return with_profile(
        desk, own(fresh(desk, session, id_)), "A new profile. Add a résumé or portfolio to it."
    )


@verb("rename")
def rename(desk: Desk, turn: Turn) -> View:
    session, label = turn.session, " ".join(turn.said.text("label", 80).split())
    if not label:
        raise InroadError("A profile needs a name.")
    desk.store.rename(session.person, _kept(session).id, label)
    return _changed(desk, session, closes="label")


@verb("delete")
def delete(desk: Desk, turn: Turn) -> View:
    """Delete what was asked about, and show what is left."""
    session, what = turn.session, turn.said.text("what")
    kept = _kept(session)
    if what != session.review.asking:
        raise NotFound("This was not asked about.")
    if what == "all":
        session, note = _without_everything(desk, session), "Everything is deleted."
    elif what == "profile":
        desk.dismiss(session.person, kept.id)
        desk.store.remove(session.person, kept.id)
        note = f"“{kept.label}” is deleted."
    else:
        desk.store.remove_document(session.person, kept.id, what)
        desk.held.forget(session.key)
        review = replace(session.review, document="", item="", at=None)
        return _changed(desk, replace(session, review=review), "The source and what only it said are gone.")
    desk.held.forget(session.key)
    gone = with_profile(desk, fresh(desk, replace(session, review=Review())), note)
    return replace(gone, imports=imports.panel(desk.tray(session.key).lines))


def _without_everything(desk: Desk, session: Session) -> Session:
    """All of a person goes, the draft too; what is being read goes first, or it would begin them anew."""
    desk.stop(session.key)
    desk.dismiss(session.person)
    if session.account is None:
        desk.store.delete_person(session.person)
    else:
        desk.store.empty(session.person)
    return replace(session, draft=None, drafted_for=None, edit=None, editing=False, saved="", follows="")


@verb("take")
def take(_desk: Desk, turn: Turn) -> View:
    """The evidence as a file; it goes through memory only."""
    forms: dict[str, Literal["json", "csv"]] = {"json": "json", "csv": "csv"}
    form, kept = forms.get(turn.said.text("form")), _kept(turn.session)
    if form is None:
        raise InroadError("This form of download does not exist.")
    name, data = outreach.export_evidence(form, kept.profile, kept.items, kept.documents)
    return View(turn.session, wire=file_wire(turn, name, data))
