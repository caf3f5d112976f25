"""Which lines stand on the page: all that fit on one page or two, those that answer the opening before all.

Lines are counted as the printed page counts them; the figures are those of `exports/resume.typ`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain import Evidence, Length, Record

LINES_A_PAGE = 58
CHARACTERS_A_LINE = 100
_HEAD, _HEADING, _TOP = 1.6, 2.4, 6.0
_SKILLS_A_LINE = 100
_PAGES: dict[Length, int] = {"short": 1, "usual": 2, "long": 2}
TOO_LONG = "there was no room for it, and it answers nothing that this opening asks for"
TOO_LONG_BUT_ANSWERS = "there was no room for it, and what stands on the page answers more"


@dataclass(frozen=True)
class Candidate:
    """A line that may stand in an entry: `age` counts the entries above its own in the same section."""

    item: Evidence
    text: str
    place: int
    weight: float = 0.0
    age: int = 0
    section: str = ""

    @property
    def cost(self) -> float:
        if self.section in ("skills", "languages"):
            return (len(self.text) + 2) / _SKILLS_A_LINE
        return 1.0 + len(self.text) // CHARACTERS_A_LINE


@dataclass(frozen=True)
class Group:
    """The lines of one entry, with its record where it has one."""

    record: Record | None
    section: str
    lines: tuple[Candidate, ...] = ()
    head: Evidence | None = None
    age: int = 0

    @property
    def names_it(self) -> str:
        """The item that an entry's head rests on: what names the record, else its first line."""
        items = [self.head] if self.head else [line.item for line in self.lines]
        return items[0].id if items and items[0] and self.record else ""

    @property
    def weight(self) -> float:
        return sum(line.weight for line in self.lines)


# What goes first where there is no room, and how much a line of a part is worth by itself.
_PART = {
    "summary": 3.0,
    "experience": 1.5,
    "education": 1.2,
    "certificates": 1.2,
    "languages": 3.0,
    "projects": 1.0,
    "skills": 0.8,
    "volunteering": 0.6,
    "other": 0.2,
}


_KEPT_HEADS = 5
"""Entries of a section, from the newest, whose heads stay while there is a line that is worth less."""


def fitted(groups: Sequence[Group], length: Length) -> tuple[list[Group], list[Candidate], list[Group]]:
    """(what stands on the page, lines left out, whole entries left out).

    What is worth least goes first: lines of old roles that answer nothing, then, beyond the newest few, whole
    entries with their heads.
    """
    room = _PAGES[length] * LINES_A_PAGE - _TOP - _HEADING * len({group.section for group in groups})
    need = sum(_cost(group) for group in groups)
    units: list[tuple[tuple[float, int], int, Candidate | None]] = []
    for index, group in enumerate(groups):
        units += [(_worth(line), index, line) for line in group.lines]
        if group.record is not None:
            units.append((_head_worth(group), index, None))
    gone: dict[int, set[str]] = {}
    dropped: set[int] = set()
    for _, index, line in sorted(units, key=lambda unit: (unit[0], unit[1])):
        if need <= room:
            break
        if index in dropped:
            continue
        left = gone.setdefault(index, set())
        if line is not None:
            need -= line.cost
            left.add(line.item.id)
            continue
        need -= _HEAD + sum(x.cost for x in groups[index].lines if x.item.id not in left)
        dropped.add(index)
    kept = [
        replace(group, lines=tuple(x for x in group.lines if x.item.id not in gone.get(index, ())))
        for index, group in enumerate(groups)
        if index not in dropped
    ]
    lines = [
        line
        for index, group in enumerate(groups)
        for line in group.lines
        if index in dropped or line.item.id in gone.get(index, ())
    ]
    return [g for g in kept if g.record is not None or g.lines], lines, [groups[n] for n in sorted(dropped)]


def _cost(group: Group) -> float:
    return (_HEAD if group.record else 0.0) + sum(line.cost for line in group.lines)


def _worth(line: Candidate) -> tuple[float, int]:
    """Higher is kept longer: what it answers, its part, how new its entry is, how far up it stood."""
    first = 0.9 if line.place <= 1 else 0.5 if line.place <= 3 else 0.0
    return line.weight + (_PART[line.section] + first) / (1 + 0.35 * min(line.age, 30)), -line.place


def _head_worth(group: Group) -> tuple[float, int]:
    beyond = max(0, group.age - _KEPT_HEADS)
    return 2 * _PART[group.section] / (1 + 0.35 * beyond) + group.weight, 0
