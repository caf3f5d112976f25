"""The columns of a page, and the order in which a person reads its rows.

A gutter is a stretch of the page that nothing crosses and that has text on both sides. What stands beside it
is either another column, read after the first one, or notes that belong to the rows: dates, places and labels
in a margin. Bands of full width above and below are read before and after. The cut is repeated within each
part, as in the X-Y cut of Nagy and Seth (1984), but looks for gutters that end before the page does.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise

from profiles import entries
from profiles.sections import part_named

WIDE = 1.25  # a gap of so many font sizes parts what stands in one row
SAME_ROW = 0.4  # font sizes between two baselines of one row
NARROW = 0.35  # font sizes between a margin and the text, where other rows begin at the same place
OTHER_TYPE = 1.3  # times as large: another text, though close
FEWEST = 4  # segments on each side of a gutter
ALIGNED = 0.8  # share of a side's segments that stand in a row with the other side's: notes, not a column
MARGINAL = 0.85  # share of a side's segments that are dates, places and headings: notes
DATED = 0.4  # share of a side's segments that are dates: no column of its own
PROSE = 4.0  # words a segment, on the average: both sides are text
STEP = 2.0  # points between two places at which a gutter is looked for
DEEPEST = 6
_DURATION = re.compile(
    r"\(?(?:\d+ ?(?:years?|yrs?|jahre?|ans|años|anos)[, ]*)?"
    r"(?:(?:and )?\d+ ?(?:months?|mos?|monate?|mois|meses))?\)?",
    re.IGNORECASE,
)
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
    glued: bool = False


class Segment:
    """Words of one row that stand close together; `is_heading` is set for the page's headings."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.x0 = words[0].x0
        self.base, self.size = words[0].bottom, words[0].size
        self.is_heading = False

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @cached_property
    def text(self) -> str:
        return joined(self.words)

    @cached_property
    def is_note(self) -> bool:
        """Whether it only says when, where or how long."""
        text = self.text
        if self.is_heading or entries.names_place(text) or _DURATION.fullmatch(text):
            return True
        return self.is_date

    @cached_property
    def is_date(self) -> bool:
        return _is_date_like(self.text)

    @property
    def look(self) -> tuple[int, bool, int]:
        return round(self.size), self.words[0].bold, self.words[0].ink


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
    gutter: tuple[float, float] = (0.0, 0.0)


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
        text += ("" if word.glued and before.x1 <= word.x0 + word.size else " ") + word.text
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
    found = segments(words)
    _mark_headings(found)
    return _bands(found, 0)


def _mark_headings(found: Sequence[Segment]) -> None:
    """Mark what is named like a section and looks like most that are."""
    named = [s for s in found if len(s.words) <= 5 and part_named(s.text)]
    looks = Counter(s.look for s in named)
    best = max(looks, key=lambda look: (looks[look], look), default=None)
    for segment in named:
        segment.is_heading = segment.look == best and not segment.text.endswith(":")


def segments(words: Sequence[Word]) -> list[Segment]:
    """Words joined to segments, from top to bottom and left to right."""
    found = _close_words(words)
    starts = Counter(round(segment.x0) for segment in found)
    edges = [x for x, count in starts.items() if count + starts[x - 1] + starts[x + 1] >= FEWEST]
    return [part for segment in found for part in _parted(segment, edges)]


def _parted(segment: Segment, edges: Sequence[int]) -> list[Segment]:
    """A date in a narrow margin and what stands beside it: cut where many other rows begin."""
    for index in range(1, min(len(segment.words), 8)):
        before, word = segment.words[index - 1], segment.words[index]
        is_edge = any(abs(word.x0 - x) <= 1.5 for x in edges) and word.x0 - before.x1 > NARROW * word.size
        if is_edge and (
            _is_date_like(joined(segment.words[:index])) or part_named(joined(segment.words[:index]))
        ):
            return [Segment(segment.words[:index]), Segment(segment.words[index:])]
    return [segment]


def _is_date_like(text: str) -> bool:
    """Whether a text is a date, a span of time, or the beginning of one: "2017 –", "Present"."""
    text = text.strip()
    if entries.is_now(text):
        return True
    dates = entries.find_dates(text, single=True)
    return dates is not None and len(entries.without(text, dates).strip(" –—-")) < 4


def _close_words(words: Sequence[Word]) -> list[Segment]:
    found: list[Segment] = []
    for row in _rows_of_words(words):
        current = Segment([row[0]])
        found.append(current)
        for before, word in pairwise(row):
            size = max(before.size, word.size)
            is_mark = before.text in _LIST_MARKS and before is current.words[0]
            gap = word.x0 - before.x1
            parts = gap > NARROW * size and max(word.size, before.size) > OTHER_TYPE * min(
                word.size, before.size
            )
            if parts or gap > (3 * WIDE if is_mark else WIDE) * size:
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
            (
                row
                for row in reversed(rows[-3:])
                if abs(row[0].bottom - word.bottom) < _same_row(row[0], word)
            ),
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
    gutters = _gutters_of(found) if depth < DEEPEST else []
    gutter = _best([g for g in gutters if not _is_table(g.left, g.right)])
    notes = None if gutter else _best([g for g in gutters if _notes(g.left, g.right) is not None])
    chosen = gutter or notes
    if chosen is None:
        return [Band([_rows(found)])] if found else []
    beside = {id(segment) for segment in (*chosen.left, *chosen.right)}
    above = [s for s in found if id(s) not in beside and s.base <= chosen.top]
    below = [s for s in found if id(s) not in beside and s.base > chosen.top]
    if gutter:
        sides = [_flat(_bands(side, depth + 1)) for side in (chosen.left, chosen.right)]
        band = Band(sides, (max(s.x1 for s in chosen.left), min(s.x0 for s in chosen.right)))
    else:
        band = Band([_with_notes(chosen, depth)])
    return [*_bands(above, depth + 1), band, *_bands(below, depth + 1)]


def _flat(parts: list[Band]) -> list[Row]:
    return [row for band in parts for column in band.columns for row in column]


def _gutters_of(found: list[Segment]) -> list[_Gutter]:
    """Every stretch that nothing crosses, once for each way in which it parts the segments."""
    if len(found) < 2 * FEWEST:
        return []
    left, right = min(s.x0 for s in found), max(s.x1 for s in found)
    rows = sorted(found, key=lambda s: s.base)
    gutters: dict[tuple[int, ...], _Gutter] = {}
    x = left + 0.06 * (right - left)
    while x < left + 0.94 * (right - left):
        for gutter in _gutters(rows, x):
            gutters.setdefault(tuple(id(s) for s in gutter.left), gutter)
        x += STEP
    return list(gutters.values())


def _best(gutters: Sequence[_Gutter]) -> _Gutter | None:
    return max(gutters, key=_worth, default=None)


def _gutters(rows: list[Segment], x: float) -> list[_Gutter]:
    """The stretches at one place that no segment crosses, with enough on both sides."""
    found = []
    for crosses, group in groupby(rows, key=lambda s: s.x0 < x < s.x1):
        if crosses:
            continue
        for run in _between_headings(list(group), x):
            gutter = _gutter(run, x)
            if gutter and _overlaps(gutter):
                found.append(_trimmed(gutter))
    return [gutter for gutter in found if min(len(gutter.left), len(gutter.right)) >= FEWEST]


def _gutter(run: list[Segment], x: float) -> _Gutter | None:
    if not run:
        return None
    gutter = _Gutter(x, run[0].base, run[-1].base)
    gutter.left = [s for s in run if s.x1 <= x]
    gutter.right = [s for s in run if s.x1 > x]
    return gutter if min(len(gutter.left), len(gutter.right)) >= FEWEST else None


def _between_headings(run: list[Segment], x: float) -> list[list[Segment]]:
    """The run cut at headings of the full width: all on one side, and never with anything beside them."""
    whole = _gutter(run, x)
    if whole is None:
        return []
    left, right = ([s for s in side if s.is_heading] for side in (whole.left, whole.right))
    if bool(left) == bool(right):
        return [run]
    headings, others = (left, whole.right) if left else (right, whole.left)
    inner = [h for h in headings if others[0].base < h.base < others[-1].base]
    if not inner or any(abs(h.base - s.base) < 1.3 * h.size for h in inner for s in others):
        return [run]
    cuts = {id(h) for h in headings}
    parts: list[list[Segment]] = [[]]
    for segment in run:
        if id(segment) in cuts:
            parts.append([])
        else:
            parts[-1].append(segment)
    return parts


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


def _worth(gutter: _Gutter) -> tuple[int, int, float]:
    """Rows on the poorer side, then rows in all, then how wide it is."""
    width = min(s.x0 for s in gutter.right) - max(s.x1 for s in gutter.left)
    left, right = len(gutter.left), len(gutter.right)
    return min(left, right), left + right, width


def _is_table(left: list[Segment], right: list[Segment]) -> bool:
    """Whether one side only holds what belongs to rows of the other."""
    if _notes(left, right) is not None:
        return True
    poor, rich = sorted((left, right), key=lambda side: sum(len(s.words) for s in side))
    if sum(s.is_date for s in poor) >= DATED * len(poor):
        return True
    is_prose = min(sum(len(s.words) for s in side) / len(side) for side in (left, right)) >= PROSE
    if is_prose or all(any(s.is_heading for s in side) for side in (left, right)):
        return False
    beside = [s for s in poor if rich[0].base - 1 <= s.base <= rich[-1].base + 1 and not s.is_heading]
    aligned = sum(any(abs(a.base - b.base) < SAME_ROW * a.size for b in rich) for a in beside)
    return aligned >= ALIGNED * len(beside)


def _notes(left: list[Segment], right: list[Segment]) -> list[Segment] | None:
    """The side that holds notes to the rows of the other side; None where neither does."""
    for side, other in ((left, right), (right, left)):
        if _are_notes(side) or _are_margin_headings(side, other):
            return side
    return None


def _are_notes(side: Sequence[Segment]) -> bool:
    return sum(s.is_note for s in side) >= MARGINAL * len(side)


def _are_margin_headings(poor: Sequence[Segment], rich: Sequence[Segment]) -> bool:
    """Whether a side holds nothing but headings: of one look, which the other side has not, and few."""
    looks = {s.look for s in poor}
    bodies = Counter(s.look for s in rich)
    return (
        len(looks) == 1
        and len(poor) <= 0.5 * len(rich)
        and bodies.most_common(1)[0][0] not in looks
        and all(len(s.words) <= 4 for s in poor)
        and sum(s.is_heading for s in poor) >= 2
    )


def _with_notes(gutter: _Gutter, depth: int) -> list[Row]:
    """The rows of the richer side, with what the other side says of them."""
    notes = _notes(gutter.left, gutter.right) or []
    is_left = notes is gutter.left
    rich = gutter.right if is_left else gutter.left
    are_headings = _are_margin_headings(notes, rich)
    rows = _flat(_bands(rich, depth + 1))
    for cluster in _clusters(sorted(notes, key=lambda s: s.base)):
        at = next(
            (i for i, row in enumerate(rows) if row.base > cluster[0].base - 0.7 * cluster[0].size), None
        )
        text = " ".join(segment.text for segment in cluster)
        if (
            are_headings
            or part_named(text)
            or at is None
            or rows[at].base - cluster[0].base > cluster[0].size
        ):
            rows.insert(len(rows) if at is None else at, _merged(cluster))
        elif is_left:
            rows[at].segments[:0] = _merged(cluster).segments
        else:
            rows[at].segments.extend(_merged(cluster).segments)
    return rows


def _merged(cluster: list[Segment]) -> Row:
    """Notes that are one heading or one span of time as one segment; others side by side."""
    text = " ".join(segment.text for segment in cluster)
    dates = [s for s in cluster if s.is_date]
    if len(cluster) > 1 and (part_named(text) or dates == cluster):
        return Row([Segment([word for segment in cluster for word in segment.words])])
    return Row(cluster)


def _clusters(notes: Sequence[Segment]) -> list[list[Segment]]:
    """Notes right below each other that say different things: a place, a span of time, its length."""
    clusters: list[list[Segment]] = []
    for note in notes:
        last = clusters[-1] if clusters else None
        if last and note.base - last[-1].base < 1.7 * note.size and _adds(last, note):
            last.append(note)
        else:
            clusters.append([note])
    return clusters


def _adds(cluster: list[Segment], note: Segment) -> bool:
    text = " ".join(segment.text for segment in cluster)
    if part_named(text) or note.is_heading:
        return part_named(f"{text} {note.text}") is not None
    if note.is_date:
        joined_dates = entries.find_dates(f"{text} {note.text}")
        return not any(s.is_date for s in cluster) or (
            text.rstrip()[-1:] in "-–—" and joined_dates is not None
        )
    return part_named(f"{text} {note.text}") is not None or not any(s.text == note.text for s in cluster)


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
    return out
