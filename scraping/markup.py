"""HTML to a tree, in bounded time whatever the nesting.

Parsing takes the square of the nesting depth, so a page that nests deeper than any page does is cut there.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 5_000
_DEEPEST_FORMATTING = 100
_LONGEST = 6_000_000
_TAG = re.compile(
    r"<(/?)(?:(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)|(div|span|ul|ol|dl|table|section|article|main|form"
    r"|blockquote|center|details|button|[a-z]+-[a-z-]+|h[1-6]|nav|aside|header|footer|fieldset|figure|svg|math|select))\b",
    re.IGNORECASE,
)


def parse(markup: str) -> LexborHTMLParser:
    """The tree of a page or fragment; what lies beyond the deepest nesting is left out."""
    return LexborHTMLParser(markup[: _harmless(markup)])


def text_of(node: LexborNode | None) -> str:
    """The text below a node in one line; empty without one."""
    return " ".join(node.text(deep=True).split()) if node is not None else ""


def row_of(link: LexborNode) -> LexborNode:
    """The table row or list item that a link stands in; the link itself where there is none."""
    node = link.parent
    while node is not None and node.tag not in ("tr", "li", "body"):
        node = node.parent
    return node if node is not None and node.tag != "body" else link


def _harmless(markup: str) -> int:
    """How much of the markup nests no deeper than allowed, in characters."""
    if len(markup) < DEEPEST:
        return len(markup)
    depth = formatting = 0
    for tag in _TAG.finditer(markup, 0, _LONGEST):
        step = -1 if tag[1] else 1
        if tag[2]:
            formatting = max(0, formatting + step)
        else:
            depth = max(0, depth + step)
        if depth > DEEPEST or formatting > _DEEPEST_FORMATTING:
            return tag.start()
    return min(len(markup), _LONGEST)
