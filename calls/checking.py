"""Check a text that anybody or anything wrote against a sender's evidence, for a caller."""

from typing import Annotated

from pydantic import ConfigDict, Field

import outreach
from calls.given import EXAMPLE, Found, Line, LongText, Opening, Sender, opening_of, profile_of
from calls.matching import Source, sources_of
from calls.own import Own
from domain import DraftKind, Noun, Posting, PostingLine, Profile, Section, Verdict


class Check(Noun):
    """A text, who says it, and, where it is about one, the opening."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "I moved 14 services to Kubernetes. I led 40 people.", "sender": EXAMPLE["sender"]}
            ]
        }
    )

    text: LongText
    subject: Line = ""
    sender: Sender
    opening: Opening | None = None
    kind: DraftKind = Field(default=DraftKind.COVER_LETTER, description="what the text is")
    vouched: Annotated[tuple[Line, ...], Field(max_length=100)] = Field(
        default=(), description="sentences that the sender vouches for, word for word"
    )


class CheckedSentence(Noun):
    """One sentence and whether it may stand.

    `check` names the check that decided, `reason` says it for a person, `fault` are the words at fault,
    `evidence_says` what the source has instead, `rests_on` the ids of sources and lines of one that stands.
    """

    text: str
    supported: bool
    check: str = ""
    reason: str = ""
    fault: str = ""
    evidence_says: str = ""
    rests_on: tuple[str, ...] = ()


class CheckedText(Noun):
    """A verdict a sentence, and on the whole."""

    sentences: tuple[CheckedSentence, ...]
    on_their_word: tuple[str, ...] = Field(description="sentences that only the sender vouches for")
    faults: tuple[Verdict, ...] = Field(description="what is wrong with the subject and with the whole")
    may_go_out: bool
    sources: tuple[Source, ...]
    lines: tuple[PostingLine, ...] = Field(description="the lines of the opening that sentences rest on")


def check(
    request: Check, own: Own, cancelled: outreach.IsCancelled | None = None, found: Found | None = None
) -> CheckedText:
    """Check it, sentence by sentence, in the language that it is written in.

    Without an opening nothing is known about whom it is for, so that no sentence about them may stand. The
    arguments are those of `compare`.

    Raises:
        DocumentError, NotFound, Cancelled: as `compare` does.
    """
    profile = profile_of(request.sender, own)
    posting = _NO_POSTING
    if request.opening is not None:
        _, posting = found or opening_of(request.opening, cancelled)
    opening = outreach.examine(posting, profile)
    finished = outreach.check_document(
        opening, profile, request.kind, request.subject, request.text, request.vouched
    )
    return checked_text(finished, posting, profile)


def checked_text(found: outreach.Finished, posting: Posting, profile: Profile) -> CheckedText:
    """What a check found, as it is answered."""
    cited = {id_ for sentence in found.sentences for id_ in sentence.rests_on}
    return CheckedText(
        sentences=tuple(
            CheckedSentence(text=one.text, rests_on=one.rests_on, **one.verdict.model_dump())
            for one in found.sentences
        ),
        on_their_word=found.on_their_word,
        faults=found.faults,
        may_go_out=found.may_go_out,
        sources=sources_of(profile, cited),
        lines=tuple(line for line in posting.lines if line.id in cited),
    )


_NO_POSTING = Posting(id="none", title="", lines=(PostingLine(id="p0", text="", section=Section.TITLE),))
