"""A PDF as text in reading order: columns told apart, margins joined to their rows, paragraphs closed up.

A line of the text is a paragraph, a list item or one row of a table; a tab stands where a wide gap does. What
is repeated at the head or foot of pages is kept once.
"""

import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from errors import DocumentError
from profiles import entries
from profiles.columns import Band, Row, Word, bands, joined
from profiles.lines import Line, read_line
from profiles.mirroring import is_right_to_left, mirrored
from profiles.sections import part_guessed, part_named
from profiles.source import Source

SECONDS: Final = 25
FEWEST_WORDS: Final = 4  # in a row that goes on with a capital
_AT_ONCE = threading.BoundedSemaphore(2)  # reading processes; each may take some 100 MB
_WORDS: Final = Path(__file__).resolve().with_name("pdf_words.py")
_PAGE_NUMBER = re.compile(
    r"[-–—]\s*\d{1,2}\s*[-–—]|(?:page|seite|página|pagina|strona|sayfa|p\.)?\s*\d{1,2}\s*(?:(?:of|/|von|de|sur|z|di)\s*\d{1,2})?"
    r"|(?:last )?updated (?:in|on).{0,30}",
    re.IGNORECASE,
)
_COPY = "Open it, copy its text, and paste it into the form; or save it as a Word file (.docx)."
# Programs that cut words at the end of lines. Elsewhere a hyphen there is one that was written.
_CUTS_WORDS = re.compile(
    r"tex|typst|indesign|weasyprint|prince|quark|scribus|affinity|context", re.IGNORECASE
)
# Beginnings of compounds that keep their hyphen where a line ends after it.
_KEEPS_HYPHEN = frozenset(
    [
        "all",
        "back",
        "co",
        "cost",
        "cross",
        "data",
        "end",
        "ever",
        "first",
        "five",
        "four",
        "front",
        "full",
        "half",
        "hand",
        "high",
        "in",
        "inter",
        "large",
        "life",
        "long",
        "low",
        "mid",
        "multi",
        "near",
        "new",
        "non",
        "object",
        "off",
        "on",
        "one",
        "open",
        "out",
        "part",
        "peer",
        "post",
        "pre",
        "re",
        "real",
        "second",
        "self",
        "semi",
        "short",
        "single",
        "six",
        "small",
        "so",
        "start",
        "state",
        "sub",
        "team",
        "ten",
        "test",
        "third",
        "three",
        "time",
        "top",
        "two",
        "under",
        "up",
        "user",
        "well",
        "wide",
        "world",
        "year",
    ]
)


@dataclass(slots=True)
class _Paragraph:
    """Rows that are one paragraph; `left` and `right` are the edges of their column."""

    rows: list[Row]
    page: int
    left: float
    blank: bool
    text: str = ""
    level: int = 0

    @property
    def first(self) -> Word:
        return self.rows[0].first


@dataclass
class _Page:
    number: int
    height: float
    bands: list[Band]
    links: list[tuple[str, float, float]] = field(
        default_factory=list
    )  # address, and the middle of its place
    paragraphs: list[list[list[_Paragraph]]] = field(default_factory=list)  # by band, by column


def read_pdf(data: bytes) -> Source:
    """Read a PDF.

    Raises:
        DocumentError: when it is locked, damaged, or holds pictures of text.
    """
    read = _words_of(data)
    _refuse(read)
    pages, hidden = _pages(read["pages"])
    cuts_words = _CUTS_WORDS.search(read["producer"]) is not None
    for page in pages:
        page.paragraphs = [
            [_paragraphs(column, page.number, cuts_words) for column in band.columns] for band in page.bands
        ]
    _drop_running_lines(pages)
    _set_levels(list(_in_text_order(pages)))
    is_wide = any(len(band.columns) > 1 for page in pages for band in page.bands)
    text, starts, spans = _written(pages)
    links = _links(pages)
    found = (_line(p, spans[id(p)], links.get(id(p), ())) for p in _in_reading_order(pages))
    lines = tuple(line for line in found if line.text.strip())
    warnings = [f"Only the first {len(pages)} pages were read."] if read["more"] else []
    if read.get("cut"):
        warnings.append("This PDF holds far more text than a résumé: only its beginning was read.")
    if hidden:
        warnings.append("This PDF has text that no reader can see. It was left out.")
    return Source(
        text=text,
        lines=lines,
        pages=tuple(starts),
        layout="two columns" if is_wide else "one column",
        warnings=tuple(warnings),
        hidden=hidden,
        confidence=round((0.85 if is_wide else 0.95) * (1 - min(0.5, 2 * read["unread"])), 2),
    )


# --- the words ---------------------------------------------------------------------------------------


def _words_of(data: bytes) -> dict[str, Any]:
    """What the reading process gives; one that fails or does not end means a document that cannot be read."""
    damaged = DocumentError("This PDF is damaged or too complex to read.", _COPY)
    # Isolated: the child loads no module of ours but this file, and nothing from its surroundings.
    command = [sys.executable, "-I", str(_WORDS)]
    # No key or password of ours goes to where a stranger's document is read.
    bare = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    try:
        with _AT_ONCE:
            done = subprocess.run(  # noqa: S603  # our own module
                command, input=data, capture_output=True, timeout=SECONDS, check=False, env=bare
            )
    except subprocess.TimeoutExpired:
        raise damaged from None
    if done.returncode or not done.stdout:
        raise damaged
    try:
        read = json.loads(done.stdout)
    except ValueError:
        raise damaged from None
    if not isinstance(read, dict) or not ("error" in read or {"pages", "unread", "more"} <= read.keys()):
        raise damaged
    return read


def _refuse(read: dict[str, Any]) -> None:
    problem = read.get("error")
    if problem == "encrypted":
        raise DocumentError("This PDF is locked with a password.", "Save a copy without one and try again.")
    if problem:
        raise DocumentError("This PDF is damaged: no page of it can be read.", "Save it again and retry.")
    count = sum(len(page["words"]) for page in read["pages"])
    pictures = max((page["pictures"] for page in read["pages"]), default=0.0)
    if count < 15 and pictures > 0.2:
        raise DocumentError(
            "This PDF holds pictures of text, as a scanner makes them, and no text.",
            "Use the file that it was printed from, or type what matters into the form.",
        )
    if read["unread"] > 0.3:
        raise DocumentError("The letters of this PDF have no meaning to a program.", _COPY)
    if not count:
        raise DocumentError("This PDF holds no text.", "Choose another file, or use the form.")


def _pages(read: Sequence[dict[str, Any]]) -> tuple[list[_Page], tuple[str, ...]]:
    """The pages with their columns, and the texts that cannot be seen."""
    pages, hidden = [], []
    for number, page in enumerate(read, 1):
        words: list[Word] = []
        unseen: list[Word] = []
        for text, x0, top, x1, bottom, size, bold, ink, glued, seen in page["words"]:
            word = Word(text, x0, top, x1, bottom, size, bold, ink, glued)
            inside = -5 <= x0 <= page["width"] + 5 and -5 <= top <= page["height"] + 5
            (words if seen and inside else unseen).append(word)
        if any(len(word.text) > 1 for word in unseen):
            hidden.append(" ".join(word.text for word in unseen)[:2_000])
        links = [(uri, (x0 + x1) / 2, (top + bottom) / 2) for uri, x0, top, x1, bottom in page["links"]]
        if is_right_to_left(words):
            words = mirrored(words, page["width"])
            links = [(uri, page["width"] - x, y) for uri, x, y in links]
        pages.append(_Page(number, page["height"], bands(words), links))
    return pages, tuple(hidden)


# --- paragraphs --------------------------------------------------------------------------------------


def _paragraphs(rows: list[Row], page: int, cuts_words: bool) -> list[_Paragraph]:
    """The rows of a column as paragraphs."""
    if not rows:
        return []
    left = min(row.first.x0 for row in rows)
    alone = [row.last.x1 for row in rows if len(row.segments) == 1]
    right = max(alone) if alone else max(row.last.x1 for row in rows)
    pitch = _pitch(rows)
    starts = _indented_starts(rows)
    found: list[_Paragraph] = []
    for row in rows:
        last = found[-1] if found else None
        if last and round(row.first.x0) not in starts and _goes_on(last, row, right, pitch):
            last.rows.append(row)
            continue
        blank = last is None or row.base - last.rows[-1].base > 1.4 * max(
            _pitch_of(pitch, row), 1.15 * row.first.size
        )
        found.append(_Paragraph([row], page, left, blank))
    for paragraph in found:
        paragraph.text = _closed(paragraph.rows, cuts_words)
    return found


def _indented_starts(rows: list[Row]) -> set[int]:
    """Where items begin whose marks are drawings: farther right than the rows that go on with them."""
    below_marks = {round(_body_start(row)) for row in rows if _is_marked(row)}
    found = {
        round(before.first.x0)
        for before, after in pairwise(rows)
        if after.first.x0 < before.first.x0 - 0.8 * after.first.size
        and after.first.text[:1].islower()
        and len(before.segments) == len(after.segments) == 1
        and after.base - before.base < 2 * after.first.size
    }
    return found - below_marks


def _pitch(rows: list[Row]) -> dict[int, float]:
    """The distance between two lines of a paragraph, by font size: the least that occurs often."""
    steps: dict[int, list[float]] = {}
    for before, after in pairwise(rows):
        step, size = after.base - before.base, after.first.size
        if abs(before.first.size - size) < 0.6 and 0.9 * size < step < 2.2 * size:
            steps.setdefault(round(size), []).append(step)
    return {size: sorted(found)[len(found) // 5] for size, found in steps.items()}


def _pitch_of(pitch: dict[int, float], row: Row) -> float:
    return pitch.get(round(row.first.size), 1.2 * row.first.size)


def _goes_on(paragraph: _Paragraph, row: Row, right: float, pitch: dict[int, float]) -> bool:
    """Whether a row goes on with a paragraph: the same type, close below, and the last row was full."""
    last, word = paragraph.rows[-1], row.first
    if len(row.segments) > 1 or (_is_marked(row) and not _is_below_mark(paragraph, row)):
        return False
    if len(last.segments) > 1 and not (
        abs(row.first.x0 - last.segments[-1].x0) < 0.8 * row.first.size and row.first.text[:1].islower()
    ):
        return False  # unless it goes on with what stands beside a note in the margin
    step = row.base - last.base
    if not 0 < step <= 1.22 * _pitch_of(pitch, row) or abs(last.last.size - word.size) > 0.6:
        return False
    if _is_bold(last) != _is_bold(row):
        return False
    if part_named(joined(row.words)) or part_named(joined(last.words)):
        return False
    body = _body_start(paragraph.rows[0])
    aligned = (
        abs(word.x0 - body) < 0.8 * word.size
        or abs(word.x0 - last.segments[-1].x0) < 0.8 * word.size
        or (len(paragraph.rows) == 1 and paragraph.left - 2 <= word.x0 < body)
    )
    if body > paragraph.rows[0].first.x0 + 2 and abs(word.x0 - body) < 0.5 * word.size:
        return True  # below the text of a list item, and without a mark of its own
    is_full = last.last.x1 + (word.x1 - word.x0) + 0.3 * word.size > right - 0.2 * word.size
    if not word.text[:1].islower() and len(last.words) < FEWEST_WORDS:
        return last.last.text.endswith("@")  # short items of a list in a narrow column
    is_open = word.text[:1].islower() and last.last.text[-1] not in ".:;" and last.last.x1 > 0.6 * right
    if not aligned or not (is_full or is_open):
        return False
    return not (entries.find_dates(joined(row.words)) and len(row.words) <= 6)


def _is_marked(row: Row) -> bool:
    words = row.words
    return len(words) > 1 and read_line(joined(words), 0, False, False).bullet


def _is_below_mark(paragraph: _Paragraph, row: Row) -> bool:
    """Whether a row that begins with "+" or "-" stands below the text of an item with another mark."""
    first = paragraph.rows[0]
    other = first.words[0].text != row.words[0].text and row.words[0].text in ("+", "-", "–")
    return _is_marked(first) and other and abs(row.first.x0 - _body_start(first)) < 0.5 * row.first.size


def _body_start(row: Row) -> float:
    """Where the text of a row begins, after a list's mark."""
    words = row.words
    return words[1].x0 if len(words) > 1 and len(words[0].text) <= 2 and _is_marked(row) else words[0].x0


def _is_bold(row: Row) -> bool:
    return all(word.bold for word in row.words)


def _closed(rows: Sequence[Row], cuts_words: bool) -> str:
    """The text of the rows; a word that a hyphen cut at the end of a row is put together."""
    text = ""
    for row in rows:
        written = "\t".join(joined(segment.words) for segment in row.segments)
        if not text:
            text = written
        elif re.search(r"\S@$|(?:https?:|www\.|\.\w+)\S*/$|\w\.\w+/\S*-$", text):
            text += written  # an address that did not fit
        elif re.search(r"[^\W\d_][\u00ad\u2010]$", text) and written[:1].islower():
            text = text[:-1] + written
        elif re.search(r"[^\W\d_]{2}-$", text) and written[:1].islower():
            head = re.split(r"[\s-]", text[:-1])[-1].lower()
            text = (text[:-1] if cuts_words and head not in _KEEPS_HYPHEN else text) + written
        else:
            text += f" {written}"
    return text.replace("\u00ad", "")


# --- heads, feet and headings ------------------------------------------------------------------------


def _drop_running_lines(pages: list[_Page]) -> None:
    """Leave out page numbers, and what other pages have at their head or foot but for its first time."""
    edge = [
        (re.sub(r"\d+", "0", p.text.casefold().strip()), p, column)
        for page in pages
        for band in page.paragraphs
        for column in band
        for p in column
        if not 0.1 * page.height < p.rows[0].first.top < 0.88 * page.height and len(p.text) < 120
    ]
    count = Counter(key for key, _, _ in edge)
    kept: set[str] = set()
    for key, paragraph, column in edge:
        is_number = _PAGE_NUMBER.fullmatch(paragraph.text.strip()) is not None
        is_counted = (
            count[key] > 1 and re.search(r"\d\s*(?:/|of|von|de)\s*\d|\d$", paragraph.text) is not None
        )
        if is_number or is_counted or key in kept:
            column.remove(paragraph)
        elif count[key] > 1:
            kept.add(key)


def _style(paragraph: _Paragraph) -> tuple[float, bool, int, bool]:
    """How a paragraph looks: its size in half points, weight, colour, and whether it is in capitals."""
    word = paragraph.first
    return round(word.size * 2) / 2, word.bold, word.ink, paragraph.text.isupper()


def _set_levels(found: list[_Paragraph]) -> None:
    """Mark headings: known names, and what looks like those and not like the body."""
    if not found:
        return
    sizes: Counter[tuple[float, bool, int, bool]] = Counter()
    for paragraph in found:
        sizes[_style(paragraph)] += len(paragraph.text)
    body = sizes.most_common(1)[0][0]
    heads = [p for p in found if _may_head(p)]
    named = [p for p in heads if part_named(p.text)]
    if len(named) < 2:
        named = [p for p in heads if _style(p) != body and part_guessed(p.text)]
    styles = Counter(map(_style, named))
    alike = Counter(map(_style, heads))
    for paragraph in heads:
        style = _style(paragraph)
        if style == body or not styles[style]:
            continue
        if part_named(paragraph.text) or alike[style] <= 3 * styles[style]:
            paragraph.level = 2


def _may_head(paragraph: _Paragraph) -> bool:
    text = paragraph.text
    return (
        len(paragraph.rows) == 1
        and len(paragraph.rows[0].segments) == 1
        and len(text.split()) <= 6
        and not _is_marked(paragraph.rows[0])
        and not re.search(r"[.,;@]|\d{4}", text)
        and any(c.isalpha() for c in text)
    )


# --- the text ----------------------------------------------------------------------------------------


def _in_text_order(pages: list[_Page]) -> Iterator[_Paragraph]:
    """Page by page."""
    for page in pages:
        for band in page.paragraphs:
            for column in band:
                yield from column


def _in_reading_order(pages: list[_Page]) -> Iterator[_Paragraph]:
    """Page by page, but columns that go on at the head of the next page are read to their end first."""
    chain: list[list[_Paragraph]] = []
    gutter = (0.0, 0.0)
    for page in pages:
        for place, (band, columns) in enumerate(zip(page.bands, page.paragraphs, strict=True)):
            goes_on = place == 0 and len(chain) == len(columns) > 1 and _overlap(gutter, band.gutter)
            if not goes_on:
                yield from (p for column in chain for p in column)
                chain = [[] for _ in columns]
            for column, more in zip(chain, columns, strict=True):
                column.extend(more)
            gutter = band.gutter
    yield from (p for column in chain for p in column)


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _written(pages: list[_Page]) -> tuple[str, list[int], dict[int, int]]:
    """The whole text, where each page begins, and where each paragraph does."""
    parts: list[str] = []
    starts: list[int] = []
    spans: dict[int, int] = {}
    at = 0
    for page in pages:
        starts.append(at)
        for paragraph in _in_text_order([page]):
            gap = "\n" if paragraph.blank and parts else ""
            parts.append(f"{gap}{paragraph.text}\n")
            spans[id(paragraph)] = at + len(gap)
            at += len(parts[-1])
    return "".join(parts), starts, spans


def _links(pages: list[_Page]) -> dict[int, tuple[str, ...]]:
    """The addresses that lie on each paragraph."""
    found: dict[int, tuple[str, ...]] = {}
    for page in pages:
        for paragraph in _in_text_order([page]):
            inside = [
                uri
                for uri, x, y in page.links
                for row in paragraph.rows
                if row.first.x0 - 20 <= x <= row.last.x1 + 5 and row.first.top - 3 <= y <= row.base + 3
            ]
            if inside:
                found[id(paragraph)] = tuple(dict.fromkeys(inside))
    return found


def _line(paragraph: _Paragraph, start: int, links: tuple[str, ...]) -> Line:
    line = read_line(paragraph.text, start, paragraph.blank, False)
    body = _body_start(paragraph.rows[0])
    return replace(
        line,
        indent=max(0, round(2 * (body - paragraph.left) / max(paragraph.first.size, 1))),
        level=paragraph.level,
        strong=all(_is_bold(row) for row in paragraph.rows),
        links=links,
        size=paragraph.first.size,
    )
