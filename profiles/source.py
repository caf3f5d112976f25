"""A document of text, as its reader saw it, on its way to a parser."""

from dataclasses import dataclass

from profiles.lines import Line


@dataclass(frozen=True)
class Source:
    """A document as its reader saw it: the text in reading order, and the lines of it.

    `pages` are offsets at which pages begin. `lines` are in the order in which they belong together, which in
    a document of columns and pages may differ from that of `text`. `hidden` is text that no person can see in
    it; it is left out. `confidence`, 0 to 1, is how surely the order was told.
    """

    text: str
    lines: tuple[Line, ...]
    pages: tuple[int, ...] = ()
    layout: str = ""
    warnings: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    confidence: float = 1.0
