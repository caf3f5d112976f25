"""What every form of a tailored résumé shows: its parts as plain values, in reading order.

Title, employer and dates are the record's own; nothing is composed but the marks between them.
"""

from dataclasses import dataclass

from domain import Record, Resume, ResumeEntry
from exports.text import clean_line

_IN_ONE_LINE = ("skills", "languages")


@dataclass(frozen=True)
class Head:
    """The head of an entry: `title` and `organization` lead, `period` stands apart."""

    title: str
    organization: str
    period: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One section: entries with a head and lines, or a list of words on one line (`listed`)."""

    name: str
    heading: str
    entries: tuple[tuple[Head | None, tuple[str, ...]], ...]

    @property
    def is_listed(self) -> bool:
        return self.name in _IN_ONE_LINE

    @property
    def is_prose(self) -> bool:
        return self.name == "summary"

    @property
    def listed(self) -> tuple[str, ...]:
        return tuple(line for _, lines in self.entries for line in lines)


def parts_of(resume: Resume) -> tuple[Part, ...]:
    """The sections that have something to say."""
    parts = []
    for section in resume.sections:
        entries = tuple(_entry(entry, resume) for entry in section.entries)
        entries = tuple(entry for entry in entries if entry[0] or entry[1])
        if entries:
            parts.append(Part(section.name, section.heading, entries))
    return tuple(parts)


def _entry(entry: ResumeEntry, resume: Resume) -> tuple[Head | None, tuple[str, ...]]:
    lines = tuple(filter(None, (clean_line(line.text) for line in entry.lines)))
    return (head_of(entry.record, resume.present) if entry.record else None, lines)


def head_of(record: Record, present: str) -> Head:
    """A record's fields, each verbatim."""
    end = present if record.current and not record.end else record.end
    period = " – ".join(filter(None, (record.start, end)))
    title = ", ".join(filter(None, (record.title, record.area)))
    return Head(clean_line(title), clean_line(record.organization), clean_line(period), record.links)


def name_of(resume: Resume) -> str:
    """Whose it is: a person's name; of an agency its own."""
    return clean_line(resume.organization or resume.name)


def contacts_of(resume: Resume) -> tuple[str, ...]:
    """E-mail, phone, address and links, as they are known; of an agency also who signs."""
    person = resume.name if resume.organization else ""
    found = (person, resume.email, resume.phone, resume.postal_address, *map(shown, resume.links))
    return tuple(dict.fromkeys(filter(None, map(clean_line, found))))


def shown(link: str) -> str:
    """An address as it is printed: without the scheme that every reader adds."""
    return link.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
