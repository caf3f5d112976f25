"""Kept profiles and their evidence: bring documents, say more, decide what is right, take it away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import File, Form, HTTPException, Path, Query, Request, Response, UploadFile
from pydantic import AfterValidator, Field, StrictBool, StringConstraints

import calls
import outreach
from api import routing
from api.asking import Kept, Reader, Writer
from api.idempotency import Repeatable
from api.places import Writing
from domain import Noun, Persona, Record
from errors import NotFound
from store import Added, Item, KeptDocument, Offer, Store, Summary, doubt_id
from store import Kept as KeptProfile

routes = routing.routes("/profiles", "profiles and evidence", fails=(404,), route_class=Repeatable)

LARGEST = 10_000_000

Id = Annotated[str, Path(alias="id", max_length=64, description="of a profile")]
DocumentId = Annotated[str, Path(alias="document", max_length=20, description="such as `d2`")]
ItemId = Annotated[str, Path(alias="item", max_length=20, description="such as `e12`")]


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise ValueError("says nothing")
    return line


Label = Annotated[str, StringConstraints(max_length=200, pattern=r"\S"), AfterValidator(_on_one_line)]
Text = Annotated[str, StringConstraints(max_length=2_000, pattern=r"[^\W_]"), AfterValidator(_on_one_line)]
Fact = Annotated[str, Field(max_length=300)]
Link = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^\S+$")]


class Contacts(Noun):
    """Name and contacts as the person wants them; null goes back to what the documents give."""

    name: Fact | None = None
    organization: Fact | None = None
    headline: Fact | None = None
    email: Fact | None = None
    phone: Fact | None = None
    postal_address: Fact | None = None
    links: Annotated[tuple[Link, ...], Field(max_length=20)] | None = None


class NewProfile(Noun):
    """What a profile is called, and who speaks."""

    label: Label = "My evidence"
    persona: Persona = Persona.JOB_SEEKER


class ProfileChanges(Noun):
    """What is to change; what is left out stays."""

    label: Label | None = None
    persona: Persona | None = None
    contacts: Contacts | None = None


class OwnWords(Noun):
    """One more thing that the person says of themselves, on one line."""

    text: Text
    record: Annotated[str, Field(pattern=r"^r[1-9][0-9]{0,8}$")] | None = Field(
        default=None, description="the record that it belongs to, such as `r1`"
    )


class Decision(Noun):
    """What the person decides about one item; what is left out stays.

    `restore` comes first: it undoes a correction and a confirmation. A `text` confirms the item.
    """

    restore: StrictBool = Field(default=False, description="back to the words as read")
    text: Text | None = Field(default=None, description="the person's words, in place of those read")
    confirmed: StrictBool | None = Field(default=None, description="it is right as it is")
    hidden: StrictBool | None = Field(default=None, description="leave it out of the profile")
    confidential: StrictBool | None = Field(
        default=None, description="it answers requirements, but neither stands in a draft nor reaches a model"
    )


class Settled(Noun):
    """A question about one item, in its words, and what the whole item should say."""

    question: Annotated[str, Field(min_length=1, max_length=1_000)]
    text: Text | None = Field(default=None, description="left out, it is right as it is")


class Profiles(Noun):
    """The person's profiles, the one changed last first."""

    items: tuple[Summary, ...]
    next: None = None


class Paper(Noun):
    """A document that evidence was read from, without its text."""

    id: str
    name: str
    format: str
    parser: str = Field(description="the one that read its layout; empty for structured files")
    confidence: float = Field(description="0 to 1: how surely the whole was read")
    warnings: tuple[str, ...]
    items: int = Field(description="how many things it says")
    to_check: int = Field(description="how many of them have a question")
    imported_at: datetime


class ProfileAnswer(Noun):
    """A profile as it is used, without its evidence."""

    id: str
    label: str
    version: int = Field(description="grows with each change")
    persona: Persona
    name: str
    organization: str
    headline: str
    email: str
    phone: str
    postal_address: str
    links: tuple[str, ...]
    language: str
    records: tuple[Record, ...] = Field(description="roles, projects, degrees, certificates")
    documents: tuple[Paper, ...]
    offers: tuple[Offer, ...] = Field(description="contacts that documents give and the profile does not use")
    items: int = Field(description="how many things it says, without hidden ones")
    to_check: int


class EvidencePage(Noun):
    """A page of what a profile holds, in the order of its documents; hidden items too."""

    items: tuple[Item, ...]
    next: str | None = Field(default=None, description="what to send as `after` for the page that follows")


class Brought(Noun):
    """What came of a document."""

    added: Added
    document: Paper


# --- profiles ------------------------------------------------------------------------------------------


@routes.get("", summary="List your profiles")
def listed(who: Reader, kept: Kept) -> Profiles:
    """Each with how many things it says, and how many of them have a question."""
    return Profiles(items=kept.profiles(who.person))


@routes.post("", status_code=201, summary="Begin a profile")
def begin(wanted: NewProfile, who: Writer, kept: Kept) -> ProfileAnswer:
    """An empty one; add documents or say things in your own words."""
    return _answer(kept.load(who.person, kept.create(who.person, wanted.label, wanted.persona)))


@routes.get("/{id}", summary="See a profile")
def one(id_: Id, who: Reader, kept: Kept) -> ProfileAnswer:
    """Who writes, and what was read; the evidence is a list of its own."""
    return _answer(kept.load(who.person, id_))


@routes.patch("/{id}", summary="Change a profile")
def change(id_: Id, changes: ProfileChanges, who: Writer, kept: Kept) -> ProfileAnswer:
    """All of it at once, or nothing."""
    contacts = {} if changes.contacts is None else changes.contacts.model_dump(exclude_unset=True)
    if changes.model_fields_set:
        kept.describe(who.person, id_, changes.label, changes.persona, contacts)
    return _answer(kept.load(who.person, id_))


@routes.delete("/{id}", status_code=204, summary="Delete a profile")
def remove(id_: Id, who: Writer, kept: Kept) -> None:
    """It goes with all that was brought into it. Saved drafts stay, with the evidence they rest on."""
    kept.remove(who.person, id_)


def _answer(kept: KeptProfile) -> ProfileAnswer:
    profile = kept.profile
    same = ("persona", "name", "organization", "headline", "email", "phone", "postal_address", "links")
    return ProfileAnswer(
        id=kept.id,
        label=kept.label,
        version=kept.version,
        language=profile.language,
        records=profile.records,
        documents=tuple(_paper(each) for each in kept.documents),
        offers=kept.offers,
        items=len(profile.evidence),
        to_check=sum(item.to_check for item in kept.items),
        **{name: getattr(profile, name) for name in same},
    )


# --- documents -----------------------------------------------------------------------------------------


@routes.post(
    "/{id}/documents", status_code=201, summary="Bring a document", responses=routing.problems(409, 413)
)
async def bring(
    request: Request,
    id_: Id,
    file: Annotated[UploadFile, File(description="PDF, Word, text, Markdown, YAML, JSON Resume, CSV, ZIP")],
    who: Writer,
    kept: Kept,
    places: Writing,
    parser: Annotated[str, Form(max_length=40, description="one of /parsers, by its id")] = "auto",
) -> Brought:
    """Read a document and keep what it says. The file itself is not kept.

    What another document says already is kept once; the same file again changes nothing.
    """
    data = await file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise HTTPException(413, "A document may have 10 MB.")
    name = (file.filename or "document")[-200:]  # its end tells what it is

    def work(_: calls.IsCancelled) -> Brought:
        kept.touch(who.person, id_)  # whose it is comes before what is in the file
        added = kept.add(who.person, id_, *outreach.read_evidence(name, data, parser))
        papers = kept.load(who.person, id_).documents
        found = next((paper for paper in papers if paper.id == added.document_id), None)
        if found is None:
            raise NotFound("This document was removed a moment ago.", "Bring it again.")
        return Brought(added=added, document=_paper(found))

    return await places.run(request, work)


@routes.delete("/{id}/documents/{document}", status_code=204, summary="Remove a document")
def remove_document(id_: Id, document: DocumentId, who: Writer, kept: Kept) -> None:
    """It goes with what no other document says. Saved drafts stay, with the evidence they rest on."""
    kept.remove_document(who.person, id_, document)


def _paper(paper: KeptDocument) -> Paper:
    document = paper.document
    return Paper(
        id=paper.id,
        name=document.name,
        format=document.format,
        parser=document.parser,
        confidence=document.confidence,
        warnings=document.warnings,
        items=paper.items,
        to_check=paper.to_check,
        imported_at=paper.imported_at,
    )


# --- evidence ------------------------------------------------------------------------------------------


@routes.get("/{id}/evidence", summary="List the evidence of a profile")
def evidence(
    id_: Id,
    who: Reader,
    kept: Kept,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
    after: Annotated[str | None, Query(max_length=20, description="`next` of the page before")] = None,
) -> EvidencePage:
    """Each thing with its words, what it belongs to, where it was read, and what is doubtful about it."""
    return _page(kept.load(who.person, id_).items, limit, after)


def _page(items: Sequence[Item], limit: int, after: str | None) -> EvidencePage:
    """The items after one of them; `next` names the last one shown."""
    start = 0
    if after is not None:
        found = next((at for at, item in enumerate(items) if item.evidence.id == after), None)
        if found is None:
            raise NotFound("This place in the list does not exist.", "Begin with its first page.")
        start = found + 1
    shown = tuple(items[start : start + limit])
    more = start + limit < len(items)
    return EvidencePage(items=shown, next=shown[-1].evidence.id if more else None)


@routes.post("/{id}/evidence", status_code=201, summary="Say one more thing", responses=routing.problems(409))
def say(id_: Id, said: OwnWords, who: Writer, kept: Kept) -> Added:
    """Add something in your own words; you are its source. What is said already is kept once."""
    if said.record is not None:
        records = {record.id for record in kept.load(who.person, id_).profile.records}
        if said.record not in records:
            raise NotFound("This record does not exist any more.", "Open your evidence again.")
    document, item = outreach.own_words(said.text, said.record or "")
    return kept.append(who.person, id_, document, item)


@routes.patch("/{id}/evidence/{item}", summary="Decide about one thing")
def decide(id_: Id, item: ItemId, decision: Decision, who: Writer, kept: Kept) -> Item:
    """Confirm it, correct it, hide it, keep it confidential, or bring back the words as read."""
    marks = {
        name: value
        for name in ("confirmed", "hidden", "confidential")
        if (value := getattr(decision, name)) is not None
    }
    if decision.restore or decision.text is not None or marks:
        kept.decide(who.person, id_, item, restored=decision.restore, text=decision.text, **marks)
    return _item(kept, who.person, id_, item)


@routes.post("/{id}/evidence/{item}/answers", summary="Answer a question about one thing")
def answer(id_: Id, item: ItemId, settled: Settled, who: Writer, kept: Kept) -> Item:
    """Settle one of its `doubts` with one of that doubt's `answers`, or in your own words."""
    doubts = _item(kept, who.person, id_, item).evidence.doubts
    doubt = next((each for each in doubts if each.question == settled.question), None)
    if doubt is None:
        raise NotFound(
            "This question has been answered already, or nobody asked it.", "Look at the profile again."
        )
    kept.answer(who.person, id_, item, doubt_id(doubt), settled.text or "")
    return _item(kept, who.person, id_, item)


def _item(kept: Store, person: str, profile_id: str, item_id: str) -> Item:
    found = next((x for x in kept.load(person, profile_id).items if x.evidence.id == item_id), None)
    if found is None:
        raise NotFound("This item does not exist any more.", "Open your evidence again.")
    return found


_FORMS: dict[str, Any] = {
    "application/json": {"schema": {}},
    "text/csv": {"schema": {"type": "string", "format": "binary"}},
}


@routes.get(
    "/{id}/export.{form}",
    summary="Take the evidence away",
    response_class=Response,
    responses={200: {"description": "A file.", "content": _FORMS}},
)
def export(id_: Id, form: Literal["json", "csv"], who: Reader, kept: Kept) -> Response:
    """As JSON Resume with where everything stands, or as a table; hidden and confidential items too."""
    whole = kept.load(who.person, id_)
    name, data = outreach.export_evidence(form, whole.profile, whole.items, whole.documents)
    kind = "application/json" if form == "json" else "text/csv"
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
