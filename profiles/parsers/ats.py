"""The plain résumé that applicant tracking systems ask for: one column, sections with their usual names."""

from domain import Profile
from errors import DocumentError
from profiles import header, resume
from profiles.ledger import Ledger
from profiles.parsers.contract import parser
from profiles.sections import Part, part_named
from profiles.source import Source

USUAL = (Part.EXPERIENCE, Part.EDUCATION, Part.SKILLS, Part.PROJECTS, Part.SUMMARY)


def fits(source: Source) -> float:
    """How plain a document is: the share of two usual sections that it has, less in columns."""
    named = {part_named(line.text) for line in source.lines if not line.bullet and len(line.text) < 60}
    usual = min(1.0, len(named & set(USUAL)) / 2)
    return usual if source.layout != "two columns" else 0.6 * usual


@parser(
    "ats",
    "Plain résumé",
    "One column with the usual headings, such as Experience, Education, Skills.",
    fits,
)
def read(source: Source, document: str) -> Profile:
    """Read the top for name and contacts, then each section by its heading."""
    return read_lines(source, document)


def read_lines(source: Source, document: str) -> Profile:
    """Read lines whose sections are known.

    Raises:
        DocumentError: when nothing in them can be used.
    """
    ledger = Ledger(document)
    found = list(source.lines)
    size = header.length(found)
    top = header.read(found[:size])
    for line, start, end in top.prose:
        ledger.add("summary", line, place=resume.place_of(source.text, start), start=start, end=end)
    rest = resume.read_lines(ledger, source.text, found[size:], Part.EXPERIENCE)
    contacts = header.read(rest.contacts)
    elsewhere = header.read(header.own_contacts(rest.lines))
    if not ledger.evidence:
        raise DocumentError(
            "There is no experience, project or skill in this file.", "Choose another file, or use the form."
        )
    return ledger.profile(
        name=header.largest_name(found) or top.name or contacts.name,
        headline=top.headline,
        email=top.email or contacts.email or elsewhere.email,
        phone=top.phone or contacts.phone or elsewhere.phone,
        links=tuple(dict.fromkeys((*top.links, *contacts.links, *elsewhere.links))),
    )
