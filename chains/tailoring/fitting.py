"""Which lines stand on the page: all that fit on one page or two, those that answer the opening before all.

Lines are counted as the printed page counts them; the figures are those of `exports/resume.typ`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain import Evidence, Length, Record

LINES_A_PAGE = 58
CHARACTERS_A_LINE = 100
_HEAD, _HEADING, _TOP = 1.8, 2.4, 6.0
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


def fitted(groups: Sequence[Group], length: Length) -> tuple[list[Group], list[Candidate], list[Group]]:
    """(what stands on the page, lines left out, whole entries left out).

    Lines go one by one, the least worth first; an entry goes with its head only where lines alone do not
    make room.
    """
    room = _PAGES[length] * LINES_A_PAGE - _TOP - _HEADING * len({group.section for group in groups})
    need = sum(_cost(group) for group in groups)
    left: list[Candidate] = []
    gone: set[str] = set()
    order = sorted((line for group in groups for line in group.lines), key=_worth)
    for line in order:
        if need <= room:
            break
        need -= line.cost
        gone.add(line.item.id)
        left.append(line)
    kept = [replace(g, lines=tuple(x for x in g.lines if x.item.id not in gone)) for g in groups]
    dropped = []
    for index in sorted(range(len(kept)), key=lambda n: _group_worth(kept[n], groups[n])):
        if need <= room:
            break
        if kept[index].record is not None:
            need -= _cost(kept[index])
            dropped.append(groups[index])
            kept[index] = replace(kept[index], record=None, lines=())
    return [g for g in kept if g.record is not None or g.lines], left, dropped


def _cost(group: Group) -> float:
    return (_HEAD if group.record else 0.0) + sum(line.cost for line in group.lines)


def _worth(line: Candidate) -> tuple[float, int]:
    """Higher is kept longer: what it answers, its part, how new its entry is, how far up it stood."""
    first = 0.9 if line.place <= 1 else 0.5 if line.place <= 3 else 0.0
    return line.weight + (_PART[line.section] + first) / (1 + 0.35 * min(line.age, 30)), -line.place


def _group_worth(kept: Group, whole: Group) -> float:
    age = min((line.age for line in whole.lines), default=30)
    return kept.weight + _PART[kept.section] / (1 + 0.35 * age)
