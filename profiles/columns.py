"""The columns of a page, and the order in which a person reads its rows.

A gutter is a stretch of the page that nothing crosses and that has text on both sides. What stands beside it is
either another column, read after the first one, or notes that belong to the rows: dates, places and labels in
a margin. Bands of full width above and below are read before and after. The cut is repeated within each part,
as in the X-Y cut of Nagy and Seth (1984), but looks for gutters that end before the page does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from profiles import entries
from profiles.sections import part_named

WIDE = 1.25  # a gap of so many font sizes parts what stands in one row
SAME_ROW = 0.4  # font sizes between two baselines of one row
TOUCHING = 0.1  # font sizes between two words that are one
FEWEST = 4  # segments on each side of a gutter
ALIGNED = 0.8  # share of a side's segments that stand in a row with the other side's: notes, not a column
MARGINAL = 0.85  # share of a side's segments that are dates, places and headings: notes
PROSE = 4.0  # words a segment, on the average: both sides are text
STEP = 2.0  # points between two places at which a gutter is looked for
DEEPEST = 6
_LIST_MARKS = frozenset("•‣▪▫●○◦⁃∙·➢➤►▸✓✔■□◆❖❑➔→–-*›»")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place on a page, in points from the top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    ink: int


@dataclass(slots=True)
class Segment:
    """Words of one row that stand close together."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def base(self) -> float:
        return self.words[0].bottom

    @property
    def size(self) -> float:
        return self.words[0].size

    @property
    def text(self) -> str:
        return joined(self.words)

    @property
    def is_heading(self) -> bool:
        return part_named(self.text) is not None


@dataclass(slots=True)
class Row:
    """One row of a column: its segments from left to right."""

    segments: list[Segment]

    @property
    def base(self) -> float:
        return max(segment.base for segment in self.segments)

    @property
    def first(self) -> Word:
        return self.segments[0].words[0]

    @property
    def last(self) -> Word:
        return self.segments[-1].words[-1]

    @property
    def words(self) -> list[Word]:
        return [word for segment in self.segments for word in segment.words]


@dataclass(slots=True)
class Band:
    """Columns that stand side by side, from left to right; one where text has the full width."""

    columns: list[list[Row]]
    gutter: float = 0.0


@dataclass(slots=True)
class _Gutter:
    x: float
    top: float
    bottom: float
    left: list[Segment] = field(default_factory=list)
    right: list[Segment] = field(default_factory=list)


def joined(words: Sequence[Word]) -> str:
    """The words as a text; letters that only stand wide apart are one word."""
    if len(words) >= 4 and sum(len(word.text) == 1 for word in words) >= 0.8 * len(words):
        return _closed_up(words)
    text = words[0].text
    for before, word in pairwise(words):
        # A word in two weights, or a comma of another weight, has no space inside.
        text += ("" if word.x0 - before.x1 < TOUCHING * word.size else " ") + word.text
    return text


def _closed_up(words: Sequence[Word]) -> str:
    """ "J A N E   D O E" as "JANE DOE": the wider gaps part the words."""
    gaps = sorted(after.x0 - before.x1 for before, after in pairwise(words))
    limit = max(1.8 * gaps[len(gaps) // 3], 0.05 * words[0].size)
    parts = [words[0].text]
    for before, after in pairwise(words):
        parts.append((" " if after.x0 - before.x1 > limit else "") + after.text)
    return "".join(parts)


def bands(words: Sequence[Word]) -> list[Band]:
    """The bands of a page from top to bottom."""
    return _bands(segments(words), 0)


def segments(words: Sequence[Word]) -> list[Segment]:
    """Words joined to segments, from top to bottom and left to right."""
    found: list[Segment] = []
    for row in _rows_of_words(words):
        current = Segment([row[0]])
        found.append(current)
        for before, word in pairwise(row):
            size = max(before.size, word.size)
            is_mark = before.text in _LIST_MARKS and before is current.words[0]
            if word.x0 - before.x1 > (3 * WIDE if is_mark else WIDE) * size:
                current = Segment([word])
                found.append(current)
            else:
                current.words.append(word)
    return found


def _rows_of_words(words: Sequence[Word]) -> list[list[Word]]:
    """Words of one baseline together, from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.bottom):
        near = next(
            (row for row in reversed(rows[-3:]) if abs(row[0].bottom - word.bottom) < _same_row(row[0], word)),
            None,
        )
        if near is None:
            rows.append([word])
        else:
            near.append(word)
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _same_row(one: Word, other: Word) -> float:
    return SAME_ROW * min(one.size, other.size)


def _bands(found: list[Segment], depth: int) -> list[Band]:
    gutter = _best_gutter(found) if depth < DEEPEST else None
    if gutter is None:
        return [Band([_rows(found)])] if found else []
    beside = {id(segment) for segment in (*gutter.left, *gutter.right)}
    above = [s for s in found if id(s) not in beside and s.base <= gutter.top]
    below = [s for s in found if id(s) not in beside and s.base > gutter.top]
    columns = [_flat(_bands(side, depth + 1)) for side in (gutter.left, gutter.right)]
    return [*_bands(above, depth + 1), Band(columns, gutter.x), *_bands(below, depth + 1)]


def _flat(parts: list[Band]) -> list[Row]:
    return [row for band in parts for column in band.columns for row in column]


def _best_gutter(found: list[Segment]) -> _Gutter | None:
    """The gutter with the most text on its poorer side, that parts columns; None where there is none."""
    if len(found) < 2 * FEWEST:
        return None
    left, right = min(s.x0 for s in found), max(s.x1 for s in found)
    rows = sorted(found, key=lambda s: s.base)
    best: tuple[float, _Gutter] | None = None
    seen: set[tuple[int, ...]] = set()
    x = left + 0.12 * (right - left)
    while x < left + 0.88 * (right - left):
        for gutter in _gutters(rows, x):
            key = tuple(id(s) for s in gutter.left)
            if key not in seen:
                seen.add(key)
                worth = _worth(gutter)
                if (best is None or worth > best[0]) and not _is_table(gutter.left, gutter.right):
                    best = (worth, gutter)
        x += STEP
    return best[1] if best else None


def _gutters(rows: list[Segment], x: float) -> list[_Gutter]:
    """The stretches at one place that no segment crosses, with enough on both sides."""
    found = []
    for crosses, group in groupby(rows, key=lambda s: s.x0 < x < s.x1):
        if crosses:
            continue
        run = list(group)
        gutter = _Gutter(x, run[0].base, run[-1].base)
        gutter.left = [s for s in run if s.x1 <= x]
        gutter.right = [s for s in run if s.x0 >= x]
        if min(len(gutter.left), len(gutter.right)) >= FEWEST and _overlaps(gutter):
            found.append(_trimmed(gutter))
    return [gutter for gutter in found if min(len(gutter.left), len(gutter.right)) >= FEWEST]


def _overlaps(gutter: _Gutter) -> bool:
    """Whether the two sides stand beside each other at all, and not one below the other."""
    top = max(gutter.left[0].base, gutter.right[0].base)
    bottom = min(gutter.left[-1].base, gutter.right[-1].base)
    return bottom - top > 2 * gutter.left[0].size


def _trimmed(gutter: _Gutter) -> _Gutter:
    """Without what stands above both columns: a title, centred or on one side, with nothing beside it."""
    top = max(gutter.left[0].base, gutter.right[0].base)
    rows = sorted((*gutter.left, *gutter.right), key=lambda s: s.base)
    cut = rows[0].base
    for before, after in pairwise(rows):
        if after.base > top + 1:
            break
        if after.base - before.base > 2.2 * max(before.size, after.size) or before.size > 1.5 * after.size:
            cut = after.base
    heads = [next((s.base for s in side if s.is_heading), None) for side in (gutter.left, gutter.right)]
    if heads[0] is not None and heads[1] is not None:
        first = min(heads[0], heads[1])
        # A row or two above the first headings is the end of what stands above, such as contacts.
        if len({round(s.base / 4) for s in rows if cut <= s.base < first}) <= 2:
            cut = max(cut, first)
    gutter.left = [s for s in gutter.left if s.base >= cut - 0.5]
    gutter.right = [s for s in gutter.right if s.base >= cut - 0.5]
    gutter.top = cut - 0.6
    return gutter


def _worth(gutter: _Gutter) -> float:
    """Rows on the poorer side; a wide gutter is worth more than a narrow one that parts the same rows."""
    width = min(s.x0 for s in gutter.right) - max(s.x1 for s in gutter.left)
    return min(len(gutter.left), len(gutter.right)) + min(width, 40) / 100


def _is_table(left: list[Segment], right: list[Segment]) -> bool:
    """Whether one side only holds what belongs to rows of the other."""
    headed = [sum(s.is_heading for s in side) for side in (left, right)]
    if min(headed) or min(sum(len(s.words) for s in side) / len(side) for side in (left, right)) >= PROSE:
        return False
    poor, rich = sorted((left, right), key=lambda side: sum(len(s.words) for s in side))
    aligned = sum(any(abs(a.base - b.base) < SAME_ROW * a.size for b in rich) for a in poor) / len(poor)
    if sum(_is_note(s) for s in poor) >= MARGINAL * len(poor):
        return True
    return aligned >= ALIGNED


def _is_note(segment: Segment) -> bool:
    text = segment.text
    if segment.is_heading or entries.is_place(text):
        return True
    dates = entries.find_dates(text, single=True)
    return dates is not None and len(entries.without(text, dates)) < 4


# --- rows ------------------------------------------------------------------------------------------


def _rows(found: list[Segment]) -> list[Row]:
    """Segments of one baseline as rows; a heading in the margin gets a row of its own."""
    rows: list[Row] = []
    for segment in sorted(found, key=lambda s: s.base):
        last = rows[-1] if rows else None
        if last and abs(last.segments[0].base - segment.base) < SAME_ROW * min(
            last.segments[0].size, segment.size
        ):
            last.segments.append(segment)
        else:
            rows.append(Row([segment]))
    out: list[Row] = []
    for row in rows:
        row.segments.sort(key=lambda s: s.x0)
        if len(row.segments) > 1 and row.segments[0].is_heading:
            out.append(Row([row.segments[0]]))
            row = Row(row.segments[1:])
        out.append(row)
    _join_notes(out)
    return out


def _join_notes(rows: list[Row]) -> None:
    """A date that goes on in the margin of the next row ("Jan 2020 –", "Mar 2022") is put together."""
    for row, after in pairwise(rows):
        if len(row.segments) < 2 or not after.segments:
            continue
        note, rest = row.segments[0], after.segments[0]
        if abs(note.x0 - rest.x0) > note.size or note.text[-1] not in "-–—" or len(note.words) > 4:
            continue
        if entries.find_dates(f"{note.text} {rest.text}") and len(rest.words) <= 3:
            note.words.extend(rest.words)
            after.segments.remove(rest)
    rows[:] = [row for row in rows if row.segments]
