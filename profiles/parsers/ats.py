"""The plain résumé that applicant tracking systems ask for: one column, sections with their usual names."""

from domain import Profile
from errors import DocumentError
from profiles import header, resume
from profiles.entries import find_dates
from profiles.ledger import Ledger
from profiles.parsers.contract import parser
from profiles.sections import Part, part_named
from profiles.source import Source

USUAL = (Part.EXPERIENCE, Part.EDUCATION, Part.SKILLS, Part.PROJECTS, Part.SUMMARY)


def fits(source: Source) -> float:
    """How plain a document is: the share of two usual sections it has; less with columns, own headings."""
    named = {part_named(line.text) for line in source.lines if not line.bullet and len(line.text) < 60}
    usual = min(1.0, len(named & set(USUAL)) / 2)
    levels = {line.level for line in source.lines if line.level and part_named(line.text)}
    headings = [line for line in source.lines if line.level in levels and not find_dates(line.text)]
    has_own = any(part_named(line.text) is None for line in headings)
    return 0.6 * usual if source.layout == "two columns" or has_own else usual


@parser(
    "ats",
    "Plain résumé",
    "One column with the usual headings, such as Experience, Education, Skills.",
    fits,
)
def read(source: Source, document: str) -> Profile:
    """Read the top for name and contacts, then each section by its usual heading; keep the rest as it is."""
    return read_lines(source, document, guess=False)


def read_lines(source: Source, document: str, *, guess: bool) -> Profile:
    """Read lines section by section.

    Args:
        source: The lines.
        document: Its name.
        guess: Tell what a heading of the author's own opens by its words, or by what stands under it.

    Raises:
        DocumentError: when nothing in them can be used.
    """
    ledger = Ledger(document)
    found = list(source.lines)
    size = header.length(found)
    top = header.read(found[:size])
    for line, start, end in top.prose:
        ledger.add("summary", line, place=resume.place_of(source.text, start), start=start, end=end)
    rest = resume.read_lines(ledger, source.text, found[size:], Part.EXPERIENCE, guess=guess)
    contacts = header.read(rest.contacts)
    name = header.largest_name(found) or top.name or contacts.name
    elsewhere = header.read(header.own_contacts(rest.lines, name))
    if not ledger.evidence:
        raise DocumentError(
            "There is no experience, project or skill in this file.", "Choose another file, or use the form."
        )
    return ledger.profile(
        name=name,
        headline=top.headline,
        email=top.email or contacts.email or elsewhere.email,
        phone=top.phone or contacts.phone or elsewhere.phone,
        links=tuple(dict.fromkeys((*top.links, *contacts.links, *elsewhere.links))),
    )
