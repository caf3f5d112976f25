"""What the sender's evidence offers: each item with its weight, how recent it is, and what it holds back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain import Evidence, Profile, Record

WEIGHTS: Mapping[str, float] = {
    "bullet": 1.0,
    "project": 1.0,
    "role": 0.8,
    "certificate": 0.8,
    "degree": 0.6,
    "summary": 0.5,
    "language": 0.4,
    "skill": 0.3,
}
LIST_WEIGHT = 0.5  # names without a word on what was done with them
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PRESENT = re.compile(r"\b(?:present|now|current|today|ongoing|heute|actual|aujourd)", re.IGNORECASE)
NOW = 9999


@dataclass(frozen=True)
class Offer:
    """One item of evidence. `weight` and `recency` are 0 to 1; the newest record has recency 1."""

    evidence: Evidence
    order: int
    weight: float
    recency: float

    @property
    def id(self) -> str:
        return self.evidence.id

    @property
    def quality(self) -> float:
        """0 to 1: bullets before bare list items, newest first, with a number before without."""
        number = 1.0 if self.evidence.numbers else 0.0
        return 0.65 * self.weight + 0.25 * self.recency + 0.10 * number


def read_offers(profile: Profile) -> tuple[Offer, ...]:
    """Every item of the profile that says something, in the profile's order."""
    ends = {record.id: _end(record) for record in profile.records}
    years = sorted({year for year in ends.values() if year})
    places = {year: (index + 1) / len(years) for index, year in enumerate(years)}
    return tuple(
        Offer(
            evidence=item,
            order=order,
            weight=min(WEIGHTS[item.type], LIST_WEIGHT if is_list(item.text) else 1.0),
            recency=places.get(ends.get(item.record or "", 0), 0.0),
        )
        for order, item in enumerate(profile.evidence)
        if item.text.strip()
    )


def is_list(text: str) -> bool:
    """Whether a text only lists names: "React, TypeScript, Node.js"."""
    items = [item.split() for item in re.split(r"[,;|/•·]", text.rpartition(":")[2])]
    return len(items) > 2 and all(len(words) <= 3 for words in items)


def _end(record: Record) -> int:
    """The year a record ended; `NOW` while it goes on; 0 where no date is given."""
    if record.current or PRESENT.search(record.end):
        return NOW
    return _last_year([record.end]) or _last_year([record.start])


def _last_year(texts: Iterable[str]) -> int:
    return max((int(year) for text in texts for year in YEAR.findall(text)), default=0)
