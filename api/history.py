"""Saved drafts: find them, see how each was made, change and mark them, take them away."""

import re
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BeforeValidator, Field, WithJsonSchema

import calls
import outreach
from api import routing
from api.asking import Config, Kept, Reader, Writer
from api.idempotency import Repeatable
from api.places import Writing
from domain import DraftKind, Noun, Piece, Posting
from errors import NotFound
from store import DraftState, DraftVersion, SavedDraft, Store, WholeDraft

routes = routing.routes("", "saved drafts", fails=(404,), route_class=Repeatable)


def _day(value: object) -> date:
    """A day as ISO 8601 writes it, and in no other way."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    raise ValueError("a day such as 2026-03-31")


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Id = Annotated[str, Path(alias="id", max_length=64, description="of a saved draft")]
Number = Annotated[int, Query(ge=1, le=2**31 - 1)]
Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="by default the last one")]


class Drafts(Noun):
    """A page of saved drafts, the newest first."""

    items: tuple[SavedDraft, ...]
    next: str | None = Field(default=None, description="what to send as `after` for the page that follows")


class Companies(Noun):
    """The companies of all saved drafts."""

    items: tuple[str, ...]
    next: None = None


class DraftAnswer(Noun):
    """A saved draft with what it was made from, and one of its versions.

    `version.draft` is what was written, with its receipt; `version.lines` say what each line stands on.
    """

    saved: SavedDraft
    posting: Posting
    asks: tuple[str, ...] = Field(description="what the page asked of applicants")
    version: DraftVersion
    sources: tuple[calls.Source, ...] = Field(description="the evidence that its lines rest on")


class VersionLine(Noun):
    """One version of a draft, without its text."""

    number: int
    by: Literal["writer", "person"]
    subject: str
    words: int
    created_at: datetime


class Versions(Noun):
    """All versions that are kept, the first one first."""

    items: tuple[VersionLine, ...]
    next: None = None


class Comparison(Noun):
    """What became of the words of one version in another, in reading order."""

    pieces: tuple[Piece, ...]


class Mark(Noun):
    """What became of a draft; what is left out stays as it is."""

    state: DraftState | None = Field(
        default=None,
        description="`sent` proposes to follow up in seven days; an answer of any kind takes the date off",
    )
    due: Day | None = Field(default=None, description="when to follow up; null for never")
    note: Annotated[str, Field(max_length=2_000)] | None = None


# --- finding -------------------------------------------------------------------------------------------


@routes.get("/drafts", summary="List your saved drafts")
def listed(
    who: Reader,
    kept: Kept,
    words: Annotated[
        str, Query(max_length=200, description="all of these, in title, company, note or text")
    ] = "",
    company: Annotated[str, Query(max_length=300, description="of this name, in any case")] = "",
    state: DraftState | None = None,
    kind: DraftKind | None = None,
    due_by: Annotated[Day | None, Query(description="to be followed up on or before this day")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before")] = None,
) -> Drafts:
    """The newest first. A draft keeps its place, so no page skips or repeats one whatever happens."""
    items, following = kept.history.list(who.person, words, company, state, kind, due_by, limit, after)
    return Drafts(items=items, next=following)


@routes.get("/drafts/companies", summary="List the companies that you wrote to")
def companies(who: Reader, kept: Kept) -> Companies:
    """Each once, as spelt last, in alphabetical order: what `company` takes."""
    return Companies(items=kept.history.companies(who.person))


@routes.get("/drafts/{id}", summary="See a saved draft")
def one(id_: Id, who: Reader, kept: Kept, version: Version = None) -> DraftAnswer:
    """The draft with its opening, its text as it stood, the evidence it rests on and its receipt."""
    whole = kept.history.load(who.person, id_, version)
    cited = {source for line in whole.version.lines for source in line.rests_on}
    return DraftAnswer(
        saved=whole.saved,
        posting=whole.posting,
        asks=whole.asks,
        version=whole.version,
        sources=calls.sources_of(whole.profile, cited),
    )


@routes.get("/drafts/{id}/versions", summary="List the versions of a draft")
def versions(id_: Id, who: Reader, kept: Kept) -> Versions:
    """Those that are kept: of more than 200, old ones in the middle are let go."""
    return Versions(items=tuple(_line(each) for each in kept.history.versions(who.person, id_)))


def _line(version: DraftVersion) -> VersionLine:
    return VersionLine(
        number=version.number,
        by=version.by,
        subject=version.subject,
        words=len(version.body.split()),
        created_at=version.created_at,
    )


@routes.get("/drafts/{id}/compare", summary="Compare two versions of a draft")
async def compare(
    request: Request,
    id_: Id,
    who: Reader,
    kept: Kept,
    places: Writing,
    before: Annotated[Number, Query(alias="from")],
    after: Annotated[Number, Query(alias="to")],
) -> Comparison:
    """Word by word; the subject stands first in both."""
    pieces = await places.run(request, lambda _: kept.history.compare(who.person, id_, before, after))
    return Comparison(pieces=pieces)


# --- changing ------------------------------------------------------------------------------------------


@routes.patch("/drafts/{id}", summary="Note what became of a draft")
def mark(id_: Id, marked: Mark, who: Writer, kept: Kept) -> SavedDraft:
    """Its state, when to follow up, and a note. It feeds nothing but your own view, unless you allow it."""
    due: dict[str, Any] = {"due": marked.due} if "due" in marked.model_fields_set else {}
    return kept.history.mark(who.person, id_, marked.state, note=marked.note, **due)


@routes.put("/drafts/{id}/text", summary="Change the text of a draft")
async def change(
    request: Request, id_: Id, text: calls.Revise, who: Writer, places: Writing, config: Config
) -> calls.Revised:
    """Keep a text as a new version, whatever the check says of it: each sentence gets its verdict.

    The same text again is no new version.
    """
    own = calls.Own(who.person, config)
    return await places.run(request, lambda _: calls.revise(text, id_, own))


@routes.post("/drafts/{id}/copy", status_code=201, summary="Copy a draft as a new one")
def copy(id_: Id, who: Writer, kept: Kept) -> SavedDraft:
    """A new draft that says what this one says now; it is drafted only, and follows nothing."""
    return kept.history.copy(who.person, id_)


@routes.delete("/drafts/{id}", status_code=204, summary="Delete a draft")
def remove(id_: Id, who: Writer, kept: Kept) -> None:
    """It goes with its versions, and with the evidence that no other draft rests on."""
    kept.history.remove(who.person, id_)


# --- taking away ---------------------------------------------------------------------------------------

_TYPES = {
    "eml": "message/rfc822",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "txt": "text/plain",
    "json": "application/json",
    "html": "text/html",
    "csv": "text/csv",
}
_FILE: dict[str, Any] = {"type": "string", "format": "binary"}


def _files(*forms: str) -> dict[int | str, dict[str, Any]]:
    """What a route that answers with a file declares."""
    content = {_TYPES[form]: {"schema": {} if form == "json" else _FILE} for form in forms}
    return {200: {"description": "A file.", "content": content}}


def _file(form: str, name: str, data: bytes) -> Response:
    return Response(data, media_type=_TYPES[form], headers=_as(name))


def _as(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


@routes.get(
    "/drafts/{id}/receipt.{form}",
    summary="Take the receipt of a draft",
    response_class=Response,
    responses=_files("json", "html"),
)
def receipt(
    id_: Id, form: Literal["json", "html"], who: Reader, kept: Kept, version: Version = None
) -> Response:
    """How a draft was made, and what each of its lines stands on: for programs, or as a page."""
    whole = kept.history.load(who.person, id_, version)
    shown, opening = whole.version, _opening(whole)
    name, data = outreach.receipt(form, shown.draft, opening, whole.profile, shown.subject, shown.lines)
    return _file(form, name, data)


@routes.get(
    "/drafts/{id}/file.{form}",
    summary="Take a draft as a file",
    response_class=Response,
    responses=_files("eml", "docx", "pdf", "md", "txt", "json"),
)
async def file(
    request: Request,
    id_: Id,
    form: Literal["eml", "docx", "pdf", "md", "txt", "json"],
    who: Reader,
    kept: Kept,
    places: Writing,
    version: Version = None,
) -> Response:
    """A draft as a message to send, a letter or text; `json` is JSON Resume, of a tailored résumé alone."""

    def written(_: calls.IsCancelled) -> Response:
        return _file(form, *_document(kept.history.load(who.person, id_, version), form))

    return await places.run(request, written)


def _document(
    whole: WholeDraft, form: Literal["eml", "docx", "pdf", "md", "txt", "json"]
) -> tuple[str, bytes]:
    shown, opening = whole.version, _opening(whole)
    if shown.draft.resume is not None and shown.by == "writer" and form != "eml":
        return outreach.export_resume(form, shown.draft, opening)
    if form == "json":
        raise NotFound("Only a tailored résumé can be had as JSON Resume.", "Choose another form.")
    if form == "txt":
        name, _ = outreach.export("md", shown.subject, shown.body, opening, whole.profile)
        text = "\n\n".join(filter(None, (shown.subject, shown.body)))
        return f"{name.removesuffix('.md')}.txt", f"{text}\n".encode("utf-8", "replace")
    return outreach.export(form, shown.subject, shown.body, opening, whole.profile)


def _opening(whole: WholeDraft) -> outreach.Opening:
    """The opening as a file needs it: its posting alone."""
    return outreach.Opening(posting=whole.posting, mentions=(), matches=())


@routes.get(
    "/drafts.csv",
    summary="Take all drafts away as a table",
    response_class=StreamingResponse,
    responses=_files("csv"),
)
def as_csv(who: Reader, kept: Kept) -> StreamingResponse:
    """The last version of each in a row, for a spreadsheet: nothing in it is taken for a formula."""
    return _all(kept, who.person, "csv")


@routes.get(
    "/drafts.json",
    summary="Take all drafts away with everything that is kept of them",
    response_class=StreamingResponse,
    responses=_files("json"),
)
def as_json(who: Reader, kept: Kept) -> StreamingResponse:
    """Each with its opening, the evidence it rests on, its receipt and all of its versions."""
    return _all(kept, who.person, "json")


def _all(kept: Store, person: str, form: Literal["csv", "json"]) -> StreamingResponse:
    kept.history.count(person)  # what cannot be read is told before the first byte
    drafts, versions_of = kept.history.each(person), partial(kept.history.versions, person)
    name, data = outreach.export_history(form, drafts, versions_of)
    return StreamingResponse(data, media_type=_TYPES[form], headers=_as(name))
