"""A letter of one page as PDF."""

from datetime import UTC, date, datetime

from domain import Posting, Profile
from exports.addresses import leads_to, shown
from exports.scripts import is_right_to_left
from exports.text import clean_line, clean_subject, paragraphs
from exports.typesetting import pages_of, typeset

SIZES = (11.0, 10.5, 10.0, 9.5)
"""Points of the body, tried in turn until the letter fits on one page."""


def letter_pdf(subject: str, body: str, profile: Profile, posting: Posting, on: date | None = None) -> bytes:
    """A letter of a subject and a body.

    Args:
        subject: The line above the letter; may be empty.
        body: Paragraphs with blank lines between them; single line breaks are kept.
        profile: Who writes; contacts that are not set are left out.
        posting: Whose company is named above the letter.
        on: Its date, by default today.
    """
    today = on or datetime.now(UTC).date()
    contacts = (profile.email, profile.phone, profile.postal_address, *map(shown, profile.links[:2]))
    data = {
        "title": clean_subject(subject),
        "author": clean_subject(profile.name),
        "sender": clean_line(", ".join(filter(None, (profile.name, profile.organization)))),
        "contacts": [
            {"text": text, "url": leads_to(text, profile.links)} for text in map(clean_line, contacts) if text
        ],
        "date": f"{today.day} {today:%B %Y}",
        "company": clean_line(posting.company),
        "subject": clean_line(subject),
        "paragraphs": paragraphs(body),
        "lang": posting.language.split("-")[0][:3] or "en",
        "rtl": is_right_to_left(body),
    }
    made = b""
    for size in SIZES:
        made = typeset("letter.typ", {**data, "size": size})
        if pages_of(made) == 1:
            break
    return made
