"""When two documents say the same: the words of a text without their dress, and the facts of two records.

Only what cannot change the meaning is taken off. "C++" is not "C", "1.5" is not "15", ".NET" is not "net.".
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from language import dates

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, '“”„«»"‹›'), None) | dict.fromkeys(map(ord, "’‘ʼ"), "'")
_DRESS = _DASHES | _QUOTES
# Punctuation that ends a word or stands alone; within a number or a name it stays.
_STOPS = re.compile(
    r"(?<!\S)[-•·‣▪◦*|]+(?!\S)(?!\s*\d)|[()\[\]{}]|[.,;:!?…]+(?=\s|$)|(?<!\S)[,;:!?…]+|(?<!\S)\.+(?=\s|$)"
)
STATED = ("title", "area", "organization", "start", "end", "current")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with what no database takes (NUL, half characters) replaced one for one, so spans hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def words(text: str) -> str:
    """What a text says, the same for texts that differ in capitals, spaces, quotes and closing marks only."""
    dressed = unicodedata.normalize("NFC", storable(text)).translate(_DRESS).casefold()
    bare = " ".join(_STOPS.sub(" ", dressed).split())
    while (again := " ".join(_STOPS.sub(" ", bare).split())) != bare:
        bare = again
    return bare or " ".join(dressed.split())


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells a record from others, without dress. Dates stay as written."""

    kind: str
    title: str
    organization: str
    start: str
    end: str
    current: bool

    @classmethod
    def of(
        cls, kind: str, title: str, area: str, organization: str, start: str, end: str, current: bool
    ) -> "Facts":
        full = ", ".join(filter(None, (title, area)))
        start, end = storable(start).strip(), storable(end).strip()
        return cls(kind, words(full), words(organization), start, end, current)


# A project or certificate is known by its name; a title such as "Engineer" needs an employer or a date too.
_NAMED = frozenset({"project", "certificate"})


def agreement(one: Facts, other: Facts) -> int:
    """How many facts of two records agree, 0 where they are not, or not surely, the same record."""
    if one.kind != other.kind or _contradict(one, other):
        return 0
    title = bool(one.title) and one.title == other.title
    organization = bool(one.organization) and one.organization == other.organization
    start = bool(one.start and other.start)
    end = bool(one.end and other.end)
    enough = (title and (organization or start or one.kind in _NAMED)) or (organization and start)
    return title + organization + start + end if enough else 0


def _contradict(one: Facts, other: Facts) -> bool:
    pairs = ((one.title, other.title), (one.organization, other.organization))
    if any(a and b and a != b for a, b in pairs):
        return True
    if not (_compatible(one.start, other.start) and _compatible(one.end, other.end)):
        return True
    return (one.current and bool(other.end)) or (other.current and bool(one.end))


@lru_cache(maxsize=4096)
def _compatible(one: str, other: str) -> bool:
    """Whether two dates as written may be the same day: "2021" and "Mar 2021" may."""
    if not one or not other or one.casefold() == other.casefold():
        return True
    a, b = dates.parse(one), dates.parse(other)
    if a is None or b is None or a.year != b.year:
        return False
    same_month = a.month is None or b.month is None or a.month == b.month
    same_season = not a.season or not b.season or a.season.casefold() == b.season.casefold()
    return same_month and same_season


def stated(record: Any) -> dict[str, Any]:
    """What the person stated about a record, from its row: who says "still there" says that it has no end."""
    said = {name: value for name in STATED if (value := getattr(record, name)) is not None}
    if said.get("current"):
        said.setdefault("end", "")
    if said.get("end"):
        said.setdefault("current", False)
    return said


def joined(readings: Iterable[Facts]) -> Facts:
    """The facts of one record from all that was read of it, the first to give a fact giving it."""
    first, *rest = readings
    title, organization, start, end = first.title, first.organization, first.start, first.end
    for other in rest:
        title, organization = title or other.title, organization or other.organization
        start, end = start or other.start, end or other.end
    current = not end and (first.current or any(other.current for other in rest))
    return Facts(first.kind, title, organization, start, end, current)
