"""From a posting's visible blocks to its text and citable lines, each in the section its heading opens."""

import re
from collections.abc import Iterable, Iterator, Sequence

from domain import PostingLine, Section
from language.instructions import is_instruction
from scraping.headings import is_known, section_of
from scraping.visible import Block
from scraping.wording import any_of

LONG_PARAGRAPH = 80
_MOST_LINES = 600
_MARK = re.compile(r"^(?:[•·‣▪▫●○◦■□➤➢►▶✓✔✅→»*∙⁃-]|[–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
_SHORT_HEADING = 9
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|incl|approx|vs|mr|mrs|ms|dr|prof|sr|jr|st|no|inc|ltd|co|corp|dept|est|min|max|ca|bzw|z\.b|u\.a"
    r"|d\.h|ggf|inkl|evtl|p\.ex|ej|tzn|např|atd|apod|tj|np|m\.in|ph\.d|b\.s|m\.s|u\.s|a\.m|p\.m)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
# Possessive, and never begun inside a run of stops: a line of nothing but dots is read once.
_STOP = re.compile(r"((?<![.!?…])[.!?…]++[\"”’)»]*+|[。！？])(?:\s++|(?<=[。！？]))(?=\S)")
_LONGEST_ABBREVIATION = 12


def cut(title: str, blocks: Sequence[Block]) -> tuple[str, tuple[PostingLine, ...]]:
    """Cut a posting into lines.

    Args:
        title: The posting's title, which becomes line `p0`, outside the text.
        blocks: Its visible blocks in order.

    Returns:
        The text, one block a line without list marks, and its lines, spans of the text.
        Headings are in the text, and on each line below them, but are no lines themselves.
    """
    lines = [PostingLine(id="p0", text=title, section=Section.TITLE)]
    section, heading, level, end = Section.OTHER, "", 7, 0
    parts: list[str] = []
    opened = False
    for index, block in enumerate(blocks):
        text = _MARK.sub("", block.text).strip()
        if block.tag == "hr":
            # What follows a ruled line no longer belongs to the list above it.
            section, heading, level = Section.OTHER, "", 7
        if not text:
            continue
        start = end + 1 if parts else 0
        parts.append(text)
        end = start + len(text)
        rank = _heading_rank(block, text, blocks[index + 1] if index + 1 < len(blocks) else None)
        if rank:
            found = section_of(text)
            if found is not None or rank <= level or not opened:
                section = found or Section.OTHER
                level = rank
            heading, opened = text.rstrip(" :"), True
        elif len(lines) < _MOST_LINES:
            lines += _spans(text, start, section, heading, len(lines))
    return "\n".join(parts), tuple(lines)


def _heading_rank(block: Block, text: str, following: Block | None) -> int:
    """1 to 6 for markup headings, 7 for a line that works as one, 0 for none. Lower opens more."""
    if block.level:
        return block.level
    words = len(text.split())
    if block.tag in ("dt", "th") and words <= 6 and section_of(text) is not None:
        return 7
    if block.is_item or block.tag in ("td", "button", "summary") or not words:
        return 7 if block.tag == "summary" else 0
    ends = text[-1]
    if block.bold and words <= 12 and ends not in ".;," and not block.href:
        return 7
    if words <= _SHORT_HEADING and ends == ":" and following is not None:
        return 7
    known = words <= 6 and ends not in ".;,)" and text[0].isupper() and section_of(text) is not None
    if known and following is not None and is_known(text):
        return 7
    listed = following is not None and (following.is_item or bool(_MARK.match(following.text)))
    return 7 if known and listed else 0


def _spans(text: str, start: int, section: Section, heading: str, count: int) -> Iterator[PostingLine]:
    for number, (begin, end) in enumerate(_pieces(text), count):
        piece = text[begin:end]
        part = Section.APPLY if is_instruction(piece) else _by_words(piece, section)
        yield PostingLine(
            id=f"p{number}", text=piece, section=part, heading=heading, start=start + begin, end=start + end
        )


_LEAD_IN_NICE = re.compile(
    r"^(?:nice[- ]to[- ]have|bonus(?: points)?|preferred|a plus|optional|von vorteil|wünschenswert"
    r"|idealerweise)\b\s*[:(–-]",
    re.IGNORECASE,
)


def _by_words(piece: str, section: Section) -> Section:
    """A line that opens with "Nice to have:" is one, wherever it stands; one that asks for something too."""
    if section in _ASKED and _LEAD_IN_NICE.match(piece):
        return Section.NICE
    if section is Section.OTHER and len(piece) <= _LONGEST_DEMAND and _DEMANDS.search(piece):
        return section if _OF_THEMSELVES.match(piece) and not _LOOKS_FOR.search(piece) else Section.MUST
    return section


_DEMANDS = re.compile(any_of("requirement-cues"), re.IGNORECASE)
_LONGEST_DEMAND = 240
# What a company tells of itself asks for nothing, whatever words it uses.
_OF_THEMSELVES = re.compile(
    r"\W*(?:we|we.re|we.ve|our|us|it|it.s|this|these|that|last|and|while|of course|wir|unsere?\w*|uns|nous"
    r"|notre|nos|on|nosotros|nuestr\w+|som|wij|onze|noi|siamo|nós|nossa?|my|jesteśmy|nasz\w*|jsme|náš\w*|vi"
    r"|vår\w*)\b",
    re.IGNORECASE,
)
_LOOKS_FOR = re.compile(
    r"\b(?:look(?:ing)? for|need|expect|require|seek\w*|ideal\w*|suchen|erwarten|wünschen|recherch\w+"
    r"|attend\w+|cherch\w+|buscamos|esperamos|busquem|zoeken|verwachten|vragen|cerchiamo|procuramos|szukamy|oczekujemy|wymagamy|hledáme"
    r"|očekáváme|požadujeme|söker|søger)\b",
    re.IGNORECASE,
)
_ASKED = (Section.MUST, Section.TASKS, Section.OTHER)


def _pieces(text: str) -> list[tuple[int, int]]:
    """A long paragraph's sentences, a short one as it is."""
    if len(text) <= LONG_PARAGRAPH:
        return [(0, len(text))]
    pieces, begin = [], 0
    for stop in _STOP.finditer(text):
        end = stop.start() + len(stop[1])
        following = text[stop.end() : stop.end() + 1]
        if _is_abbreviated(text, begin, end) or following.islower():
            continue
        pieces.append((begin, end))
        begin = stop.end()
    if begin < len(text):
        pieces.append((begin, len(text)))
    return pieces


def _is_abbreviated(text: str, begin: int, end: int) -> bool:
    return _ABBREVIATIONS.search(text, max(begin, end - _LONGEST_ABBREVIATION), end) is not None


def sentences(text: str) -> list[str]:
    """The sentences of one line of text."""
    found, begin = [], 0
    for stop in _STOP.finditer(text):
        end = stop.start() + len(stop[1])
        if not _is_abbreviated(text, begin, end):
            found.append(text[begin:end])
            begin = stop.end()
    return [*found, text[begin:]] if begin < len(text) else found


def blocks_of(lines: Iterable[str]) -> list[Block]:
    """Plain text as blocks: a line with a list mark is an item, `#` or capitals make a heading."""
    found = []
    for line in lines:
        hashes = re.match(r"(#{1,6})\s+(?=\S)", line)
        if hashes:
            found.append(Block(text=line[hashes.end() :].rstrip("# "), tag="h", level=len(hashes[1])))
        elif re.fullmatch(r"(\*\*|__)[^*_]+\1:?", line):
            found.append(Block(text=line.strip("*_: "), tag="p", bold=True))
        elif _MARK.match(line):
            found.append(Block(text=_MARK.sub("", line), tag="li"))
        else:
            capitals = line.isupper() and 2 <= len(line.split()) <= 7
            found.append(Block(text=line, tag="p", bold=capitals))
    return found
