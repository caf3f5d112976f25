"""What a file is, by its content. A name only decides where the content fits two formats of text."""

import re
import zipfile
from enum import StrEnum

from errors import DocumentError
from profiles import linkedin, portfolio, readme
from profiles.markdown_page import MOST_CHARACTERS
from profiles.text import normalised, signature
from profiles.zip_files import DAMAGE, ZipKind

MOST_BYTES = 10_000_000
MOST_BYTES_OF_TEXT = 2_000_000
_MOST_ENTRIES = 2_000


class Format(StrEnum):
    """A kind of file, by the name that people call it."""

    PDF = "PDF"
    DOCX = "Word"
    JSON = "JSON"
    YAML = "YAML"
    CSV = "CSV"
    LINKEDIN = "LinkedIn export"
    README = "README"
    MARKDOWN = "Markdown"
    TEXT = "text"
    DOC = "old Word"
    PROTECTED = "protected Office"
    ODT = "OpenDocument text"
    RTF = "RTF"
    PAGES = "Pages"
    EXCEL = "Excel"
    SLIDES = "slides"
    HTML = "HTML"
    LATEX = "LaTeX"
    VCARD = "contact card"
    IMAGE = "picture"
    ARCHIVE = "archive"
    OTHER = "unknown"


_READ = frozenset(
    (Format.PDF, Format.DOCX, Format.JSON, Format.YAML, Format.CSV, Format.LINKEDIN, Format.README,
     Format.MARKDOWN, Format.TEXT)
)  # fmt: skip
_WORKS = "PDF, Word (.docx), text, Markdown, JSON Resume, RenderCV or YAMLResume, LinkedIn's export, CSV."
# What to tell a person whose file is one of those that are not read.
_REFUSED = {
    Format.DOC: ("This is an old Word file (.doc).", "Save it as .docx or PDF."),
    Format.PROTECTED: ("This Office file is protected by a password.", "Save it without the password."),
    Format.ODT: ("This is an OpenDocument text (.odt).", "Save it as .docx or PDF."),
    Format.RTF: ("This is an RTF document.", "Save it as .docx or PDF."),
    Format.PAGES: ("This is a Pages document.", "Export it as Word or PDF."),
    Format.EXCEL: ("This is a spreadsheet.", "Save the sheet with your projects as CSV."),
    Format.SLIDES: ("This is a slide show.", "Save it as PDF."),
    Format.HTML: ("This is a web page.", "Print it to PDF, or paste its text into the form."),
    Format.LATEX: ("This is LaTeX source.", "Choose the PDF that it makes."),
    Format.VCARD: ("This is a contact card, not a résumé.", f"These are read: {_WORKS}"),
    Format.IMAGE: ("This is a picture.", "Choose the PDF or Word file, or type its text into the form."),
    Format.ARCHIVE: ("This is an archive of files.", "Unpack it and choose the résumé itself."),
    Format.OTHER: ("This is not a document that can be read.", f"These are read: {_WORKS}"),
}

# What `text.signature` calls the files that are told by their first bytes alone.
_SIGNED = {
    "an RTF document": Format.RTF,
    "a picture": Format.IMAGE,
    "a compressed file": Format.ARCHIVE,
    "a database": Format.OTHER,
    "a program": Format.OTHER,
    "a PostScript file": Format.OTHER,
}
# A résumé in text may have a line "Content:"; in YAML an indented key stands below it.
_YAML_ROOT = re.compile(
    r"^(?:cv|content|basics|sections)\s*:[ \t]*(?:#.*|[&!].*)?\n(?:[ \t]*(?:#.*)?\n)*"
    r"[ \t]+(?:-[ \t]+)?[\"']?[a-z]\w*[\"']?:(?:[ \t]|$)",
    re.MULTILINE,
)
_MARKDOWN = re.compile(
    r"^#{1,6}[ \t]{1,4}\S|^[ \t]{0,8}[-*+][ \t]{1,4}\[|\]\(https?://|"
    r"^[ \t]{0,8}\|?[ \t]{0,8}:?-{3,99}:?[ \t]{0,8}\|",
    re.MULTILINE,
)


def sniff(data: bytes, name: str) -> Format:
    """What a file is.

    Args:
        data: Its bytes.
        name: Its name; it only tells Markdown from text, and tables and YAML from other text.

    Raises:
        DocumentError: when it is larger than any résumé, empty, or damaged beyond telling.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError("This file is larger than 10 MB.", "Leave out pictures, or save it smaller.")
    binary = _binary(data)
    if binary:
        return binary
    if len(data) > MOST_BYTES_OF_TEXT:
        raise DocumentError("This file is larger than 2 MB.", "A résumé or portfolio as text is far smaller.")
    return _text(normalised(data), name.lower())


def readable(data: bytes, name: str) -> Format:
    """What a file is, where it is one that can be read.

    Raises:
        DocumentError: as `sniff`, and when it is of a kind that is not read: says which, and what works.
    """
    found = sniff(data, name)
    if found not in _READ:
        raise DocumentError(*_REFUSED[found])
    return found


def _binary(data: bytes) -> Format | None:
    head = data[:1024].lstrip(b"\r\n\t \x00")
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(data)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.IMAGE
    if head[4:8] == b"ftyp" or (data[:2] == b"BM" and b"\x00\x00" in data[6:10]):
        return Format.IMAGE
    return _SIGNED.get(signature(data))


def _compound(data: bytes) -> Format:
    """An Office file from before 2007, or a newer one behind a password: their streams have names."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Format.PROTECTED
    if holds("Workbook"):
        return Format.EXCEL
    return Format.SLIDES if holds("PowerPoint Document") else Format.DOC


def _zip(data: bytes) -> Format:
    what = "Word file" if b"word/" in data[:4096] else "zip file"
    archive = ZipKind(what, "a résumé", "Save or download it again.").opened(data)
    names = archive.namelist()
    if not names:
        raise DocumentError("This zip file is empty.", "Choose the résumé itself.")
    if len(names) > _MOST_ENTRIES:
        raise DocumentError("This file holds far more parts than a résumé.", "Save it again, or as PDF.")
    return _by_parts(archive, names)


def _by_parts(archive: zipfile.ZipFile, names: list[str]) -> Format:
    folders = {name.lstrip("/").partition("/")[0].lower() for name in names}
    if "[Content_Types].xml" in names or {"word", "xl", "ppt"} & folders:
        kinds = {"word": Format.DOCX, "xl": Format.EXCEL, "ppt": Format.SLIDES}
        return next((kind for folder, kind in kinds.items() if folder in folders), Format.OTHER)
    if "mimetype" in names:
        return _open_document(archive)
    if any(name.lower().endswith(".iwa") for name in names):
        return Format.PAGES
    return Format.LINKEDIN if linkedin.is_export(names) else Format.ARCHIVE


def _open_document(archive: zipfile.ZipFile) -> Format:
    """An OpenDocument file by the kind it states in its first part."""
    try:
        with archive.open("mimetype") as stream:
            kind = stream.read(100)
    except DAMAGE:
        return Format.OTHER
    if b"opendocument" not in kind:
        return Format.OTHER
    return (
        Format.EXCEL if b"spreadsheet" in kind else Format.SLIDES if b"presentation" in kind else Format.ODT
    )


def _text(text: str, name: str) -> Format:
    start = re.sub(r"\A(?:\s|<!--.*?-->)*", "", text, flags=re.DOTALL)[:400].lower()
    if name.endswith(".json") or re.match(r"\{\s*[\"}]|\[\s*[{\[\"\d\]]", start):
        return Format.JSON
    if start.startswith(("<!doctype", "<html", "<head", "<body", "<?xml", "<svg")):
        return Format.HTML
    if re.search(r"^\\documentclass|^\\begin\{document\}", text[:20_000], re.MULTILINE):
        return Format.LATEX
    if start.startswith("begin:vcard"):
        return Format.VCARD
    marked = name.endswith((".md", ".markdown", ".mdx"))
    if name.endswith((".yaml", ".yml")) or (not marked and _YAML_ROOT.search(text)):
        return Format.YAML
    if name.endswith((".csv", ".tsv")) or (not marked and portfolio.is_table(text)):
        return Format.CSV
    if marked or _MARKDOWN.search(text):
        is_page = len(text) <= MOST_CHARACTERS and readme.is_readme(text)
        return Format.README if is_page else Format.MARKDOWN
    return Format.TEXT
