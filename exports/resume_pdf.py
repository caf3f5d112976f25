"""A tailored résumé as PDF: one column of real text, tagged in reading order, on one page or two."""

from typing import Any

from domain import Resume
from exports.addresses import leads_to, shown
from exports.resume import Head, contacts_of, name_of, parts_of
from exports.scripts import is_right_to_left
from exports.text import clean_line, clean_subject
from exports.typesetting import pages_of, typeset

MOST_PAGES = 2
SIZES = (10.0, 9.6, 9.2, 8.8)
"""Points of the body: the largest that needs no page more than the smallest."""


def resume_pdf(resume: Resume) -> bytes:
    """A file of one page or two; letters get a little smaller before a page is begun for a few lines."""
    data = _data(resume)
    made = typeset("resume.typ", {**data, "size": SIZES[0]})
    pages = pages_of(made)
    if pages == 1:
        return made
    smallest = typeset("resume.typ", {**data, "size": SIZES[-1]})
    fewest = pages_of(smallest)
    if fewest == pages:
        return made
    for size in SIZES[1:-1]:
        made = typeset("resume.typ", {**data, "size": size})
        if pages_of(made) == fewest:
            return made
    return smallest


def _data(resume: Resume) -> dict[str, Any]:
    name = name_of(resume)
    return {
        "title": clean_subject(name),
        "author": clean_subject(name),
        "name": name,
        "headline": clean_line(resume.headline),
        "contacts": [{"text": text, "url": leads_to(text, resume.links)} for text in contacts_of(resume)],
        "contacts-ltr": not any(is_right_to_left(text) for text in contacts_of(resume)),
        "lang": resume.language.split("-")[0][:3] or "en",
        "rtl": resume.right_to_left,
        "parts": _parts(resume),
    }


def _parts(resume: Resume) -> list[dict[str, Any]]:
    return [
        {
            "heading": part.heading,
            "goal": part.goal,
            "kind": "listed" if part.is_listed else "prose" if part.is_prose else "entries",
            "listed": list(part.listed) if part.is_listed else [],
            "unlisted": list(part.unlisted) if part.is_listed else [],
            "entries": [_entry(head, lines) for head, lines in part.entries],
        }
        for part in parts_of(resume)
    ]


def _entry(head: Head | None, lines: tuple[str, ...]) -> dict[str, Any]:
    given = head or Head("", "", "")
    return {
        "head": head is not None,
        "title": given.title,
        "organization": given.organization,
        "period": given.period,
        "links": [{"text": shown(link), "url": leads_to(link)} for link in given.links if leads_to(link)],
        "lines": list(lines),
    }
