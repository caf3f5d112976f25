"""What a reader is not sure of, as questions: better asked than guessed.

Each doubt has an answer that settles it: a ready text for the whole item, or the person's own words.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from domain import Doubt, Evidence, Profile, Record
from language import dates

OLDEST_PRESENT: Final = 18  # months after which "present" is asked about
DOUBTED: Final = 0.5  # confidence of an item with a question

# A bare number after a word of change, at the end of a clause: "improving user experience by 30."
_BARE = re.compile(
    r"\b(?:by|of)\s+(?P<number>\d{1,3})(?=\s*(?:[.,;)](?!\d)|$|and\b|through\b|with\b|while\b))",
    re.IGNORECASE,
)
_IS_CHANGE = re.compile(
    r"\b(?:reduc|increas|grow|grew|improv|cut|boost|rais|lower|decreas|sav|optimi[sz]|enhanc|accelerat|speed|drop"
    r"|lift|gain)\w*",
    re.IGNORECASE,
)
_LATEST_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def raised(profile: Profile) -> Profile:
    """The profile with the doubts of each item, and its confidence lowered by them."""
    records = {record.id: record for record in profile.records}
    latest = _latest_year(profile)
    items = []
    for item in profile.evidence:
        # A saved profile comes with its doubts, which are raised again here.
        found = tuple(dict.fromkeys((*item.doubts, *_of(item, records.get(item.record or ""), latest))))
        if found:
            confidence = min(item.confidence, DOUBTED)
            item = item.model_copy(update={"doubts": found, "confidence": confidence})
        items.append(item)
    return profile.model_copy(update={"evidence": tuple(items)})


def _of(item: Evidence, record: Record | None, latest: int) -> Iterator[Doubt]:
    yield from _lost_units(item)
    if item.type == "role" and record is not None:
        yield from _role(item, record, latest)


def _lost_units(item: Evidence) -> Iterator[Doubt]:
    """ "Cut cloud costs by 30": a percent sign or a unit may have been lost."""
    for found in _BARE.finditer(item.text):
        if not _IS_CHANGE.search(item.text[: found.start()]):
            continue
        number, end = found["number"], found.end("number")
        repaired = f"{item.text[:end]}%{item.text[end:]}"
        question = f"A percent sign or a unit may have been lost. What does {number} stand for?"
        yield Doubt(about="number", question=question, words=number, answers=(repaired,))


def _role(item: Evidence, record: Record, latest: int) -> Iterator[Doubt]:
    if record.current and latest and datetime.now(UTC).year - latest > OLDEST_PRESENT / 12:
        question = f"Nothing in this file is newer than {latest}. Do you still work there?"
        yield Doubt(about="current", question=question, words=record.start)
    if not record.organization:
        yield Doubt(about="organization", question="Which employer or client was this for?")
    elif not record.title:
        yield Doubt(about="title", question="What was your title there?", words=record.organization)
    if not (record.start or record.end) and item.text:
        yield Doubt(about="dates", question="From when to when was this?")
    elif _are_backwards(record):
        yield Doubt(about="dates", question="The end is before the start. When was this?", words=record.end)


def _are_backwards(record: Record) -> bool:
    start, end = dates.parse(record.start), dates.parse(record.end)
    if start is None or end is None or start.year is None or end.year is None:
        return False
    return end.year < start.year


def _latest_year(profile: Profile) -> int:
    """The newest year that the document names, 0 where it names none."""
    now = datetime.now(UTC).year
    texts = [item.text for item in profile.evidence] + [f"{r.start} {r.end}" for r in profile.records]
    years = [int(year) for text in texts for year in _LATEST_YEAR.findall(text)]
    return max((year for year in years if year <= now), default=0)
