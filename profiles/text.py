"""Bytes and characters: decoding a file that should be text, and taking out what a reader cannot see."""

import codecs
import re

from errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# First bytes of the formats people upload instead of text, and what to call them.
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"MZ\x90", "a program"),
    (b"\x7fELF", "a program"),
    (b"%!PS", "a PostScript file"),
)

# Soft hyphens, zero-width spaces, direction overrides, tag characters: they carry no words. The two joiners
# (U+200C, U+200D) stay, because Persian, Hindi and emoji are written with them.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MARKDOWN_LINK = re.compile(
    r"!?\[([^\[\]]+)\]\((?:https?:|mailto:|/|#)[^()\s]*(?:\([^()]*\))?[^()\s]*\)|<(https?://[^<>\s]+)>"
)
_EMPHASIS = re.compile(
    r"(\*\*|`|(?<!\w)__(?=[^\s_])(?![a-z_]+__))(?=\S)(.{1,300}?)(?<=\S)\1(?!(?<=_)\w)|(?<![\w*])\*(?=[^\s*])([^*]{1,300}?)(?<=\S)\*(?![\w*])"
)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32 or Windows-1252, with or without a byte-order mark.

    Raises:
        DocumentError: when the file is empty or is no text.
    """
    if not data.strip(b"\x00\t\n\r\x0b\x0c "):
        raise DocumentError("This file is empty.", "Choose another file, or paste your text.")
    foreign = signature(data)
    if foreign:
        raise DocumentError(f"This is {foreign}, not a text file.")
    text = _decoded(data)
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) / 100:
        raise DocumentError("This file is not text.", "Save it as plain text in UTF-8 and try again.")
    if not text.strip("\ufeff \t\r\n"):
        raise DocumentError("This file is empty.", "Choose another file, or paste your text.")
    return text


def normalised(data: bytes) -> str:
    """The text of a file without its byte-order mark, each line ended by one "\\n".

    Raises:
        DocumentError: as `decode`.
    """
    return unified(decode(data))


def unified(text: str) -> str:
    """A text without a byte-order mark before it, each line ended by one "\\n"."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def signature(data: bytes) -> str:
    """What a file is by its first bytes, such as "a PDF"; empty for anything that may be text."""
    head = data[:1024].lstrip(b"\r\n\t \x00")
    return next((name for magic, name in _SIGNATURES if head.startswith(magic)), "")


def _decoded(data: bytes) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "") or _bare_utf16(data)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise DocumentError(
                "This file is damaged: its characters cannot be read.", "Save it as UTF-8 and try again."
            ) from None
        return _guessed(data)


def _guessed(data: bytes) -> str:
    """Text of before UTF-8, in the code page that reads best; Windows-1252 where nothing tells."""
    from charset_normalizer import from_bytes

    pages = ["cp1252", "gb18030", "big5", "shift_jis", "euc_kr", "cp1250", "cp1251", "cp1254", "cp1256"]
    found = from_bytes(data[:50_000], cp_isolation=pages).best()
    try:
        return data.decode(found.encoding if found else "cp1252")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without a mark shows as every other byte being zero."""
    head = data[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def plain(text: str) -> str:
    """The words of a text on one line: without Markdown emphasis, invisible characters and line breaks."""
    text = unmarked_links(_EMPHASIS.sub(lambda found: found[2] or found[3], text))
    return " ".join(_CONTROL.sub(" ", INVISIBLE.sub("", text)).split())


def unmarked_links(text: str) -> str:
    """The text with the words of Markdown links in place of the links."""
    return _MARKDOWN_LINK.sub(lambda found: found[1] or found[2], text)


def unmarked(text: str) -> str:
    """The text without Markdown emphasis and invisible characters; wide gaps stay, as they part columns."""
    text = unmarked_links(INVISIBLE.sub("", _EMPHASIS.sub(lambda found: found[2] or found[3], text)))
    return text if len(text.split("\t")) < max(4, len(text.split())) else " ".join(text.split())


def one_line(text: str, longest: int = 300) -> str:
    """A single-line field as typed, without control and invisible characters."""
    return " ".join(_CONTROL.sub(" ", INVISIBLE.sub("", text)).split())[:longest]
