"""Word files (.docx): the text as a person reads it, line by line, for the layout parser.

A résumé in Word is rarely one column of paragraphs: contacts stand in the page's header, dates in cells of a
table, skills in a text box, whole sections in content controls. Deleted text, hidden text and white text on
white never count; what was hidden is reported. Pictures, templates and other addresses are never opened.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from errors import DocumentError
from profiles import header
from profiles.docx_blocks import Paragraph, Reader
from profiles.docx_order import Order, is_section
from profiles.docx_package import Package, attribute, child, local
from profiles.docx_styles import Styles
from profiles.lines import Line, split
from profiles.links import find_emails, find_links, find_phones
from profiles.source import Source
from profiles.text import plain

_PAGE_LINE = re.compile(
    r"(?:page|seite|página|pagina|p\.)?\s*\d{0,3}\s*(?:(?:of|von|de|sur|/)\s*\d{0,3})?", re.IGNORECASE
)
_PAGE_AT_END = re.compile(
    r"[\t |·–-]+(?:page|seite|página|pagina|p\.)\s*\d{0,3}\s*(?:(?:of|von|de|sur|/)\s*\d{0,3})?$",
    re.IGNORECASE,
)
_WIDE_GAP = 100  # twentieths of a point above a paragraph; less is the ordinary distance of lines
_MOST_HIDDEN = 20
_LONGEST_TOP = 14


def read_docx(data: bytes) -> Source:
    """Read a Word file.

    Args:
        data: The file's bytes.

    Raises:
        DocumentError: when it is damaged, protected, far too large, or holds no text.
    """
    package = Package(data)
    body = _body(package)
    reader = _reader(package, body)
    order = Order()
    top, bottom = _margins(package, reader, order, body)
    inside = order.of(reader.blocks(body))
    if _column_count(body) > 1:
        order.columns = True
    writer = _Writer()
    contacts = [paragraph for paragraph in bottom if _holds_contacts(paragraph)]
    rest = [paragraph for paragraph in bottom if paragraph not in contacts]
    named = [paragraph for paragraph in inside if paragraph.is_name]
    for paragraph in _without_repeats(named + _demoted(top + contacts), _demoted(inside), rest):
        writer.add(paragraph)
    if not writer.lines:
        raise DocumentError(
            "There is no text in this Word file.",
            "If it is a picture of a résumé, type its text into the form.",
        )
    return Source(
        text=writer.text,
        lines=tuple(writer.lines),
        layout="two columns" if order.columns else "one column",
        warnings=tuple(_warnings(package, reader)),
        hidden=tuple(dict.fromkeys(reader.hidden))[:_MOST_HIDDEN],
        confidence=0.9 if order.columns else 1.0,
    )


def _body(package: Package) -> Any:
    root = package.part(package.main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise DocumentError("This Word file holds no text.", "Open it in Word and save it again as .docx.")
    return body


def _reader(package: Package, body: Any) -> Reader:
    related = package.related(package.main)
    parts = {kind: target for kind, target, outside in related.values() if not outside}
    notes = {}
    for kind in ("footnote", "endnote"):
        root = package.part(parts.get(f"{kind}s", ""))
        for note in root if root is not None else ():
            if attribute(note, "type") in (None, "normal"):
                notes[f"{kind} {attribute(note, 'id')}"] = note
    styles = Styles(package.part(parts.get("styles", "")), package.part(parts.get("numbering", "")))
    links = {id_: target for id_, (_, target, outside) in related.items() if outside}
    return Reader(styles, links, notes, on_colour=_has_coloured_ground(body))


def _has_coloured_ground(body: Any) -> bool:
    """Whether white text may be meant to be seen: the page has a colour, or a shape lies behind the text."""
    ground = child(body.getparent(), "background") if body.getparent() is not None else None
    colour = (attribute(ground, "color") or "ffffff").lower() if ground is not None else "ffffff"
    behind = any(local(x) == "anchor" and attribute(x, "behindDoc") == "1" for x in body.iter())
    return behind or colour not in ("ffffff", "auto")


def _column_count(body: Any) -> int:
    found = [attribute(x, "num") or "1" for x in body.iter() if local(x) == "cols"]
    return max((int(number) for number in found if number.isdigit() and len(number) < 3), default=1)


# --- headers and footers -----------------------------------------------------------------------------


def _margins(
    package: Package, reader: Reader, order: Order, body: Any
) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs of all page headers, and of all page footers, each part once."""
    related = package.related(package.main)
    found: dict[str, list[Paragraph]] = {"headerReference": [], "footerReference": []}
    seen: set[str] = set()
    for section in (x for x in body.iter() if local(x) == "sectPr"):
        for reference in section:
            _, target, outside = related.get(attribute(reference, "id") or "", ("", "", True))
            root = (
                None if outside or target in seen or local(reference) not in found else package.part(target)
            )
            if root is None:
                continue
            seen.add(target)
            links = {id_: to for id_, (_, to, away) in package.related(target).items() if away}
            own = replace(reader, links=links, on_colour=True)
            found[local(reference)] += order.of(own.blocks(root))
    return found["headerReference"], found["footerReference"]


def _holds_contacts(paragraph: Paragraph) -> bool:
    """Whether a line of the margins says how to reach the person; such lines belong to the top."""
    text = paragraph.text
    return bool(find_emails(text) or find_phones(text) or find_links(text, bare=True))


def _demoted(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, the first as no heading where it is the person's name."""
    for index, paragraph in enumerate(paragraphs):
        text = plain(paragraph.text)
        if text:
            if paragraph.level and not is_section(paragraph) and header.is_name(text.title()):
                shown = [(line, True) for line, _ in paragraph.lines]
                paragraphs[index] = replace(paragraph, level=0, lines=shown)
            break
    return _unbulleted(paragraphs)


def _unbulleted(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, where contacts in a list above the first section are lines and no list."""
    end = next((i for i, paragraph in enumerate(paragraphs) if i and is_section(paragraph)), 0)
    top = paragraphs[: min(end, _LONGEST_TOP)]
    if not any(paragraph.bullet and _holds_contacts(paragraph) for paragraph in top):
        return paragraphs
    short = [
        replace(paragraph, bullet=paragraph.bullet and len(paragraph.text.split()) > 8) for paragraph in top
    ]
    return short + paragraphs[len(top) :]


def _without_repeats(
    top: list[Paragraph], inside: list[Paragraph], bottom: list[Paragraph]
) -> Iterator[Paragraph]:
    """Header, body and footer, without lines of the margins that are said elsewhere or only count pages."""
    inside = [paragraph for paragraph in inside if not paragraph.is_name]
    said = {plain(paragraph.text) for paragraph in inside}
    for group in (top, inside, bottom):
        for paragraph in group:
            text = plain(paragraph.text)
            if group is not inside and text:
                if text in said or _PAGE_LINE.fullmatch(text):
                    continue
                said.add(text)
                shown = [(_PAGE_AT_END.sub("", line), strong) for line, strong in paragraph.lines]
                paragraph = replace(paragraph, lines=shown)
            yield paragraph


# --- writing the text down ---------------------------------------------------------------------------


@dataclass
class _Writer:
    """The text so far, and its lines."""

    pieces: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    size: int = 0
    blank: bool = True

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, paragraph: Paragraph) -> None:
        """Write a paragraph on lines of their own; an empty one is a blank line."""
        if not paragraph.text.strip():
            self._break()
            return
        if paragraph.before >= _WIDE_GAP and not paragraph.bullet:
            self._break()
        opened = False
        for text, strong in paragraph.lines:
            if not text.strip():
                self._break()
                continue
            mark = "• " if paragraph.bullet and not opened else ""
            lead = " " * (paragraph.indent + (2 if opened and paragraph.bullet else 0))
            self._write(lead + mark)
            for line in split(text.rstrip()):
                self._take(line, paragraph, strong, len(lead), bool(mark))
            self._write(text.rstrip() + "\n")
            opened, self.blank = True, False

    def _take(self, line: Line, paragraph: Paragraph, strong: bool, indent: int, marked: bool) -> None:
        self.lines.append(
            replace(
                line,
                start=line.start + self.size,
                end=line.end + self.size,
                indent=max(indent, line.indent if line.bullet else 0),
                level=paragraph.level,
                bullet=marked or line.bullet,
                strong=strong,
                after_blank=self.blank,
            )
        )

    def _break(self) -> None:
        if not self.blank:
            self._write("\n")
            self.blank = True

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)


def _warnings(package: Package, reader: Reader) -> Iterable[str]:
    if package.has_macros:
        yield "This Word file carries macros. They were not run."
    if reader.hidden:
        yield "Text that nobody can see in this Word file was left out."
