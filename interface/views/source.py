"""The text of a document as its reader saw it, with the place of every item marked."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain import Document
from interface.views.markup import button, plural, text

WINDOW = 24_000  # characters shown at once; a résumé has a tenth of that
EARLIER = WINDOW // 3  # of them before the chosen place


@dataclass(frozen=True)
class Span:
    """Where one item stands in the text."""

    item: str
    start: int
    end: int


def pane(document: Document, spans: Iterable[Span], *, item: str = "", at: int | None = None) -> str:
    """The margin beside the items.

    Args:
        document: The text and where its pages begin.
        spans: The places of its items.
        item: The chosen item, lit.
        at: An offset that is to be within what is shown; by default the place of the chosen item.
    """
    known = sorted((s for s in spans if 0 <= s.start < s.end <= len(document.text)), key=lambda s: s.start)
    if at is None:
        at = next((s.start for s in known if s.item == item), 0)
    begin, end = _window(document.text, at)
    earlier = button("Show earlier", "look-at", at=max(0, begin - 1)) if begin > 0 else ""
    later = button("Show later", "look-at", at=end + EARLIER) if end < len(document.text) else ""
    return (
        f'<div class="paper" id="paper" role="region" tabindex="0" data-document="{text(document.digest)}" '
        f'aria-label="Text of {text(document.name)}">{earlier}'
        f"{_pages(document, known, item, begin, end)}{later}</div>"
    )


def _window(words: str, at: int) -> tuple[int, int]:
    """What is shown of a long text: whole lines around an offset."""
    if len(words) <= WINDOW:
        return 0, len(words)
    begin = max(0, min(at - EARLIER, len(words) - WINDOW))
    begin = (
        words.rfind("\n", 0, begin) + 1 if begin and "\n" in words[max(0, begin - 2_000) : begin] else begin
    )
    end = words.find("\n", begin + WINDOW, begin + WINDOW + 2_000)
    return begin, end if end >= 0 else min(len(words), begin + WINDOW)


def _pages(document: Document, spans: Sequence[Span], item: str, begin: int, end: int) -> str:
    """The pages of the window, each under its number where the document has pages."""
    starts = sorted({p for p in document.pages if 0 <= p < len(document.text)})
    cuts = [begin, *(p for p in starts if begin < p < end), end]
    parts = []
    for left, right in pairwise(cuts):
        number = bisect_right(starts, left)
        title = f'<p class="leafno">Page {max(number, 1)}</p>' if len(starts) > 1 else ""
        words = _marked(document.text, spans, item, left, right)
        parts.append(f'<div class="leaf">{title}<div class="words">{words}</div></div>')
    return "".join(parts)


def _marked(words: str, spans: Sequence[Span], item: str, begin: int, end: int) -> str:
    """A stretch of the text; where spans overlap, a piece names all of its items."""
    within = [s for s in spans if s.start < end and s.end > begin]
    edges = sorted({begin, end, *(max(s.start, begin) for s in within), *(min(s.end, end) for s in within)})
    out, waiting, open_ = [], 0, list[Span]()
    for left, right in pairwise(edges):
        while waiting < len(within) and within[waiting].start <= left:
            open_.append(within[waiting])
            waiting += 1
        open_ = [s for s in open_ if s.end > left]
        piece = text(words[left:right])
        if open_:
            lit = " lit" if any(s.item == item for s in open_) else ""
            keys = " ".join(dict.fromkeys(s.item for s in open_))
            piece = f'<span class="at{lit}" data-at="{text(keys)}">{piece}</span>'
        out.append(piece)
    return "".join(out)


def about(document: Document, items: int) -> str:
    """ "PDF, 2 pages, 31 items" """
    pages = plural(len(document.pages), "page") if len(document.pages) > 1 else ""
    return ", ".join(x for x in (document.format, pages, plural(items, "item")) if x)
