"""An uploaded file as a document and the profile it holds, whatever its format."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable

from domain import Document, Profile, SourceSpan
from errors import DocumentError
from profiles import lines
from profiles.json_documents import read_json
from profiles.locating import locate
from profiles.parsers import AUTOMATIC, choose
from profiles.pdf import read_pdf
from profiles.source import Source
from profiles.text import decode, signature

Progress = Callable[[int, int], None]

MOST_BYTES = 10_000_000
MOST_CHARACTERS = 200_000


def read_profile(data: bytes, document: str) -> Profile:
    """The profile of a document; see `read_document`."""
    return read_document(data, document)[1]


def read_document(
    data: bytes, name: str, parser: str = AUTOMATIC, progress: Progress | None = None
) -> tuple[Document, Profile]:
    """Read a résumé, portfolio or export.

    Args:
        data: The file's bytes.
        name: Its name, which becomes the provenance of every item.
        parser: Which parser reads its layout; by default the one that fits best.
        progress: Called with (done, total) rows of a long table.

    Raises:
        DocumentError: when it cannot be read; says why, and what works instead.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError("This file is larger than 10 MB.", "Leave out pictures, or paste its text into the form.")
    if signature(data) == "a PDF":
        return _laid_out("PDF", read_pdf(data), data, name, parser)
    text = decode(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip()[:200].lower().startswith(("{", "[{")) or name.lower().endswith(".json"):
        profile = read_json(text, name)
        return _document("JSON", text, data, name, profile), profile
    return _laid_out("Text", _plain(text), data, name, parser)


def _plain(text: str) -> Source:
    if len(text) > MOST_CHARACTERS:
        raise DocumentError("This is more text than a résumé holds.", "Keep the last ten years or so.")
    shown = lines.visible(text)
    return Source(shown, tuple(lines.split(shown)))


def _laid_out(format_: str, source: Source, data: bytes, name: str, parser: str) -> tuple[Document, Profile]:
    """Read lines with a parser, then say for every value on which page and where it stands."""
    chosen = choose(source, parser)
    profile = _placed(chosen.read(source, name), source)
    document = Document(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        format=format_,
        text=source.text,
        pages=source.pages,
        parser=chosen.name,
        confidence=source.confidence,
        warnings=tuple(dict.fromkeys((*source.warnings, *profile.warnings))),
    )
    return document, profile


def _placed(profile: Profile, source: Source) -> Profile:
    """The profile with pages, and with the places of its fields."""
    spans = {
        item.source.place: (item.source.start, item.source.end)
        for item in reversed(profile.evidence)
        if item.source.start is not None and item.source.end is not None
    }
    located = locate(profile, source.text, spans)
    return located


def _document(format_: str, text: str, data: bytes, name: str, profile: Profile) -> Document:
    return Document(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        format=format_,
        text=text,
        warnings=profile.warnings,
    )
