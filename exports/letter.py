"""A letter of one page for Word."""

import io
from datetime import UTC, date, datetime, time
from typing import Any

from domain import Draft, Posting, Profile
from exports.text import clean_line, clean_subject, paragraphs, to_text


def to_docx(draft: Draft, profile: Profile, posting: Posting) -> bytes:
    """The draft as a letter: sender, date, company, subject, body."""
    return letter(draft.subject, to_text(draft), profile, posting)


def letter(subject: str, body: str, profile: Profile, posting: Posting, on: date | None = None) -> bytes:
    """A letter of a subject and a body.

    Args:
        subject: The line above the letter; may be empty.
        body: Paragraphs with blank lines between them; single line breaks are kept.
        profile: Who writes; contacts that are not set are left out.
        posting: Whose company is named above the letter.
        on: Its date, by default today.
    """
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    style.paragraph_format.space_after = Pt(8)
    style.paragraph_format.line_spacing = 1.1
    today = on or datetime.now(UTC).date()
    _sender(document, profile)
    _add(document, [f"{today.day} {today:%B %Y}"])
    if posting.company:
        _add(document, [posting.company])
    if subject:
        _add(document, [subject], bold=True)
    for lines in paragraphs(body):
        _add(document, lines)
    _name(document, subject, profile, today)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _sender(document: Any, profile: Profile) -> None:
    name = ", ".join(filter(None, (profile.name, profile.organization)))
    if name:
        _add(document, [name], bold=True)
    contacts = (profile.email, profile.phone, profile.postal_address, *profile.links[:2])
    if any(contacts):
        _add(document, [" · ".join(filter(None, contacts))])


def _add(document: Any, lines: list[str], *, bold: bool = False) -> None:
    """One paragraph; its lines are kept apart by line breaks."""
    paragraph = document.add_paragraph()
    for index, line in enumerate(lines):
        run = paragraph.add_run(clean_line(line))
        run.bold = bold or None
        if index < len(lines) - 1:
            run.add_break()


def _name(document: Any, subject: str, profile: Profile, today: date) -> None:
    """The file's properties say who wrote it and when, and nothing about the machine."""
    properties = document.core_properties
    properties.author = clean_line(profile.name)[:255]
    properties.title = clean_subject(subject)
    properties.last_modified_by = properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(today, time())
