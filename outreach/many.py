"""Drafts for many openings, under one budget."""

import hashlib
from collections.abc import Callable, Generator, Sequence

import batch
from domain import Draft, Estimate, Profile, Reading
from outreach.briefs import Options
from outreach.drafting import draft
from outreach.events import Waiting
from outreach.ranking import Opening, examine
from outreach.reading import IsCancelled, complete


def draft_many(
    openings: Sequence[Opening],
    profile: Profile,
    options: Options | None = None,
    *,
    reading: Reading | None = None,
    shelf: batch.Shelf | None = None,
    completed: Callable[[str, Opening], None] | None = None,
    cancelled: IsCancelled | None = None,
) -> Generator[batch.Moved, None, None]:
    """Write a draft for each opening, under the same budget as any other; yields what becomes of each.

    A draft is kept as soon as it is finished, so a second run with the same shelf goes on where a first one
    ended, however it did. One that fails stops no other. Where the model's day is used up, what is left is
    put off.

    Args:
        openings: In the order in which to write.
        profile: Who is writing.
        options: What to write; each draft is told the ones before it, so that it repeats little of them.
        reading: Where they were read; with it, an opening that its list only names is completed first.
        shelf: Where finished drafts are kept; by default nowhere.
        completed: Told the id of a job and its opening as it is written for, before it is, where the list had
            only named it.
        cancelled: Asked often; true ends it with `Cancelled`.
    """
    options = options or Options()
    by_id = {job_id(opening, profile, options): opening for opening in openings}
    jobs = [
        batch.Job(id=id_, title=opening.posting.title, url=opening.posting.url)
        for id_, opening in by_id.items()
    ]

    def write(id_: str, before: tuple[Draft, ...]) -> Generator[Estimate | Draft | None, None, None]:
        opening = by_id[id_]
        yield None
        if reading is not None:
            opening = _whole(reading, opening, profile)
            if completed is not None and opening is not by_id[id_]:
                completed(id_, opening)
        known = (*options.earlier, *before)[-_MOST_EARLIER:]
        own = options.model_copy(update={"seed": options.seed + int(id_[:4], 16), "earlier": known})
        for event in draft(opening, profile, own, patience_s=_PATIENCE_S):
            if isinstance(event, Waiting):
                yield event.estimate
            else:
                yield event if isinstance(event, Draft) else None

    yield from batch.run(jobs, write, shelf, workers=_WORKERS, cancelled=cancelled)


# Waits of a minute are in the nature of an allowance a minute; longer ones are for another day.
_PATIENCE_S = 900.0
_MOST_EARLIER = 60
_WORKERS = 2


def job_id(opening: Opening, profile: Profile, options: Options) -> str:
    """The id of a job of `draft_many`: the same for the same opening, sender and wishes, in any run."""
    posting = opening.posting
    sender = profile.model_copy(update={"id": "", "kept_as": "", "warnings": (), "fields": ()})
    named = (posting.url, posting.title, posting.company, posting.location)
    said = "\0".join((*named, sender.model_dump_json(), options.model_dump_json()))
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def _whole(reading: Reading, opening: Opening, profile: Profile) -> Opening:
    """The opening with its text, where its list only names it."""
    completed = complete(reading, opening.posting)
    if completed is reading:
        return opening
    return examine(next(p for p in completed.postings if p.id == opening.posting.id), profile)
