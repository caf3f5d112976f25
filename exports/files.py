"""One door for all file forms, and the files' names."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from typing import Literal

from domain import Posting, Profile, Resume
from exports.eml import message
from exports.letter import letter
from exports.letter_pdf import letter_pdf
from exports.markdown import page
from exports.resume_docx import resume_docx
from exports.resume_json import resume_json
from exports.resume_pdf import resume_pdf
from exports.resume_text import resume_markdown, resume_text

FileForm = Literal["eml", "docx", "pdf", "md"]
ResumeForm = Literal["pdf", "docx", "md", "txt", "json"]
_LONGEST = 60
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE
)  # names that Windows keeps for itself
_SPELLED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE", "đ": "d", "œ": "oe"}
)


def export(form: FileForm, subject: str, body: str, posting: Posting, profile: Profile) -> tuple[str, bytes]:
    """A file name and the bytes of a draft, as written or as edited."""
    if form == "eml":
        data = message(subject, body, profile)
    elif form == "docx":
        data = letter(subject, body, profile, posting)
    elif form == "pdf":
        data = letter_pdf(subject, body, profile, posting)
    else:
        data = page(subject, body).encode("utf-8")
    return file_name(posting, form), data


def export_resume(form: ResumeForm, resume: Resume, posting: Posting) -> tuple[str, bytes]:
    """A file name and the bytes of a tailored résumé."""
    write: dict[ResumeForm, Callable[[Resume], bytes]] = {
        "pdf": resume_pdf,
        "docx": resume_docx,
        "md": lambda each: resume_markdown(each).encode("utf-8"),
        "txt": lambda each: resume_text(each).encode("utf-8"),
        "json": resume_json,
    }
    return file_name(posting, form), write[form](resume)


def file_name(posting: Posting, suffix: str) -> str:
    """A name in plain letters from company and title, such as `fernhill-platform-engineer.eml`."""
    text = f"{posting.company} {posting.title}".translate(_SPELLED)
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters.lower())[:_LONGEST].strip("-")
    if not slug or _RESERVED.fullmatch(slug):
        slug = "draft"
    return f"{slug}.{suffix.lstrip('.')}"


def bundle(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Several named files as one ZIP; of two with one name the later is numbered. It holds no date."""
    file = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            unique, number = name, 1
            while unique in taken:
                number += 1
                stem, _, suffix = name.partition(".")
                unique = f"{stem}-{number}.{suffix}"
            taken.add(unique)
            archive.writestr(zipfile.ZipInfo(unique), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
