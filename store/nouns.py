"""What the store gives back. Items are `e1`, records `r1`, documents `d1`, …; no id is ever given twice."""

import hashlib
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from domain import (
    Document,
    Doubt,
    Draft,
    DraftKind,
    Evidence,
    FinalLine,
    Noun,
    Persona,
    Posting,
    Profile,
    SourceSpan,
)

YOU = "you"
"""The document that a `SourceSpan` names where the person is the source."""

State = Literal["read", "confirmed", "hidden"]


def doubt_id(doubt: Doubt) -> str:
    """What names a question of an item, whatever others there are beside it."""
    return hashlib.sha256(f"{doubt.about}\n{doubt.question}".encode(errors="replace")).hexdigest()[:12]


class Begin(Noun):
    """Where there is no profile yet: one that begins with what is put into it, or not at all."""

    label: str
    persona: Persona = Persona.JOB_SEEKER


class Item(Noun):
    """One thing the sender asserts, as it stands now.

    Attributes:
        evidence: Its text as read or as corrected. A correction has `YOU` as its source.
        document: Id of the `KeptDocument` it was first read from.
        state: What the person decided; a hidden item is not in `Kept.profile`.
        original: The text as read, where it was corrected; else empty.
        read_from: Where the text as read stands.
        also_in: The other places that say the same, and those of items merged into this one.
    """

    evidence: Evidence
    document: str
    state: State = "read"
    original: str = ""
    corrected: bool = False
    read_from: SourceSpan
    also_in: tuple[SourceSpan, ...] = ()

    @property
    def to_check(self) -> bool:
        """Whether a reader's question is still open."""
        return self.state == "read" and bool(self.evidence.doubts)


class KeptDocument(Noun):
    """A document with the number of items that it says, and how many of them a person should look at."""

    id: str
    document: Document
    imported_at: datetime
    items: int = 0
    to_check: int = 0


class Offer(Noun):
    """A name or contact that a document gives and the profile does not use, because it has another."""

    field: str
    value: str
    document: str
    source: SourceSpan | None = None


class Kept(Noun):
    """All of one profile.

    Attributes:
        profile: What may be used: records, and evidence that is neither hidden nor merged away, with the
            person's corrections, in the order of the documents. Skills are left empty; they are found anew.
        items: Every item, hidden ones too, in the same order.
        version: Grows with each change.
        offers: Contacts that differ from those in use.
    """

    id: str
    label: str
    profile: Profile
    documents: tuple[KeptDocument, ...] = ()
    items: tuple[Item, ...] = ()
    version: int = 0
    offers: tuple[Offer, ...] = ()


class Summary(Noun):
    """One line of a list of profiles. `items` leaves hidden ones out."""

    id: str
    label: str
    persona: Persona
    name: str
    items: int
    to_check: int
    changed_at: datetime


class Added(Noun):
    """What came of an import: new items, items that another place said already, or nothing new at all.

    `item_id` is the one item that was appended. Without a `document_id` there is no such document any more.
    """

    profile_id: str
    document_id: str
    item_id: str = ""
    new: int = 0
    folded: int = 0
    unchanged: bool = False


# --- accounts ----------------------------------------------------------------------------------------


class Account(Noun):
    """Somebody who signs in. `person` is whose everything else is."""

    person: str
    email: str
    name: str = ""
    is_admin: bool = False
    shares_outcomes: bool = False
    created_at: datetime


class SignedIn(Noun):
    """One place where somebody is signed in; `id` revokes it, and is no secret."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class ApiToken(Noun):
    """A personal token of the REST API, without its secret."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    used_at: datetime | None = None
    expires_at: datetime | None = None


class Member(Noun):
    """Somebody with an account, as an administrator sees them: what they keep is counted, never shown."""

    account: Account
    seen_at: datetime
    evidence: int
    drafts: int


class Attempts(Noun):
    """How often something has failed, and when for the first time."""

    count: int
    first_at: datetime


# --- history -----------------------------------------------------------------------------------------

DraftState = Literal["drafted", "sent", "answered", "interview", "no"]


class SavedDraft(Noun):
    """One line of the list of saved drafts.

    `sources` counts the items of evidence that it cites, `own_lines` the lines that are the person's word
    alone, as of its last version. `follows` is the saved draft that a follow-up follows.
    """

    id: str
    kind: DraftKind
    language: str
    title: str
    company: str
    url: str
    state: DraftState
    due: date | None = Field(default=None, description="when to follow up")
    note: str = ""
    follows: str | None = None
    sources: int = 0
    own_lines: int = 0
    versions: int = 1
    created_at: datetime
    changed_at: datetime


class DraftVersion(Noun):
    """A saved draft as it stood once.

    Attributes:
        number: From 1.
        by: Whether a writer wrote it, or the person changed its text.
        draft: What was written; for a text that the person changed, what it was changed from.
        subject: As it stood.
        body: As it stood.
        vouched: Lines that the person vouched for, word for word.
        added: Lines that were made evidence, with the id of the item.
        lines: The body with what each line stands on.
    """

    number: int
    by: Literal["writer", "person"]
    draft: Draft
    subject: str
    body: str
    vouched: tuple[str, ...] = ()
    added: dict[str, str] = Field(default_factory=dict)
    lines: tuple[FinalLine, ...] = ()
    created_at: datetime


class WholeDraft(Noun):
    """A saved draft with what it was made from, and one of its versions, the last unless asked otherwise."""

    saved: SavedDraft
    posting: Posting
    profile: Profile
    asks: tuple[str, ...] = Field(default=(), description="what the page asked of applicants")
    version: DraftVersion


# --- work in the background --------------------------------------------------------------------------

JobState = Literal["queued", "running", "done", "failed", "cancelled"]


class Job(Noun):
    """Long work that goes on without the one who asked for it.

    `request`, `progress`, `result` and `problem` are JSON; each of its `tries` began after a failure or the
    death of a process.
    """

    id: str
    person: str
    kind: str
    state: JobState
    request: str
    progress: str = "{}"
    result: str | None = None
    problem: str | None = None
    tries: int = 0
    created_at: datetime
    finished_at: datetime | None = None


# --- calls that are repeated -------------------------------------------------------------------------


class Answer(Noun):
    """What a call was answered; `request` is a digest of the call."""

    request: str
    status: int
    headers: dict[str, str] = Field(default_factory=dict)
    body: bytes = b""


# --- figures -----------------------------------------------------------------------------------------


class KeptFigures(Noun):
    """How much is kept here.

    Attributes:
        people: With an account.
        sharing: Of them, those who let their outcomes be counted.
        visitors: Who have something kept and no account.
        drafts: Saved ones.
        drafts_by_day: How many of those that are still kept were written on each day, the oldest first.
        unfinished_jobs: In the background.
        bytes: Size of the database.
        connections: That this process holds to it now.
    """

    people: int
    sharing: int
    visitors: int
    drafts: int
    drafts_by_day: tuple[tuple[date, int], ...]
    unfinished_jobs: int
    bytes: int
    connections: int
