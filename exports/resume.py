"""What every form of a tailored résumé shows: its parts as plain values, in reading order.

Title, employer and dates are the record's own; nothing is composed but the marks between them.
"""

import re
from dataclasses import dataclass

from domain import Record, Resume, ResumeEntry
from exports.addresses import shown
from exports.text import clean_line

_ENDS = (".", "!", "。", "؟", "।")
_COMMA = re.compile(r"[,;|，、；،؛·•]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONG_HEAD = 12  # words
_IN_ONE_LINE = ("skills", "languages")


@dataclass(frozen=True)
class Head:
    """The head of an entry: `title` and `organization` lead, `period` stands apart."""

    title: str
    organization: str
    period: str
    links: tuple[str, ...] = ()
    is_one_line: bool = False

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The head as one row of fields, or where that is long as two: the title, and the rest."""
        rest = tuple(field for field in (self.organization, *map(shown, self.links), self.period) if field)
        if (
            not self.is_one_line
            and self.title
            and len(self.title.split()) + len(self.organization.split()) > _LONG_HEAD
        ):
            return ((self.title,), rest)
        return (tuple(field for field in (self.title, *rest) if field),)


@dataclass(frozen=True)
class Part:
    """One section: entries with a head and lines, or a list of words on one line (`listed`)."""

    name: str
    heading: str
    entries: tuple[tuple[Head | None, tuple[str, ...]], ...]
    goal: str = ""

    @property
    def is_listed(self) -> bool:
        return self.name in _IN_ONE_LINE

    @property
    def is_prose(self) -> bool:
        """Whether the lines are sentences, which make a paragraph; otherwise each is a list item."""
        return self.name == "summary" and all(line.endswith(_ENDS) for line in self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for _, lines in self.entries for line in lines)

    @property
    def listed(self) -> tuple[str, ...]:
        """What stands in one line between commas."""
        return tuple(line for line in self.lines if not _COMMA.search(_BRACKETS.sub("", line)))

    @property
    def unlisted(self) -> tuple[str, ...]:
        """What has commas of its own, so that it needs a line of its own."""
        return tuple(line for line in self.lines if _COMMA.search(_BRACKETS.sub("", line)))


def parts_of(resume: Resume) -> tuple[Part, ...]:
    """The sections that have something to say; the goal opens the summary, which may be all of it."""
    parts = []
    goal = clean_line(resume.goal)
    for section in resume.sections:
        entries = tuple(_entry(entry, resume) for entry in section.entries)
        entries = tuple(entry for entry in entries if entry[0] or entry[1])
        opening = goal if section.name == "summary" else ""
        if entries or opening:
            parts.append(Part(section.name, section.heading, entries, opening))
    return tuple(parts)


def _entry(entry: ResumeEntry, resume: Resume) -> tuple[Head | None, tuple[str, ...]]:
    listed = ", ".join(clean_line(line.text) for line in entry.lines if line.listed and entry.record)
    said = (clean_line(line.text) for line in entry.lines if not (line.listed and entry.record))
    lines = tuple(filter(None, (*said, listed)))
    return (head_of(entry.record, resume.present) if entry.record else None, lines)


def head_of(record: Record, present: str) -> Head:
    """A record's fields, each verbatim, and where a project can be seen."""
    end = present if record.current and not record.end else record.end
    period = " – ".join(filter(None, (record.start, end)))
    title = ", ".join(filter(None, (record.title, record.area)))
    links = record.links if record.kind == "project" else ()
    is_one_line = record.kind == "certificate"
    organization = clean_line(record.organization)
    if is_one_line and not title:  # its issuer is all that names it
        title, organization = organization, ""
    return Head(clean_line(title), organization, clean_line(period), links, is_one_line)


def name_of(resume: Resume) -> str:
    """Whose it is: a person's name; of an agency its own."""
    return clean_line(resume.organization or resume.name)


def contacts_of(resume: Resume) -> tuple[str, ...]:
    """E-mail, phone, address and links, as they are known; of an agency also who signs."""
    person = resume.name if resume.organization else ""
    found = (person, resume.email, resume.phone, resume.postal_address, *map(shown, resume.links))
    return tuple(dict.fromkeys(filter(None, map(clean_line, found))))
