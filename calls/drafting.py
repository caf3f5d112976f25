"""Have a draft written, or many, for a caller."""

import contextlib
from collections.abc import Generator
from typing import Annotated, Any

from pydantic import Discriminator, Field, SecretStr, Tag, model_validator

import batch
import outreach
from calls.given import (
    Address,
    KeptId,
    Opening,
    Sender,
    SoundPosting,
    Wishes,
    opening_of,
    profile_of,
    with_openings,
)
from calls.matching import Source, sources_of
from calls.own import Own
from domain import Draft, DraftKind, Dropped, Noun, Posting, PostingLine, Profile, Reading
from errors import Cancelled

Keep = Annotated[
    bool | None,
    Field(description="whether it is kept in the history; by default it is, for who has one"),
]


class Write(Wishes):
    """An opening, who writes, and what the draft shall be."""

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
) -> Generator[WriteEvent, None, None]:
    """Write it; yields each sentence as soon as it is checked.

    Args:
        request: What to write.
        own: What is kept of who asks.
        key: Their own key of a model server, for this call alone.
        cancelled: Asked often; true ends it with `Cancelled`.

    Raises:
        NothingMatches: when the evidence answers nothing that the opening asks for.
        DocumentError, NotFound: as `compare` does.
        Cancelled: when told so.
    """
    keep, after = own.keeps(request.keep), own.draft(request.follows) if request.follows else None
    profile = profile_of(request.sender, own)
    reading, posting = opening_of(request.opening, cancelled)
    opening = outreach.examine(posting, profile)
    for event in outreach.draft(opening, profile, _options(request, key, after)):
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


def _options(wishes: Wishes, key: SecretStr | None = None, after: Draft | None = None) -> outreach.Options:
    chosen = {name: getattr(wishes, name) for name in Wishes.model_fields}
    return outreach.Options(key=key, after=after, **chosen)


def written_of(draft: Draft, posting: Posting, profile: Profile, reading: Reading | None) -> Written:
    """A draft as it is answered."""
    cited = {id_ for sentence in draft.sentences for id_ in sentence.rests_on}
    return Written(
        posting=posting,
        asks=_asked_of(posting, reading),
        draft=draft,
        text=outreach.body_text(draft),
        sources=sources_of(profile, cited),
        lines=tuple(line for line in posting.lines if line.id in cited),
    )


def _asked_of(posting: Posting, reading: Reading | None) -> tuple[outreach.Ask, ...]:
    """What the page asks of who applies for this opening."""
    if reading is None:
        return ()
    asks = outreach.asks(reading)
    return asks if len(reading.postings) == 1 else tuple(ask for ask in asks if ask.text in posting.text)


# --- many --------------------------------------------------------------------------------------------


class ListedOpenings(Noun):
    """The openings of a page, the best matches first, `limit` of them."""

    url: Address
    limit: int = Field(default=20, ge=1, le=100)


class GivenOpenings(Noun):
    """Openings that an earlier answer held."""

    postings: Annotated[tuple[SoundPosting, ...], Field(min_length=1, max_length=100)]


def _way(value: Any) -> str:
    there = value if isinstance(value, dict) else getattr(value, "model_fields_set", ())
    return "postings" if "postings" in there else "url"


class WriteMany(Wishes):
    """Openings, who writes, and what the drafts shall be."""

    openings: Annotated[
        Annotated[ListedOpenings, Tag("url")] | Annotated[GivenOpenings, Tag("postings")],
        Discriminator(_way),
        Field(description="exactly one of `url` (with `limit`) and `postings`"),
    ]
    sender: Sender
    keep: Keep = None


class OneOfMany(Noun):
    """What became of one opening: `done` has what was written, any other state a reason."""

    title: str
    url: str = ""
    state: batch.State
    reason: str = ""
    written: Written | None = None


class WrittenMany(Noun):
    """What became of each opening, in the order they were written."""

    items: tuple[OneOfMany, ...]


def write_many(
    request: WriteMany,
    own: Own,
    *,
    shelf: batch.Shelf | None = None,
    cancelled: outreach.IsCancelled | None = None,
) -> Generator[batch.Moved, None, WrittenMany]:
    """Write a draft for each opening; yields every change of one, returns what became of all.

    Args:
        request: What to write.
        own: What is kept of who asks.
        shelf: Where finished drafts are kept, so that a second run goes on; by default nowhere.
        cancelled: Asked often; true ends it with `Cancelled`.

    Raises:
        DocumentError: when the page gives no openings, or the sender no evidence.
        NotFound: when there is no such profile.
        Cancelled: when told so.
    """
    profile = profile_of(request.sender, own)
    reading, openings = _openings_of(request, profile, cancelled)
    wishes = _options(request)
    by_id = {outreach.job_id(opening, profile, wishes): opening for opening in openings}
    last: dict[str, batch.Job] = {}
    moves = outreach.draft_many(openings, profile, wishes, reading=reading, shelf=shelf, cancelled=cancelled)
    with contextlib.closing(moves):
        for moved in moves:
            last[moved.job.id] = moved.job
            yield moved
    return WrittenMany(
        items=tuple(
            _one_of_many(last[id_], opening.posting, profile, reading) for id_, opening in by_id.items()
        )
    )


def _openings_of(
    request: WriteMany, profile: Profile, cancelled: outreach.IsCancelled | None
) -> tuple[Reading | None, tuple[outreach.Opening, ...]]:
    given = request.openings
    if isinstance(given, GivenOpenings):
        return None, tuple(outreach.examine(posting, profile) for posting in given.postings)
    reading = with_openings(outreach.read(given.url, cancelled=cancelled))
    return reading, outreach.rank(reading, profile)[: given.limit]


def _one_of_many(job: batch.Job, posting: Posting, profile: Profile, reading: Reading | None) -> OneOfMany:
    written = None if job.draft is None else written_of(job.draft, posting, profile, reading)
    return OneOfMany(title=job.title, url=job.url, state=job.state, reason=job.reason, written=written)
