"""The paragraphs, tables and text boxes of one part of a Word file, in the order of the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from errors import DocumentError
from profiles.docx_package import attribute, child, local
from profiles.docx_styles import Look, Style, Styles, is_filled, look_of, with_properties
from profiles.text import INVISIBLE

_THROUGH = frozenset(
    ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo", "Choice", "rubyBase")
)
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_COUNTERS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?!\\l)"([^"]+)"', re.IGNORECASE)
_LONGEST_AFTER_STRONG = 60
MOST_CHARACTERS = 200_000


@dataclass
class Paragraph:
    """One paragraph: its lines as (text, all of it stands out), and what its style says of it.

    `is_name` says that a form asks for the person's name here.
    """

    lines: list[tuple[str, bool]]
    level: int = 0
    bullet: bool = False
    indent: int = 0
    before: int = 0
    is_name: bool = False

    @property
    def text(self) -> str:
        return "\n".join(text for text, _ in self.lines)

    @property
    def strong(self) -> bool:
        return bool(self.lines) and self.lines[0][1]


@dataclass
class Table:
    """Rows of cells, each cell its blocks. `headed` says that the first row names the columns."""

    rows: list[list[list["Block"]]]
    headed: bool = False


@dataclass
class Box:
    """A text box, which stands beside the text rather than in it."""

    blocks: list["Block"]


Block = Paragraph | Table | Box


@dataclass
class _Run:
    text: str
    bold: bool
    caps: bool


@dataclass
class _Field:
    """A field that is being read: its instruction, and where its result begins once it has begun."""

    code: str = ""
    begins: int | None = None


@dataclass
class Reader:
    """Reads parts of one file. `links` are the part's addresses by id, `notes` its footnotes."""

    styles: Styles
    links: dict[str, str]
    notes: dict[str, Any]
    on_colour: bool = False
    hidden: list[str] = field(default_factory=list)
    size: int = 0

    def count(self, text: str) -> None:
        """Add to the size of what was read.

        Raises:
            DocumentError: when it is far more than a résumé.
        """
        self.size += len(text)
        if self.size > MOST_CHARACTERS:
            raise DocumentError("This is more text than a résumé holds.", "Keep the last ten years or so.")

    def blocks(self, element: Any, *, on_colour: bool | None = None) -> Iterator[Block]:
        """The blocks inside a body, cell, box, header or note."""
        on_colour = self.on_colour if on_colour is None else on_colour
        for inner in element:
            match local(inner):
                case "p":
                    yield from _Paragraph(self, on_colour).read(inner)
                case "tbl":
                    yield self._table(inner, on_colour)
                case "sdt" if not _is_placeholder(inner):
                    content = child(inner, "sdtContent")
                    yield from self.blocks(content, on_colour=on_colour) if content is not None else ()
                case "AlternateContent":
                    yield from self.blocks(_chosen(inner), on_colour=on_colour)
                case name if name in _THROUGH:
                    yield from self.blocks(inner, on_colour=on_colour)

    def _table(self, element: Any, on_colour: bool) -> Table:
        properties = child(element, "tblPr")
        style = child(properties, "tblStyle") if properties is not None else None
        shade = child(properties, "shd") if properties is not None else None
        on_colour = (
            on_colour
            or (style is not None and self.styles.of(attribute(style, "val")).shaded)
            or (shade is not None and is_filled(shade))
        )
        rows = [_through(row, "tc") for row in _through(element, "tr")]
        first = next(iter(_through(element, "tr")), None)
        headed = first is not None and child(first, "trPr", "tblHeader") is not None
        return Table([[self._cell(cell, on_colour) for cell in row] for row in rows], headed)

    def _cell(self, cell: Any, on_colour: bool) -> list[Block]:
        shade = child(cell, "tcPr", "shd")
        return list(self.blocks(cell, on_colour=on_colour or (shade is not None and is_filled(shade))))


def _through(element: Any, name: str) -> list[Any]:
    """The rows of a table or cells of a row, also those in content controls; deleted rows are left out."""
    found = []
    for inner in element:
        if local(inner) == name and child(inner, "trPr", "del") is None:
            found.append(inner)
        elif local(inner) == "sdt" or local(inner) in _THROUGH:
            found += _through(inner, name)
    return found


def _chosen(element: Any) -> Any:
    """Of the two ways something is stored, the newer."""
    choice = child(element, "Choice")
    return choice if choice is not None else next(iter(element), element)


def _is_placeholder(element: Any) -> bool:
    """Whether a content control still shows its prompt ("Click here to enter text")."""
    return child(element, "sdtPr", "showingPlcHdr") is not None


class _Paragraph:
    """One paragraph on its way from runs to lines."""

    def __init__(self, reader: Reader, on_colour: bool) -> None:
        self.reader = reader
        self.on_colour = on_colour
        self.runs: list[_Run] = []
        self.fields: list[_Field] = []
        self.boxes: list[Box] = []
        self.notes: list[str] = []
        self.unseen: list[str] = []
        self.style = Style()

    def read(self, element: Any) -> Iterator[Block]:
        """The boxes anchored here, the paragraph, and its footnotes."""
        properties = child(element, "pPr")
        named = child(properties, "pStyle") if properties is not None else None
        style = self.reader.styles.of(attribute(named, "val") if named is not None else None)
        self.style = with_properties(style, properties)
        self._inline(element)
        unseen = " ".join("".join(self.unseen).split())
        if unseen:
            self.reader.hidden.append(unseen)
        yield from self.boxes
        yield self._paragraph()
        for note in self.notes:
            found = self.reader.notes.pop(note, None)
            for block in self.reader.blocks(found) if found is not None else ():
                if isinstance(block, Paragraph) and block.text.strip():
                    block.bullet = True
                    yield block

    def _paragraph(self) -> Paragraph:
        style, styles = self.style, self.reader.styles
        level = style.outline + 1 if style.outline is not None else 0
        marked = styles.is_marked(style.list_id, style.list_level)
        bullet = not level and (marked or re.match(r"list (?:bullet|number)", style.name) is not None)
        found = _lines(self.runs)
        if style.name == "title":
            found = [(text, True) for text, _ in found]
        return Paragraph(found, level, bullet, 2 * style.list_level, style.before or 0)

    def _inline(self, element: Any) -> None:
        """What stands in a paragraph, hyperlink or insertion; deletions are left out."""
        for inner in element:
            match local(inner):
                case "r":
                    self._run(inner)
                case "hyperlink":
                    begin = len(self.runs)
                    self._inline(inner)
                    self._link(begin, self.reader.links.get(attribute(inner, "id") or "", ""))
                case "fldSimple":
                    begin = len(self.runs)
                    self._inline(inner)
                    self._close(_Field(attribute(inner, "instr") or "", begin))
                case "sdt" if not _is_placeholder(inner):
                    content = child(inner, "sdtContent")
                    self._inline(content if content is not None else ())
                case "AlternateContent":
                    self._inline(_chosen(inner))
                case "oMath" | "oMathPara":
                    formula = "".join(x.text or "" for x in inner.iter() if local(x) == "t")
                    self._write(formula, Look())
                case name if name in _THROUGH:
                    self._inline(inner)

    def _run(self, element: Any) -> None:
        properties = child(element, "rPr")
        named = child(properties, "rStyle") if properties is not None else None
        look = self.style.look
        if named is not None and attribute(named, "val") in self.reader.styles.elements:
            look = self.reader.styles.of(attribute(named, "val")).look.over(look)
        self._content(element, look_of(properties).over(look))

    def _content(self, element: Any, look: Look) -> None:
        for inner in element:
            name = local(inner)
            if name == "t":
                self._write(inner.text or "", look)
            elif name in _BREAKS:
                self._write(_BREAKS[name], look)
            elif name == "fldChar":
                self._field(attribute(inner, "fldCharType") or "")
            elif name == "instrText" and self.fields:
                self.fields[-1].code += inner.text or ""
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append(f"{name[:-9]} {attribute(inner, 'id')}")
            elif name == "AlternateContent":
                self._content(_chosen(inner), look)
            elif name in ("drawing", "pict", "object"):
                self._box(inner)
            elif name == "ruby":
                base = child(inner, "rubyBase")
                self._inline(base if base is not None else ())

    def _write(self, text: str, look: Look) -> None:
        if self.fields and self.fields[-1].begins is None:
            return  # between a field's instruction and its result
        self.reader.count(text)
        if look.is_hidden(self.on_colour or self.style.shaded):
            self.unseen.append(text)
        elif text:
            self.runs.append(_Run(INVISIBLE.sub("", text), bool(look.bold), bool(look.caps)))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].begins = len(self.runs)
        elif kind == "end" and self.fields:
            self._close(self.fields.pop())

    def _close(self, found: _Field) -> None:
        """A field at its end: page numbers go, a hyperlink keeps its address."""
        begin = len(self.runs) if found.begins is None else found.begins
        address = _HYPERLINK.match(found.code)
        if _COUNTERS.match(found.code):
            del self.runs[begin:]
        elif address:
            self._link(begin, address[1])

    def _link(self, begin: int, address: str) -> None:
        """Put an address beside the words since `begin`, unless they are the address."""
        words = "".join(run.text for run in self.runs[begin:])
        if not words.strip() or "\n" in words:
            return
        first, last = self.runs[begin], self.runs[-1]
        if address.lower().startswith("mailto:"):
            mail = address[7:].partition("?")[0]
            if mail and mail.lower() not in words.lower():
                last.text = f"{last.text.rstrip()} ({mail})"
        elif re.match(r"https?://[^\s()<>\"]+$", address, re.IGNORECASE) and not _is_shown(address, words):
            if re.search(r"[\[\]]", words):
                last.text += f" ({address})"
                return
            blank = len(first.text) - len(first.text.lstrip())
            first.text = f"{first.text[:blank]}[{first.text[blank:]}"
            bare = last.text.rstrip()
            last.text = f"{bare}]({address}){last.text[len(bare) :]}"

    def _box(self, element: Any) -> None:
        """The text boxes in a drawing; a shape may have a colour of its own."""
        for inner in element:
            if local(inner) == "txbxContent":
                self.boxes.append(Box(list(self.reader.blocks(inner, on_colour=True))))
            elif local(inner) == "AlternateContent":
                self._box(_chosen(inner))
            elif isinstance(inner.tag, str):
                self._box(inner)


def _is_shown(address: str, words: str) -> bool:
    def bare(text: str) -> str:
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip().lower()).rstrip("/")

    return bare(words) in (bare(address), bare(address.partition("?")[0]))


def _lines(runs: list[_Run]) -> list[tuple[str, bool]]:
    """The lines of a paragraph, and whether each stands out: bold or in capitals but for a short end."""
    lines: list[list[_Run]] = [[]]
    for run in runs:
        for index, piece in enumerate(run.text.split("\n")):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(_Run(piece, run.bold, run.caps))
    return [("".join(run.text for run in line), _stands_out(line)) for line in lines]


def _stands_out(line: list[_Run]) -> bool:
    rest = ""
    strong = False
    for run in line:
        if not rest.strip() and (run.bold or run.caps or not run.text.strip()):
            strong = strong or bool(run.text.strip())
        else:
            rest += run.text
    return strong and len(rest) <= _LONGEST_AFTER_STRONG and (not rest or not rest[0].isalnum())
