"""All that the draft screen shows."""

from dataclasses import dataclass

import outreach
from domain import (
    Coverage,
    Draft,
    DraftKind,
    Dropped,
    Estimate,
    Profile,
    Reading,
    Sentence,
    SentenceKind,
)
from interface.views.editing import Edit
from interface.views.shelves import Keeping
from kinds import KINDS
from outreach import Checked, Opening

UPLOADED = "saved-page.example"  # stands for the address of a saved page that names none


@dataclass(frozen=True)
class Page:
    """All that the draft screen shows; `draft` is None while it is being written."""

    reading: Reading
    opening: Opening
    profile: Profile
    kind: DraftKind
    checked: tuple[Checked, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    draft: Draft | None = None
    handover: str = ""
    several: bool = False
    say_gap: bool = False
    set_aside: tuple[str, ...] = ()
    has_model: bool = False
    stale: bool = False
    edit: Edit | None = None
    editing: bool = False
    coverage: Coverage | None = None
    note: str = ""
    model: str = ""
    estimate: Estimate | None = None
    follows: bool = False
    kept: Keeping | None = None

    @property
    def is_document(self) -> bool:
        return KINDS[self.kind].form == "document"

    @property
    def differences(self) -> tuple[outreach.Difference, ...]:
        """The lines of a tailored résumé that differ from their source."""
        return outreach.differences(self.draft) if self.draft and self.draft.resume else ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.draft.sentences if self.draft else tuple(c.sentence for c in self.checked)

    @property
    def instructions(self) -> tuple[str, ...]:
        """What this opening asks of applicants, and its whole list, but not the other openings alone."""
        told = self.reading.instructions
        if not self.several:
            return told
        others = [posting.text for posting in self.reading.postings if posting.id != self.opening.posting.id]
        own = self.opening.posting.text
        return tuple(x for x in told if x in own or not any(x in text for text in others))

    @property
    def subject(self) -> str:
        if self.edit:
            return self.edit.subject
        if self.draft:
            return self.draft.subject
        return next((s.text for s in self.sentences if s.kind is SentenceKind.SUBJECT), "")
