"""Have a draft written for each of many openings, for a caller."""

import contextlib
from collections.abc import Generator, Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, JsonValue, Tag

import batch
import outreach
from calls.drafting import Keep, Written, asked_of, options_of, written_of
from calls.given import EXAMPLE, Address, Sender, SoundPosting, Wishes, profile_of, with_openings
from calls.own import Own
from domain import Noun, Posting, Profile, Reading


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


_EXAMPLE: dict[str, JsonValue] = {
    "openings": {"url": outreach.SAMPLES[-1].url, "limit": 3},
    "sender": EXAMPLE["sender"],
}


class WriteMany(Wishes):
    """Openings, who writes, and what the drafts shall be."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    openings: Annotated[
        Annotated[ListedOpenings, Tag("url")] | Annotated[GivenOpenings, Tag("postings")],
        Discriminator(_way),
        Field(description="exactly one of `url` (with `limit`) and `postings`"),
    ]
    sender: Sender
    keep: Keep = None


class OneOfMany(Noun):
    """What became of one opening: `done` has what was written, any other state a reason.

    What is kept in the history is there, by its `id`, and not `written` here once more.
    """

    title: str
    url: str = ""
    state: batch.State
    reason: str = ""
    id: str | None = None
    written: Written | None = None


class WrittenMany(Noun):
    """What became of each opening, in the order they were written."""

    items: tuple[OneOfMany, ...]


def write_many(
    request: WriteMany, own: Own, *, cancelled: outreach.IsCancelled | None = None
) -> Generator[batch.Moved, None, WrittenMany]:
    """Write a draft for each opening; yields every change of one, returns what became of all.

    Each is kept in the history as soon as it is finished, unless that is not wished. What the same job has
    kept before, until it was interrupted, is found again and not written anew.

    Args:
        request: What to write.
        own: What is kept of who asks.
        cancelled: Asked often; true ends it with `Cancelled`.

    Raises:
        DocumentError: when the page gives no openings, or the sender no evidence.
        NotFound: when there is no such profile.
        Conflict: when no more fits into the history.
        Cancelled: when told so.
    """
    keep, profile = own.keeps(request.keep), profile_of(request.sender, own)
    reading, openings = _openings_of(request, profile, cancelled)
    wishes = options_of(request)
    by_id = {outreach.job_id(opening, profile, wishes): opening for opening in openings}
    shelf = _InHistory(own, by_id, profile, reading) if keep else None
    last: dict[str, batch.Job] = {}
    moves = outreach.draft_many(
        openings,
        profile,
        wishes,
        reading=reading,
        shelf=shelf,
        completed=by_id.__setitem__,
        cancelled=cancelled,
    )
    with contextlib.closing(moves):
        for moved in moves:
            last[moved.job.id] = moved.job
            yield moved
    ids = shelf.ids if shelf is not None else {}
    return WrittenMany(
        items=tuple(
            _one_of_many(last[id_], ids.get(id_), opening.posting, profile, reading)
            for id_, opening in by_id.items()
        )
    )


class _InHistory:
    """Keeps each draft in the history, with its opening as it was written for.

    `ids` are those of the saved drafts, by the id of their job. A draft is found again by what its list said
    of the opening, whatever has become of evidence and page meanwhile.
    """

    def __init__(
        self, own: Own, openings: Mapping[str, outreach.Opening], profile: Profile, reading: Reading | None
    ) -> None:
        self.ids: dict[str, str] = {}
        self._own, self._openings, self._profile, self._reading = own, openings, profile, reading
        self._names = {id_: _name(opening.posting) for id_, opening in openings.items()}

    def kept(self) -> dict[str, batch.Job]:
        found = {}
        for id_, name in self._names.items():
            before = self._own.kept(name)
            if before is not None:
                self.ids[id_] = before.saved.id
                title, url = before.posting.title, before.posting.url
                found[id_] = batch.Job(id=id_, title=title, url=url, state="done", draft=before.version.draft)
        return found

    def keep(self, job: batch.Job) -> None:
        assert job.draft is not None
        posting = self._openings[job.id].posting
        asks = tuple(ask.text for ask in asked_of(posting, self._reading))
        name = self._names[job.id]
        self.ids[job.id] = self._own.keep(job.draft, posting, self._profile, asks, of=name)


def _name(posting: Posting) -> str:
    return "\0".join((posting.url, posting.title, posting.company, posting.location))


def _openings_of(
    request: WriteMany, profile: Profile, cancelled: outreach.IsCancelled | None
) -> tuple[Reading | None, tuple[outreach.Opening, ...]]:
    given = request.openings
    if isinstance(given, GivenOpenings):
        return None, tuple(outreach.examine(posting, profile) for posting in given.postings)
    reading = with_openings(outreach.read(given.url, cancelled=cancelled))
    return reading, outreach.rank(reading, profile)[: given.limit]


def _one_of_many(
    job: batch.Job, kept: str | None, posting: Posting, profile: Profile, reading: Reading | None
) -> OneOfMany:
    written = None
    if job.draft is not None and kept is None:
        written = written_of(job.draft, posting, profile, reading)
    return OneOfMany(
        title=job.title, url=job.url, state=job.state, reason=job.reason, id=kept, written=written
    )
