"""Change the text of a saved draft, for a caller: checked and kept, whatever the check says."""

from typing import Annotated

from pydantic import Field

import outreach
from calls.checking import CheckedText, checked_text
from calls.given import Line
from calls.own import Own
from domain import FinalLine, Noun, Verdict
from outreach import Edited, Finished
from store import DraftVersion, as_edited, subject_lines


class Revise(Noun):
    """A text as it shall stand from now on."""

    subject: Annotated[str, Field(max_length=500)] = ""
    body: Annotated[str, Field(max_length=50_000, description="paragraphs with a blank line between them")]
    vouched: Annotated[tuple[Line, ...], Field(max_length=200)] | None = Field(
        default=None,
        description="sentences that the sender vouches for, word for word; left out, those of before stay so",
    )


class Revised(Noun):
    """The version that says so now, what each of its lines stands on, and what the check found."""

    version: int
    lines: tuple[FinalLine, ...]
    checked: CheckedText


def revise(request: Revise, draft_id: str, own: Own) -> Revised:
    """Check the text against the evidence that the draft was written from, and keep it.

    A sentence that stands as it was written has passed before.

    Raises:
        NotFound: when the person has no such draft.
    """
    whole = own.history.load(own.person, draft_id)
    last = whole.version
    vouched = last.vouched if request.vouched is None else request.vouched
    subject, body = " ".join(request.subject.split()), request.body.strip()
    opening = outreach.examine(whole.posting, whole.profile)
    found = outreach.check_document(opening, whole.profile, whole.saved.kind, subject, body, vouched)
    found = _passed_before(found, last, subject)
    is_supported = all(fault.check != "subject" for fault in found.faults)
    about = subject_lines(subject, vouched, is_supported=is_supported)
    lines = (*about, *as_edited(last.draft, found.sentences, vouched, last.added))
    number = own.history.edit(own.person, draft_id, subject, body, vouched, last.added, lines)
    return Revised(version=number, lines=lines, checked=checked_text(found, whole.posting, whole.profile))


def _passed_before(found: Finished, last: DraftVersion, subject: str) -> Finished:
    written = {sentence.text: sentence for sentence in last.draft.sentences}
    sentences = tuple(
        Edited(text=one.text, verdict=Verdict(supported=True), rests_on=written[one.text].rests_on)
        if one.text in written
        else one
        for one in found.sentences
    )
    same = subject == last.draft.subject
    faults = tuple(fault for fault in found.faults if not (same and fault.check == "subject"))
    own = set(found.on_their_word)
    stands = all(one.verdict.supported or one.text in own for one in sentences)
    return Finished(
        sentences=sentences,
        on_their_word=tuple(text for text in found.on_their_word if text not in written),
        faults=faults,
        may_go_out=stands and not faults,
    )
