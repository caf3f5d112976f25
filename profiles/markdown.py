"""Résumés in Markdown: the lines as they are shown, for the layout parser.

HTML, badges, reference links, backslashes and task lists are Markdown's ways to say plain things; what is
said stays, how it was marked goes. A box that is not ticked says that something is still to come, so its line
goes.
"""

import re
from dataclasses import replace

from profiles import header
from profiles.lines import Line, split
from profiles.markdown_page import BADGES, IMAGE, shown
from profiles.sections import part_named
from profiles.source import Source
from profiles.text import plain

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEPT_MATTER = re.compile(
    r"^(?:name|author|e-?mail|phone|tel|mobile|website|url|linkedin|github)\s*:\s*[\"']?(.+?)[\"']?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]^]+)\]:\s*<?(\S+?)>?(?:\s+[\"'(].*[\"')])?[ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]+\](?!:)")
_HARD_BREAK = re.compile(r"\\$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~<>-])")
_TO_DO = re.compile(r"^[ \t]*[-*+][ \t]+\[ \].*$", re.MULTILINE)
_DONE = re.compile(r"^([ \t]*[-*+][ \t]+)\[[xX]\][ \t]+", re.MULTILINE)
_ITALIC = re.compile(r"(?<![\w_*/.])_(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_])_(?![\w_])")
_MAIL_LINK = re.compile(r"\[([^\[\]]*)\]\(mailto:([^()\s?]+)[^()]*\)", re.IGNORECASE)
_LONGEST_TOP = 8
_BETWEEN_BADGES = re.compile(r"\)[ \t]+(?=!\[|\[!\[)")


def read_markdown(text: str) -> Source:
    """The lines of a résumé in Markdown as its readers see them.

    Args:
        text: The file's text.
    """
    page = _unmarked(shown(_resolved(_without_front_matter(text))))
    return Source(page, tuple(_with_name(split(page))), layout="one column")


def _with_name(found: list[Line]) -> list[Line]:
    """The lines, where a heading below contacts that is the person's name is no heading of a section."""
    for index, line in enumerate(found[:_LONGEST_TOP]):
        if line.level:
            named = index and header.is_name(plain(line.text)) and not part_named(plain(line.text))
            if named:
                found[index] = replace(line, level=0, strong=True)
            break
    return found


def _without_front_matter(text: str) -> str:
    """The text with name and contacts of the block that site generators read, and without the rest of it."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return text
    body = text[found.end() :]
    said = [value for value in _KEPT_MATTER.findall(found[1]) if value not in body]
    return "\n".join([*dict.fromkeys(said), body])


def _resolved(text: str) -> str:
    """The text with links in place of references to them."""
    addresses = {name.lower(): address for name, address in _DEFINITION.findall(text)}
    text = _DEFINITION.sub("", text)

    def link(found: re.Match[str]) -> str:
        address = addresses.get((found[2] or found[1]).lower())
        return f"[{found[1]}]({address})" if address else found[0]

    return _REFERENCE.sub(link, text)


def _unmarked(page: str) -> str:
    page = _ESCAPE.sub(r"\1", _HARD_BREAK.sub("", _FOOTNOTE.sub("", page)))
    page = _DONE.sub(r"\1", _TO_DO.sub("", page))
    page = _BETWEEN_BADGES.sub(") · ", page)
    page = IMAGE.sub(lambda found: found["alt"] if BADGES.search(found["source"]) else "", page)
    page = _MAIL_LINK.sub(lambda x: x[1] if x[2] in x[1] else f"{x[1]} ({x[2]})", page)
    return _ITALIC.sub(r"*\1*", page)
