"""What the store gives back. Items are `e1`, records `r1`, documents `d1`, …; no id is ever given twice."""

import hashlib
from datetime import datetime
from typing import Literal

from domain import Document, Doubt, Evidence, Noun, Persona, Profile, SourceSpan

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
