"""An uploaded document as a profile: JSON Resume, a profile of our own, or a résumé in text or Markdown."""

from domain import Profile
from errors import DocumentError
from profiles import header, lines, resume
from profiles.json_documents import read_json
from profiles.ledger import Ledger
from profiles.sections import Part
from profiles.text import decode, signature

MOST_BYTES = 2_000_000
MOST_CHARACTERS = 200_000
_LATER = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".doc": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".html": "HTML",
    ".htm": "HTML",
    ".tex": "LaTeX",
}
_PASTE = "Open it, copy its text, and paste it into the form."


def read_profile(data: bytes, document: str) -> Profile:
    """Read a résumé.

    Args:
        data: The file's bytes.
        document: Its name, which becomes the provenance of every item.

    Raises:
        DocumentError: when it cannot be read as a résumé; says why, and what works instead.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError("This file is larger than 2 MB.", "A résumé in text or JSON is far smaller.")
    _refuse_other_formats(data, document)
    text = decode(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip()[:200].lower()
    if start.startswith(("{", "[{")) or document.lower().endswith(".json"):
        return read_json(text, document)
    if start.startswith(("<!doctype", "<html", "<?xml", "<svg")):
        raise DocumentError("Reading HTML résumés comes later.", _PASTE)
    return _read_text(text, document)


def _refuse_other_formats(data: bytes, document: str) -> None:
    suffix = "." + document.lower().rpartition(".")[2]
    if suffix in _LATER:
        raise DocumentError(f"Reading {_LATER[suffix]} files comes later.", _PASTE)
    foreign = signature(data)
    if foreign:
        raise DocumentError(f"This is {foreign}. Reading those comes later.", _PASTE)


def _read_text(text: str, document: str) -> Profile:
    if len(text) > MOST_CHARACTERS:
        raise DocumentError("This is more text than a résumé holds.", "Keep the last ten years or so.")
    ledger = Ledger(document)
    source = lines.visible(text)
    found = lines.split(source)
    size = header.length(found)
    top = header.read(found[:size])
    for line, start, end in top.prose:
        ledger.add("summary", line, place=resume.place_of(source, start), start=start, end=end)
    contacts = header.read(resume.read_lines(ledger, source, found[size:], Part.EXPERIENCE))
    if not ledger.evidence:
        raise DocumentError(
            "There is no experience, project or skill in this file.", "Choose another file, or use the form."
        )
    return ledger.profile(
        name=top.name,
        headline=top.headline,
        email=top.email or contacts.email,
        phone=top.phone or contacts.phone,
        links=tuple(dict.fromkeys((*top.links, *contacts.links))),
    )
