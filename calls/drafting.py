"""Have a draft written, for a caller."""

from collections.abc import Generator
from typing import Annotated

from pydantic import ConfigDict, Field, SecretStr, model_validator

import outreach
from calls.given import EXAMPLE, Found, KeptId, Opening, Sender, Wishes, opening_of, profile_of
from calls.matching import Source, sources_of
from calls.own import Own
from domain import Draft, DraftKind, Dropped, Noun, Outcome, Posting, PostingLine, Profile, Reading
from errors import Cancelled
from store import WholeDraft

Keep = Annotated[
    bool | None,
    Field(description="whether it is kept in the history; by default it is, for who has one"),
]


class Write(Wishes):
    """An opening, who writes, and what the draft shall be."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE | {"kind": "cover-letter"}]})

    opening: Opening
    sender: Sender
    keep: Keep = None
    follows: KeptId | None = Field(
        default=None, description="id of the kept draft that this one, a follow-up, follows"
    )

    @model_validator(mode="after")
    def _follow_up_follows(self) -> "Write":
        if self.follows is not None and self.kind is not DraftKind.FOLLOW_UP:
            raise ValueError("only a follow-up follows another draft")
        return self


class Written(Noun):
    """A finished draft with what it rests on."""

    id: str | None = Field(default=None, description="where it is kept; null where it is not")
    posting: Posting
    asks: tuple[outreach.Ask, ...] = ()
    draft: Draft
    text: str = Field(description="the body as plain text")
    sources: tuple[Source, ...] = Field(description="the evidence that its sentences cite")
    lines: tuple[PostingLine, ...] = Field(description="the lines of the opening that its sentences cite")


WriteEvent = outreach.Waiting | outreach.Checked | Dropped | outreach.Handover | Written
"""What becomes known while a draft is written; `Written` is the last."""


def write(
    request: Write,
    own: Own,
    *,
    key: SecretStr | None = None,
    cancelled: outreach.IsCancelled | None = None,
    found: Found | None = None,
) -> Generator[WriteEvent, None, None]:
    """Write it; yields each sentence as soon as it is checked.

    Args:
        request: What to write.
        own: What is kept of who asks.
        key: Their own key of a model server, for this call alone.
        cancelled: Asked often; true ends it with `Cancelled`.
        found: What `opening_of` gave, where the opening has been read already.

    Raises:
        NothingMatches: when the evidence answers nothing that the opening asks for.
        DocumentError, NotFound: as `compare` does.
        Cancelled: when told so.
    """
    if (before := own.kept("")) is not None:
        yield written_again(before)
        return
    keep, after = own.keeps(request.keep), own.draft(request.follows) if request.follows else None
    profile = profile_of(request.sender, own)
    reading, posting = found or opening_of(request.opening, cancelled)
    opening = outreach.examine(posting, profile)
    for event in outreach.draft(opening, profile, options_of(request, key, after)):
        if cancelled is not None and cancelled():
            raise Cancelled
        if not isinstance(event, Draft):
            yield event
            continue
        written = written_of(event, posting, profile, reading)
        if keep:
            asked = tuple(ask.text for ask in written.asks)
            id_ = own.keep(event, posting, profile, asked, request.follows)
            written = written.model_copy(update={"id": id_})
        yield written


def options_of(wishes: Wishes, key: SecretStr | None = None, after: Draft | None = None) -> outreach.Options:
    chosen = {name: getattr(wishes, name) for name in Wishes.model_fields}
    return outreach.Options(key=key, after=after, **chosen)


def written_of(draft: Draft, posting: Posting, profile: Profile, reading: Reading | None) -> Written:
    """A draft as it is answered."""
    cited = {id_ for sentence in draft.sentences for id_ in sentence.rests_on}
    return Written(
        posting=posting,
        asks=asked_of(posting, reading),
        draft=draft,
        text=outreach.body_text(draft),
        sources=sources_of(profile, cited),
        lines=tuple(line for line in posting.lines if line.id in cited),
    )


def written_again(whole: WholeDraft) -> Written:
    """A kept draft, as it was answered when it was written."""
    page = Reading(url=whole.posting.url, outcome=Outcome.OPENINGS, instructions=whole.asks)
    written = written_of(whole.version.draft, whole.posting, whole.profile, None)
    return written.model_copy(update={"id": whole.saved.id, "asks": outreach.asks(page)})


def asked_of(posting: Posting, reading: Reading | None) -> tuple[outreach.Ask, ...]:
    """What the page asks of who applies for this opening."""
    if reading is None:
        return ()
    asks = outreach.asks(reading)
    return asks if len(reading.postings) == 1 else tuple(ask for ask in asks if ask.text in posting.text)
