"""The words of a PDF with their place and look. Run as a process of its own: `python -I pdf_words.py`.

A PDF is a program by a stranger for a parser in C++. So it is read in a child that has limits on memory and
processor time, gets the bytes on standard input, writes JSON to standard output and touches no file. Nothing
of the document is executed: pdfium is built without JavaScript, and no form or attachment is opened.

Out: `{"pages": [page, …], "unread": share of characters without a letter, "more": pages left out, "cut":
whether letters were, "producer": the program that made it}`, or `{"error": "encrypted" | "damaged" |
"empty"}`. A page is `{"width", "height", "words": [[text, x0, top, x1, bottom, size, bold, ink, glued, seen],
…], "pictures": share of the page, "links": [[address, x0, top, x1, bottom], …]}`. Places are points from the
page's top left corner; `ink` is the colour as 0xRRGGBB; `glued`: no space stands before it; `seen`: a person
sees it.
"""

import ctypes
import json
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final

MOST_PAGES: Final = 30
MOST_CHARACTERS: Final = 200_000
MOST_LINKS: Final = 300  # a page
LONGEST_LINK: Final = 500
MOST_OBJECTS: Final = 60_000  # page objects looked at for pictures
MEMORY_BYTES: Final = 1_500_000_000  # of address space; pdfium maps more than it uses
CPU_SECONDS: Final = 20
PIXELS_A_POINT: Final = 1.5
MOST_PIXELS: Final = 6_000_000  # of the picture of one page
FAINTEST: Final = 24  # of 255: less difference between letters and ground cannot be read
TINIEST: Final = 3.0  # points; smaller letters are not meant to be read

_HYPHEN_AT_END = "\x02"  # what pdfium gives for a hyphen that cuts a word at the end of a line
_SYMBOL_FONT = re.compile(
    r"awesome|icon|symbol|dingbat|wingding|webding|glyph|emoji|phosphor|lucide|remix|feather|fontello|icomoon"
    r"|material|bootstrap-|marvosym|academicons",
    re.IGNORECASE,
)
_BOLD_FONT = re.compile(
    r"(?i:bold|black|heavy|semibold|demi|extrab)|[-,]bd\b|medi\b|^(?:[A-Z]{6}\+)?CM(?:SS|TT)?BX|-Medium$|[-,]B$"
)
_PLAIN_FONT = re.compile(r"regular|roman|light|book|italic|oblique|thin", re.IGNORECASE)
HEAVY: Final = 660  # pdfium's weight; it gives regular fonts up to 704 when their stems are strong
_BULLET_SHAPES = {"§": "▪", "v": "❖", "Ø": "➢", "ü": "✓", "l": "●", "n": "■", "q": "❑", "o": "○", "u": "◆"}
_MARKS = frozenset("•‣▪▫●○◦⁃∙·➢➤►▸✓✔■□◆❖❑➔→–-*")


@dataclass
class _Word:
    """One word in the making; `limits` is left, top, right, bottom."""

    text: str
    limits: list[float]
    size: float
    base: float
    bold: bool
    ink: int
    glued: bool = False
    seen: bool = True
    last: float = -1.0  # where its last letter begins

    def row(self) -> list[Any]:
        place = [round(value, 1) for value in self.limits]
        return [self.text, *place, round(self.size, 1), self.bold, self.ink, self.glued, self.seen]


@dataclass
class _Reader:
    """One document; counts what it met."""

    raw: Any
    document: Any
    characters: int = 0
    unread: int = 0
    fonts: dict[str, tuple[bool, bool]] = field(default_factory=dict)

    def page(self, index: int) -> dict[str, Any]:
        page = self.document[index]
        text = page.get_textpage()
        width, height = page.get_size()
        words = self._words(page, text.raw, text.count_chars(), height)
        _mark_unseen(page, words, width, height)
        pictures = self._pictures(page.raw, width * height)
        links = self._links(page, height)
        text.close()
        page.close()
        return {
            "width": round(width, 1),
            "height": round(height, 1),
            "words": [word.row() for word in words],
            "pictures": pictures,
            "links": links,
        }

    def _words(self, page: Any, text: Any, count: int, height: float) -> list[_Word]:
        words: list[_Word] = []
        open_word: _Word | None = None
        left, bottom = _origin(page)
        for index in range(min(count, MOST_CHARACTERS - self.characters)):
            self.characters += 1
            letter = self._letter(text, index, left, bottom, height)
            if letter is None:
                open_word = None
                continue
            if open_word is not None and _goes_on(open_word, letter):
                open_word.text += letter.text
                open_word.last = letter.limits[0]
                open_word.limits[0] = min(open_word.limits[0], letter.limits[0])
                open_word.limits[1] = min(open_word.limits[1], letter.limits[1])
                open_word.limits[2] = max(open_word.limits[2], letter.limits[2])
                open_word.limits[3] = max(open_word.limits[3], letter.limits[3])
            else:
                letter.glued = open_word is not None and _touches(open_word, letter)
                letter.last = letter.limits[0]
                open_word = letter
                words.append(letter)
        for word in words:
            word.text = unicodedata.normalize("NFKC", word.text) if _is_ligature(word.text) else word.text
        return [word for word in words if word.text.strip()]

    def _letter(self, text: Any, index: int, left: float, bottom: float, height: float) -> _Word | None:
        """One character as a word of one letter; None for white space and what is no letter at all."""
        raw = self.raw
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        is_generated = raw.FPDFText_IsGenerated(text, index) == 1
        if character == _HYPHEN_AT_END:
            character = "-"
        elif is_generated or (character and character.isspace()):
            return None
        is_bold, is_symbol = self._font(text, index)
        if is_symbol:
            character = _mark(character)
        elif _is_unread(character):
            self.unread += 1
            character = "•" if character in "\uf0b7\u0083\u0095" and character else ""
        if not character:
            return None
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        size = _size(raw, text, index)
        base = height - (y.value - bottom)
        limits = [box.left - left, base - 0.8 * size, box.right - left, base + 0.2 * size]
        return _Word(character, limits, size, base, is_bold, _ink(raw, text, index))

    def _font(self, text: Any, index: int) -> tuple[bool, bool]:
        """(bold, made of symbols) of a character's font."""
        flags = ctypes.c_int()
        buffer = ctypes.create_string_buffer(128)
        self.raw.FPDFText_GetFontInfo(text, index, buffer, 128, ctypes.byref(flags))
        weight = self.raw.FPDFText_GetFontWeight(text, index)
        name = buffer.value.decode("utf-8", "replace")
        key = f"{name}/{flags.value}/{weight}"
        if key not in self.fonts:
            forced = bool(flags.value & 0x40000) or weight >= HEAVY
            bold = bool(_BOLD_FONT.search(name)) or (forced and not _PLAIN_FONT.search(name))
            self.fonts[key] = (bold, bool(_SYMBOL_FONT.search(name)))
        return self.fonts[key]

    def _links(self, page: Any, height: float) -> list[list[Any]]:
        """The web and mail addresses that parts of the page lead to, as [address, x0, top, x1, bottom]."""
        raw = self.raw
        found: list[list[Any]] = []
        left, bottom = _origin(page)
        place, link = ctypes.c_int(0), raw.FPDF_LINK()
        while len(found) < MOST_LINKS and raw.FPDFLink_Enumerate(
            page.raw, ctypes.byref(place), ctypes.byref(link)
        ):
            action = raw.FPDFLink_GetAction(link)
            if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
                continue
            buffer = ctypes.create_string_buffer(LONGEST_LINK)
            size = raw.FPDFAction_GetURIPath(self.document.raw, action, buffer, LONGEST_LINK)
            box = raw.FS_RECTF()
            if 0 < size <= LONGEST_LINK and raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
                address = buffer.value.decode("utf-8", "replace")
                top, under = height - (box.top - bottom), height - (box.bottom - bottom)
                found.append([address, box.left - left, top, box.right - left, under])
        return found

    def _pictures(self, page: Any, area: float) -> float:
        """The share of the page that pictures cover."""
        raw, covered = self.raw, 0.0
        count = min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)
        for index in range(count):
            shape = raw.FPDFPage_GetObject(page, index)
            if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_IMAGE:
                continue
            box = [ctypes.c_float() for _ in range(4)]
            raw.FPDFPageObj_GetBounds(shape, *(ctypes.byref(b) for b in box))
            covered += abs(box[2].value - box[0].value) * abs(box[3].value - box[1].value)
        return round(min(1.0, covered / area), 2) if area else 0.0


def _origin(page: Any) -> tuple[float, float]:
    left, bottom, _, _ = page.get_bbox()
    return left, bottom


def _size(raw: Any, text: Any, index: int) -> float:
    """The size of a letter on the page in points: the font's size times what its matrix stretches."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, index))
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        stretch = float((matrix.b**2 + matrix.d**2) ** 0.5) or 1.0
        size *= stretch
    return min(max(size, 0.1), 500.0)


def _ink(raw: Any, text: Any, index: int) -> int:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(text, index, *(ctypes.byref(p) for p in parts)):
        return 0
    red, green, blue, _ = (p.value for p in parts)
    return int(red << 16 | green << 8 | blue)


def _goes_on(word: _Word, letter: _Word) -> bool:
    gap = letter.limits[0] - word.limits[2]
    if abs(letter.limits[0] - word.last) < 0.01 and letter.base == word.base:
        return True  # a ligature gives several letters in one place
    if _is_right_to_left(word.text[-1]) and not _is_left_to_right(letter.text):
        # Letters of these scripts reach under one another; spaces are written.
        gap = max(word.limits[0] - letter.limits[2], -0.5 * word.size)
    return (
        abs(letter.base - word.base) < 0.25 * word.size
        and -0.6 * word.size < gap < 0.15 * max(word.size, letter.size)
        and word.bold == letter.bold
        and abs(word.size - letter.size) < 0.3 * word.size
    )


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL", "NSM")


def _is_left_to_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("L", "EN", "AN")


def _touches(word: _Word, letter: _Word) -> bool:
    """Whether a letter of another look stands right behind a word, as a comma in another weight does."""
    gap = letter.limits[0] - word.limits[2]
    return abs(letter.base - word.base) < 0.25 * word.size and -0.6 * word.size < gap < 0.15 * word.size


def _is_unread(character: str) -> bool:
    return (
        not character
        or character in "\ufffd\ufffe\uffff"
        or unicodedata.category(character) in ("Co", "Cc", "Cn", "Cs")
    )


def _is_ligature(text: str) -> bool:
    return any("\ufb00" <= character <= "\ufb06" for character in text)


def _mark(character: str) -> str:
    """What a letter of a symbol font stands for: a list's mark, or an icon, which says nothing."""
    if character in _MARKS:
        return character
    if character and 0xF000 <= ord(character) <= 0xF0FF:
        character = chr(ord(character) - 0xF000)
        if ord(character) == 0xB7:
            return "•"
    return _BULLET_SHAPES.get(character, "")


def _mark_unseen(page: Any, words: list[_Word], width: float, height: float) -> None:
    """Mark the words that leave no trace in a picture of the page: white on white, covered, invisible."""
    import numpy as np

    if not words:
        return
    scale = min(PIXELS_A_POINT, float(MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    picture = np.frombuffer(bitmap.buffer, dtype=np.uint8).reshape(bitmap.height, bitmap.stride)
    for word in words:
        left, top, right, bottom = (int(value * scale) for value in word.limits)
        patch = picture[max(0, top) : bottom + 1, max(0, left) : min(right + 1, bitmap.width)]
        word.seen = word.size >= TINIEST and patch.size > 0 and int(np.ptp(patch)) >= FAINTEST
    bitmap.close()


def _limit() -> None:
    """Bound what this process may take, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def read(data: bytes) -> dict[str, Any]:
    """The words of a PDF, as the module's docstring says."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        is_locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        return {"error": "encrypted" if is_locked else "damaged"}
    count = len(document)
    if not count:
        return {"error": "empty"}
    reader = _Reader(raw, document)
    pages = []
    for index in range(min(count, MOST_PAGES)):
        try:
            pages.append(reader.page(index))
        except pypdfium2.PdfiumError:
            return {"error": "damaged"}
    unread = reader.unread / reader.characters if reader.characters else 0.0
    producer = document.get_metadata_value("Producer") + " " + document.get_metadata_value("Creator")
    return {
        "pages": pages,
        "unread": round(unread, 3),
        "more": max(0, count - MOST_PAGES),
        "cut": reader.characters >= MOST_CHARACTERS,
        "producer": producer[:200],
    }


def main() -> None:
    """Read standard input, write standard output."""
    _limit()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
