"""What the sender's evidence offers: each item with its weight, how recent it is, and what it holds back.

A profile is read once and kept, by identity, with its items in reach by skill, by type and by record: a
posting has some twenty lines, and a profile may have ten thousand items.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from domain import Evidence, Profile, Record
from matching.overlap import field_words

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
YEARS = re.compile(r"\b(?:years?|yrs?|jahre?n?|ans|années|años?|anos?|lata?|anni|months)\b", re.IGNORECASE)
NOW = 9999
LOOKED_AT = 8  # items of a role that tell its field, best first
KEPT: Final = 8  # profiles read and kept; some 3 MB where one has 10,000 items


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

    @cached_property
    def skills(self) -> frozenset[str]:
        return frozenset(self.evidence.skills)

    @cached_property
    def is_list(self) -> bool:
        """Whether it only lists names."""
        return is_list(self.evidence.text)

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.evidence.text.split())

    @cached_property
    def quality(self) -> float:
        """0 to 1: bullets before bare list items, newest first, with a number before without."""
        number = 1.0 if self.evidence.numbers else 0.0
        return 0.65 * self.weight + 0.25 * self.recency + 0.10 * number


@dataclass(frozen=True, eq=False)
class Role:
    """A job the sender had: its record, its items, and the skills that they name."""

    record: Record
    offers: tuple[Offer, ...]
    skills: frozenset[str]

    @cached_property
    def fields(self) -> tuple[frozenset[str], ...]:
        """The words that tell a field in its best items."""
        return tuple(field_words(offer.evidence.text) for offer in self.offers[:LOOKED_AT])

    @property
    def head(self) -> Offer | None:
        """The item that asserts the role itself, else its best."""
        own = [offer for offer in self.offers if offer.evidence.type == "role"]
        return min(own or self.offers, key=lambda offer: offer.order, default=None)


@dataclass(frozen=True, eq=False)
class Offers:
    """All items of a profile that say something, in its order; by skill and by type the best come first."""

    items: tuple[Offer, ...]
    records: Mapping[str, Record]
    by_id: Mapping[str, Offer] = field(default_factory=dict)
    by_skill: Mapping[str, tuple[Offer, ...]] = field(default_factory=dict)
    by_type: Mapping[str, tuple[Offer, ...]] = field(default_factory=dict)
    roles: tuple[Role, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    _mixed: dict[tuple[str, ...], tuple[Offer, ...]] = field(default_factory=dict, repr=False, compare=False)

    def of_types(self, *types: str) -> tuple[Offer, ...]:
        """The items of some types, best first; sorted once, as 10,000 take some 15 ms."""
        if types not in self._mixed:
            found = [offer for type_ in types for offer in self.by_type.get(type_, ())]
            self._mixed[types] = tuple(sorted(found, key=lambda offer: (-offer.quality, offer.order)))
        return self._mixed[types]

    @cached_property
    def with_years(self) -> tuple[Offer, ...]:
        """The items that speak of years, best first."""
        spoken = self.of_types("summary", "bullet", "skill", "role")
        return tuple(offer for offer in spoken if YEARS.search(offer.evidence.text))

    def title_of(self, offer: Offer) -> str:
        """The title of the record an item belongs to, a degree's with its subject; empty without one."""
        record = self.records.get(offer.evidence.record or "")
        return record.full_title if record else ""


_KEPT: "OrderedDict[int, tuple[Profile, Offers]]" = OrderedDict()
_LOCK = threading.Lock()


def offers_of(profile: Profile) -> Offers:
    """`read_offers`, kept for the profiles met last; holding them, so that their identities stay theirs."""
    with _LOCK:
        known = _KEPT.get(id(profile))
        if known is not None:
            _KEPT.move_to_end(id(profile))
            return known[1]
    read = read_offers(profile)
    with _LOCK:
        _KEPT[id(profile)] = (profile, read)
        while len(_KEPT) > KEPT:
            _KEPT.popitem(last=False)
    return read


def read_offers(profile: Profile) -> Offers:
    """Every item of the profile that says something, within reach by what it names."""
    items = tuple(_items(profile))
    ranked = sorted(items, key=lambda offer: (offer.evidence.confidential, -offer.quality, offer.order))
    by_skill: dict[str, list[Offer]] = {}
    by_type: dict[str, list[Offer]] = {}
    for offer in ranked:
        by_type.setdefault(offer.evidence.type, []).append(offer)
        for skill in offer.skills:
            by_skill.setdefault(skill, []).append(offer)
    return Offers(
        items=items,
        records={record.id: record for record in profile.records},
        by_id={offer.id: offer for offer in items},
        by_skill={skill: tuple(found) for skill, found in by_skill.items()},
        by_type={type_: tuple(found) for type_, found in by_type.items()},
        roles=tuple(_roles(profile, ranked)),
        texts={offer.id: offer.evidence.text for offer in items},
    )


def _items(profile: Profile) -> Iterable[Offer]:
    ends = {record.id: _end(record) for record in profile.records}
    years = sorted({year for year in ends.values() if year})
    places = {year: (index + 1) / len(years) for index, year in enumerate(years)}
    for order, item in enumerate(profile.evidence):
        if item.text.strip():
            yield Offer(
                evidence=item,
                order=order,
                weight=min(WEIGHTS[item.type], LIST_WEIGHT if is_list(item.text) else 1.0),
                recency=places.get(ends.get(item.record or "", 0), 0.0),
            )


def _roles(profile: Profile, ranked: Iterable[Offer]) -> Iterable[Role]:
    owned: dict[str, list[Offer]] = {}
    for offer in ranked:
        if offer.evidence.record:
            owned.setdefault(offer.evidence.record, []).append(offer)
    for record in profile.records:
        if record.kind == "role":
            offers = tuple(owned.get(record.id, ()))
            yield Role(record, offers, frozenset(skill for offer in offers for skill in offer.skills))


def is_list(text: str) -> bool:
    """Whether a text only lists names: "React, TypeScript, Node.js"."""
    items = [item.split() for item in re.split(r"[,;|/•·]", text.rpartition(":")[2])]
    return len(items) > 2 and all(len(words) <= 3 for words in items)


def _end(record: Record) -> int:
    """The year a record ended; `NOW` while it goes on; 0 where no date is given."""
    if record.current or PRESENT.search(record.end):
        return NOW
    return _last_year(record.end) or _last_year(record.start)


def _last_year(text: str) -> int:
    return max(map(int, YEAR.findall(text)), default=0)
