"""Hold an opening against a sender's evidence, for a caller."""

from collections.abc import Iterable

from pydantic import ConfigDict, Field

import outreach
from calls.given import EXAMPLE, Found, Opening, Sender, opening_of, profile_of
from calls.own import Own
from domain import Coverage, Evidence, Match, Noun, Posting, Profile, Record


class Compare(Noun):
    """An opening, and who would answer it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    opening: Opening
    sender: Sender


class Source(Noun):
    """An item of evidence that an answer cites, and what it belongs to."""

    id: str
    text: str
    type: str
    record: str = Field(default="", description="such as “Senior Engineer, Fernhill, 2022–2025”")
    document: str = ""
    place: str = ""


class Compared(Noun):
    """What an opening asks for and which evidence answers it.

    `skills` and `requirements` are in page order, each with the evidence that answers it, best first, or with
    none: a gap, and where an answer would help, a question.
    """

    posting: Posting
    skills: tuple[Match, ...]
    requirements: tuple[Match, ...]
    gaps: tuple[Match, ...] = Field(description="those of both that nothing answers")
    coverage: Coverage
    sources: tuple[Source, ...] = Field(description="every item of evidence that is cited")


def compare(
    request: Compare,
    own: Own,
    cancelled: outreach.IsCancelled | None = None,
    found: Found | None = None,
) -> Compared:
    """Match the two.

    Args:
        request: An opening and a sender.
        own: What is kept of who asks.
        cancelled: Asked often; true ends it with `Cancelled`.
        found: What `opening_of` gave, where the opening has been read already.

    Raises:
        DocumentError: when the page gives no opening, or the sender no evidence.
        NotFound: when there is no such profile or opening.
        Cancelled: when told so.
    """
    profile = profile_of(request.sender, own)
    _, posting = found or opening_of(request.opening, cancelled)
    opening = outreach.examine(posting, profile)
    return Compared(
        posting=posting,
        skills=opening.asked,
        requirements=tuple(match for match in opening.matches if match.subject == "requirement"),
        gaps=tuple(match for match in opening.matches if match.is_gap),
        coverage=outreach.coverage(opening, profile),
        sources=sources_of(profile, (id_ for match in opening.matches for id_ in match.evidence)),
    )


def sources_of(profile: Profile, ids: Iterable[str]) -> tuple[Source, ...]:
    """The items of these ids, in the order of the profile; ids of posting lines are passed over."""
    wanted = frozenset(ids)
    records = {record.id: _named(record) for record in profile.records}
    return tuple(_source(item, records) for item in profile.evidence if item.id in wanted)


def _source(item: Evidence, records: dict[str, str]) -> Source:
    return Source(
        id=item.id,
        text=item.text,
        type=item.type,
        record=records.get(item.record or "", ""),
        document=item.source.document,
        place=item.source.place,
    )


def _named(record: Record) -> str:
    years = "–".join(filter(None, (record.start, record.end)))
    return ", ".join(filter(None, (record.full_title, record.organization, years)))
