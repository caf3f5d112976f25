"""A résumé in plain text or Markdown, read line by line into a ledger.

Every item keeps the words of the source and where they stand. A line that nothing here understands still
becomes an item, under the role above it or under none. Contacts and referees never do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from domain import EvidenceType
from errors import DocumentError
from profiles import entries, roles, skills
from profiles.degrees import names_degree, read_degree
from profiles.ledger import REFEREES_LEFT_OUT, Ledger, RecordKind
from profiles.lines import LONGEST, Line
from profiles.links import find_emails, find_links, find_phones
from profiles.personal import is_personal
from profiles.sections import Part, part_guessed, part_likely, part_named
from profiles.text import plain, unmarked
from profiles.vocabulary import pattern

_MOST_LINES = 2_000
_MOST_DEGREE_LINES = 12
_SEEN_BELOW = 3  # lines below a heading that tell what it opens
_CONTACT_LABEL = pattern("contacts", after=r"\b\s*(?:\*\*|__)?\s*:")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“'(]?[A-ZÄÖÜÉÀÑ])")
_LONGEST_ISSUER = 6
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-z]|Inc|Ltd|Corp|Co|Dr|Mr|Ms|Mrs|Prof|St|vs|etc|e\.g|i\.e|approx|No|Sr|Jr))\.$"
)
_ASIDE = re.compile(
    r"\((?:[^()]*\b(?:open[- ]source|personal|side)(?: project)?|(?:19|20)\d\d[^()]*|https?://[^()\s]+)\)",
    re.IGNORECASE,
)


# "Personal project: built …" names a kind of project and no project.
_KIND_OF_PROJECT = re.compile(
    r"\b(?:(?:personal|side|own|private|school|university|final|course|team|group|thesis|capstone) projects?|"
    r"contributor|contributions?|winner|hackathon|competition|thesis|freelance|volunteer)$",
    re.IGNORECASE,
)


_ONE_LINE = re.compile(r"(?:\*\*|__)?([^:*_]{3,30}?)(?:(?:\*\*|__)\s*:|:\s*(?:\*\*|__)|:)\s+(?=\S)")
_ONE_LINE_PARTS = (Part.SKILLS, Part.LANGUAGES, Part.CERTIFICATES)


@dataclass
class _State:
    """Where the reading stands: the section, and the record that bullets belong to."""

    part: Part
    level: int = 0
    record: str | None = None
    shared: bool = False
    plural: list[Line] = field(default_factory=list)


def place_of(source: str, offset: int) -> str:
    """Where an offset stands, as a person finds it: "line 12"."""
    line = source.count("\n", 0, offset) + 1
    return f"line {line}"


@dataclass
class Rest:
    """What was read and is no evidence: lines of contact sections, and all lines but those of referees."""

    contacts: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_lines(ledger: Ledger, source: str, found: list[Line], part: Part, *, guess: bool = True) -> Rest:
    """Write down all that the lines hold; return where contacts may stand.

    Args:
        ledger: Where it goes.
        source: The text that offsets count in.
        found: The lines, from `lines.split`.
        part: What they hold before the first heading.
        guess: Tell what a heading of the author's own opens by its words, or by what stands under it.

    Raises:
        DocumentError: when there are more than 2,000 lines.
    """
    if len(found) > _MOST_LINES:
        raise DocumentError(
            f"This has {len(found):,} lines, far more than a résumé.", "Keep the last ten years or so."
        )
    reader = _Reader(ledger, source, list(found), guess)
    reader.read(part)
    return Rest(reader.contacts, [line for line in found if line not in reader.referees])


class _Reader:
    """One pass over the lines; `index` is the next one to read."""

    def __init__(self, ledger: Ledger, source: str, found: list[Line], guess: bool) -> None:
        self.ledger = ledger
        self.source = source
        self.lines = found
        self.guess = guess
        self.index = 0
        self.contacts: list[Line] = []
        self.referees: list[Line] = []
        self.roles: dict[int, roles.Entry] = {}
        self.planned = 0
        self.role_offset = 0

    def read(self, part: Part) -> None:
        self.state = _State(part)
        read = {
            Part.EXPERIENCE: self._role_or_item,
            Part.VOLUNTEERING: self._role_or_item,
            Part.EDUCATION: self._degree,
            Part.PROJECTS: self._project,
            Part.SKILLS: self._skills,
            Part.LANGUAGES: self._language,
            Part.CERTIFICATES: self._certificate,
            Part.SUMMARY: self._summary,
            Part.CONTACT: self._contact,
            Part.REFERENCES: self._referee,
            Part.INTERESTS: self._skip,
            Part.OTHER: self._item,
            Part.UNKNOWN: self._role_or_item,
        }
        while self.index < len(self.lines):
            if whole := self._section_of_one_line():
                self._one_line_section(read, *whole)
            elif not self._opens_section():
                read[self.state.part]()

    # --- sections ---

    def _section_of_one_line(self) -> tuple[Part, int] | None:
        """The section that is its heading and its text, "Skills: Python, SQL", and where its text begins.

        In a list of skills it is one more label.
        """
        line = self.lines[self.index]
        label = _ONE_LINE.match(line.text)
        if not label or line.bullet or self.state.part in _ONE_LINE_PARTS or "stack" in label[1].lower():
            return None
        part = part_named(plain(label[1]))
        if part is None or part not in _ONE_LINE_PARTS or "tool" in label[1].lower():
            return None
        return part, label.end()

    def _one_line_section(self, read: dict[Part, Callable[[], None]], part: Part, begin: int) -> None:
        line, before = self.lines[self.index], self.state
        self.state = _State(part)
        self.lines[self.index] = replace(line, text=line.text[begin:], start=line.start + begin)
        read[part]()
        self.state = before

    def _opens_section(self) -> bool:
        line = self.lines[self.index]
        part = self._section_of(line)
        if part is None:
            return False
        self.state = _State(part, line.level)
        self.index += 1
        if part is Part.REFERENCES:
            self.ledger.warnings.append(REFEREES_LEFT_OUT)
        return True

    def _section_of(self, line: Line) -> Part | None:
        """The section that a line opens: a known name, or any heading no deeper than the section's own."""
        if line.bullet or len(line.text) > 60:
            return None
        if line.text[:1].islower() and not (line.level or line.strong or line.after_blank or self.index == 0):
            return None  # the last word of a paragraph, as "services"
        if self.state.part is Part.REFERENCES:  # only a heading that is surely one ends what others said
            return named if (named := part_named(plain(line.text))) is not Part.REFERENCES else None
        if line.level and line.size:  # told from the body by its look
            return self._guessed(line)
        loud = line.level or line.strong or line.text.rstrip().endswith(":") or line.text.isupper()
        follows = self._is_set_apart(line)
        named = part_likely(plain(line.text)) if loud or follows else part_named(plain(line.text))
        if named is None and line.text.isupper() and line.after_blank and len(line.text.split()) <= 4:
            named = part_guessed(line.text) if self.guess else None
        if named and (loud or line.after_blank or not line.indent):
            deeper = self.state.level and line.level > self.state.level and self.state.part is not Part.SKILLS
            return None if deeper and named in (Part.OTHER, Part.PROJECTS, Part.SKILLS) else named
        if not line.level or line.level > (self.state.level or line.level) or entries.find_dates(line.text):
            return None
        if self.state.level:
            return self._guessed(line)
        return part_guessed(plain(line.text)) if self.guess else None

    def _guessed(self, line: Line) -> Part:
        """What a heading opens: by its name, and where that may be guessed, by its words or what follows."""
        named = part_named(plain(line.text))
        if named or not self.guess:
            return named or Part.UNKNOWN
        return part_guessed(plain(line.text)) or self._by_content(line) or Part.UNKNOWN

    def _by_content(self, heading: Line) -> Part | None:
        """Degrees right below a heading tell what it opens, whatever it says."""
        start = self.lines.index(heading) + 1
        below = self.lines[start : start + _SEEN_BELOW]
        names = any(names_degree(line.text) and entries.INSTITUTION.search(line.text) for line in below)
        return Part.EDUCATION if names else None

    def _is_set_apart(self, line: Line) -> bool:
        """Whether a line of a few words stands after a blank line and right above the next one."""
        if not line.after_blank or not line.text[:1].isupper() or line is not self.lines[self.index]:
            return False
        after = self.lines[self.index + 1 : self.index + 2]
        return bool(after) and not entries.find_dates(line.text)

    # --- reading ahead ---

    def _joined(self) -> tuple[str, int, int]:
        """The text of the current line with the lines that go on with it; moves past them."""
        first = self.lines[self.index]
        last = first
        self.index += 1
        while self.index < len(self.lines) and self._goes_on(first, last, self.lines[self.index]):
            last = self.lines[self.index]
            self.index += 1
        return self.source[first.start : last.end], first.start, last.end

    def _goes_on(self, first: Line, last: Line, line: Line) -> bool:
        if line.bullet or line.after_blank or line.level or line.strong or self._section_of(line):
            return False
        if line.start < last.end or self.source[last.end : line.start].strip():
            return False  # something else stands between them in the text
        if line.end - first.start > LONGEST:
            return False
        if line.text[0].islower() or last.text.endswith(
            (",", " and", " or", " of", " the", " with", " to", " for")
        ):
            return True
        return first.bullet and line.indent > first.indent and not entries.find_dates(line.text)

    def _item(self, kind: EvidenceType = "bullet") -> None:
        line = self.lines[self.index]
        text, start, end = self._joined()
        if _is_contact(text):
            return
        links = [address for address, _, _ in find_links(text)]
        self.ledger.add(
            kind, text, record=self.state.record, links=links, place=self._place(line), start=start, end=end
        )

    def _place(self, line: Line) -> str:
        return place_of(self.source, line.start)

    def _referee(self) -> None:
        self.referees.append(self.lines[self.index])
        self.index += 1

    def _skip(self) -> None:
        self.index += 1

    def _contact(self) -> None:
        self.contacts.append(self.lines[self.index])
        self.index += 1

    # --- roles ---

    def _role_or_item(self) -> None:
        if self.index >= self.planned:
            self._plan_roles()
        entry = self.roles.get(self.index)
        if entry is None:
            self._item()
        else:
            self._open_role(entry)

    def _plan_roles(self) -> None:
        """Find the entries of the section from here on; all of it is read together, as one order holds."""
        start = self.index
        self.index += 1
        while self.index < len(self.lines) and self._section_of(self.lines[self.index]) is None:
            self.index += 1
        self.planned, self.index = self.index, start
        needs_dates = self.state.part is Part.UNKNOWN
        found = roles.find_entries(self.lines[start : self.planned], needs_dates=needs_dates)
        self.roles = {start + entry.first: entry for entry in found}
        self.role_offset = start

    def _open_role(self, entry: roles.Entry) -> None:
        taken = self.lines[self.role_offset + entry.first : self.role_offset + entry.end]
        self.index += len(taken)
        kind: RecordKind = "volunteering" if self.state.part is Part.VOLUNTEERING else "role"
        dates = entry.dates
        self.state.record = self.ledger.open_record(
            kind,
            title=entry.title,
            organization=entry.organization,
            **entries.stated(dates),
        )
        self.ledger.add(
            "role",
            " ".join(line.text for line in taken),
            record=self.state.record,
            place=self._place(taken[0]),
            start=taken[0].start,
            end=taken[-1].end,
        )

    # --- the other sections ---

    def _degree(self) -> None:
        first = self.lines[self.index]
        group = [first]
        self.index += 1
        while (
            len(group) < _MOST_DEGREE_LINES
            and self.index < len(self.lines)
            and self._same_degree(group, self.lines[self.index])
        ):
            group.append(self.lines[self.index])
            self.index += 1
        text = " ".join(line.text for line in group)
        if _is_contact(text):
            return
        if not (names_degree(text) or entries.INSTITUTION.search(text)):
            self.ledger.add("bullet", text, place=self._place(first), start=first.start, end=group[-1].end)
            return
        head = next((i for i, line in enumerate(group) if i and line.bullet), len(group))
        named = " ".join(unmarked(line.text) for line in group[:head])
        is_dated = entries.find_dates(named, single=True) is not None
        has_school = " | " in named or entries.INSTITUTION.search(named) is not None
        is_whole = is_dated and has_school and names_degree(named)
        found = read_degree([unmarked(line.text) for line in (group[:head] if is_whole else group)])
        stated = entries.stated(found.dates)
        record = self.ledger.open_record(
            "degree",
            title=found.title,
            area=found.area,
            organization=found.institution,
            **{**stated, "current": stated["current"] or entries.is_expected(text)},
        )
        self._add_degree(record, group[:head])
        for line in group[head:]:
            self._add_degree(record, [line])

    def _add_degree(self, record: str, lines: list[Line]) -> None:
        text = " ".join(line.text for line in lines)
        place = self._place(lines[0])
        self.ledger.add("degree", text, record=record, place=place, start=lines[0].start, end=lines[-1].end)

    def _same_degree(self, group: list[Line], line: Line) -> bool:
        if self._section_of(line) or (line.level and line.level <= max(1, group[0].level)):
            return False
        if line.bullet and (group[0].bullet and line.indent <= group[0].indent):
            return False
        text = " ".join(plain(item.text) for item in group)
        if line.bullet or (group[0].level and not line.level):
            return True
        if line.after_blank and (names_degree(text) or not names_degree(line.text)):
            return False
        if names_degree(text) and names_degree(line.text):
            return False
        is_dated = entries.find_dates(text, single=True) is not None
        names = names_degree(line.text) or entries.INSTITUTION.search(line.text)
        if is_dated and names and entries.find_dates(line.text, single=True):
            return False
        complete = names_degree(text) and entries.INSTITUTION.search(text)
        brings_dates = entries.find_dates(line.text, single=True) and not entries.find_dates(
            text, single=True
        )
        return not (complete and entries.INSTITUTION.search(line.text)) or bool(brings_dates)

    def _project(self) -> None:
        line = self.lines[self.index]
        text = plain(line.text)
        if line.level or (not line.bullet and self._is_project_heading(line)):
            dates = entries.find_dates(text, single="\t" in line.text)
            title = _ASIDE.sub("", entries.without(text, dates)).split(" | ")[0]
            links = [address for address, _, _ in find_links(line.text, bare=True)]
            for address, _, _ in find_links(title, bare=True):
                title = (
                    title.replace(address.removeprefix("https://"), "")
                    .replace(address, "")
                    .strip(" -–—|,:()")
                )
            self._open_project(title, links, dates)
            self.index += 1
            return
        if line.bullet and self.state.record and self.state.shared:
            self._item()
            return
        self._one_line_project()

    def _is_project_heading(self, line: Line) -> bool:
        text = plain(line.text)
        follows = self.lines[self.index + 1] if self.index + 1 < len(self.lines) else None
        is_dated = entries.find_dates(text, single="\t" in line.text) is not None
        named = line.strong or is_dated or bool(follows and follows.bullet)
        rest = entries.without(text, entries.find_dates(text)).split(" | ")[0]
        plain_name = len(rest.split()) <= 12 and not text.endswith(".") and ": " not in text
        return named and plain_name and not entries.opens_like_a_sentence(text)

    def _open_project(self, title: str, links: list[str], dates: entries.Dates | None) -> None:
        self.state.shared = True
        self.state.record = self.ledger.open_record(
            "project",
            title=title,
            **entries.stated(dates),
            links=links,
        )

    def _one_line_project(self) -> None:
        """ "pgquiet: switches a primary" is a name and what it is; without a name the line stands alone."""
        line = self.lines[self.index]
        if self.state.shared:
            self._item("project")
            return
        text, start, end = self._joined()
        if _is_contact(text):
            return
        name, offset = _project_name(text)
        links = [address for address, _, _ in find_links(text, bare=bool(name))]
        record = self.ledger.open_record("project", title=name, links=links)
        body = text[offset:] if offset else text
        self.ledger.add(
            "project",
            body,
            record=record,
            links=links,
            place=self._place(line),
            start=start + offset,
            end=end,
        )

    def _skills(self) -> None:
        line = self.lines[self.index]
        text = line.text
        if line.level:
            self.index += 1
            return
        if _is_prose(text):
            self._item()
            return
        self.index += 1
        for start, end in skills.cut(text):
            if skills.is_level(text[start:end]):
                if (label := skills.labelled(text, start)) is not None:
                    self._levelled(line, label, start, end)
                elif not skills.is_high_level(text[start:end]):
                    self._join_last("skill", line.start + end)
                continue
            self.ledger.add(
                "skill",
                text[start:end],
                place=self._place(line),
                start=line.start + start,
                end=line.start + end,
            )

    def _levelled(self, line: Line, label: int, start: int, end: int) -> None:
        """ "DevOps: Intermediate" is one skill with its level; a high level may go unsaid."""
        if skills.is_high_level(line.text[start:end]):
            end = label + len(line.text[label:start].rstrip(" :"))
        self.ledger.add(
            "skill",
            line.text[label:end],
            place=self._place(line),
            start=line.start + label,
            end=line.start + end,
        )

    def _join_last(self, kind: EvidenceType, end: int) -> None:
        """A level that stands beside or below what it is of belongs to it: "Docker", "Beginner"."""
        last = self.ledger.evidence[-1] if self.ledger.evidence else None
        if last is None or last.type != kind or last.source.start is None or last.source.end is None:
            return
        if not 0 <= end - last.source.end <= 40 or re.search(
            r"\w+\W+\w+\W+\w+\W+\w+\W+\w", self.source[last.source.end : end]
        ):
            return
        self.ledger.evidence.pop()
        self.ledger.add(
            kind,
            self.source[last.source.start : end],
            place=last.source.place,
            start=last.source.start,
            end=end,
        )

    def _language(self) -> None:
        line = self.lines[self.index]
        self.index += 1
        for start, end in skills.cut(line.text):
            if skills.is_spoken_level(line.text[start:end]):
                label = skills.labelled(line.text, start)
                if label is None:
                    self._join_last("language", line.start + end)
                    continue
                start = label
            self.ledger.add(
                "language",
                line.text[start:end],
                place=self._place(line),
                start=line.start + start,
                end=line.start + end,
            )

    def _is_degree(self, line: Line) -> bool:
        """Whether a line among certificates is a degree: it names one, and it or the next line a school."""
        if not names_degree(line.text):
            return False
        after = self.lines[self.index + 1] if self.index + 1 < len(self.lines) else None
        below = after.text if after and not after.after_blank and not after.bullet else ""
        return any(entries.INSTITUTION.search(text) for text in (line.text, below))

    def _certificate(self) -> None:
        line = self.lines[self.index]
        if self._is_degree(line):
            self._degree()
            return
        text, start, end = self._joined()
        if _is_contact(text):
            return
        name = plain(text)
        dates = entries.find_dates(name, single=True)
        rest = entries.without(name, dates)
        parts = re.split(r"\s+\|\s+" if " | " in rest else r"\s+[–—-]+\s+|,\s+", rest, maxsplit=1)
        if dates and len(parts) == 1 and (issuer := self._issuer(line)) is not None:
            parts, end = [*parts, issuer.text], issuer.end
            text = self.source[start:end]
            self.index += 1
        links = [address for address, _, _ in find_links(text)]
        record = self.ledger.open_record(
            "certificate",
            title=parts[0],
            organization=parts[1].strip(" |,") if len(parts) > 1 else "",
            end=dates.end if dates else "",
            links=links,
        )
        self.ledger.add(
            "certificate", text, record=record, links=links, place=self._place(line), start=start, end=end
        )

    def _issuer(self, certificate: Line) -> Line | None:
        """The line right below a dated certificate that says who gave it: short, with no date of its own."""
        line = self.lines[self.index] if self.index < len(self.lines) else None
        if line is None or certificate.bullet or line.bullet or line.after_blank or self._section_of(line):
            return None
        if line.strong and not certificate.strong:
            return None  # the next certificate, in bold
        is_name = len(line.text.split()) <= _LONGEST_ISSUER and not line.text.rstrip().endswith((".", ":"))
        is_next = line.start >= certificate.end and not self.source[certificate.end : line.start].strip()
        dated = entries.find_dates(line.text, single=True)
        return line if is_name and is_next and not dated and not find_links(line.text) else None

    def _summary(self) -> None:
        line = self.lines[self.index]
        text, start, _ = self._joined()
        if _is_contact(text):
            return
        for first, last in sentences(text):
            self.ledger.add(
                "summary", text[first:last], place=self._place(line), start=start + first, end=start + last
            )


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; "Inc." and "e.g." end none."""
    spans, first = [], 0
    for gap in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[first : gap.start()]):
            spans.append((first, gap.start()))
            first = gap.end()
    return [*spans, (first, len(text))]


def _project_name(text: str) -> tuple[str, int]:
    """The name a project line begins with, and where its description begins; ("", 0) when it has none.

    What stands in brackets after the name stays in the description, unless it is only "open source" or a
    year: a bracket may hold "contributor" or "planned", which no draft may lose.
    """
    found = re.match(
        r"(?:(?:\*\*|__|`)(?P<bold>[^*`]{1,80}?):?(?:\*\*|__|`)|(?P<name>[^:*`\n]{1,60}?))"
        r"(?P<aside>\s*\([^()]*\))?\s*(?::|\s[\u2012-\u2015]|\s-{1,3}|\u2014)\s+(?=\S)",
        text,
    )
    if not found:
        return "", 0
    name = plain(found["bold"] or found["name"])
    if len(name.split()) > 7 or _KIND_OF_PROJECT.search(name) or entries.opens_like_a_sentence(name):
        return "", 0
    aside = found["aside"]
    if aside and not _ASIDE.fullmatch(aside.strip()):
        return name, 0
    return name, found.end()


def _is_prose(text: str) -> bool:
    """Whether a line of the skills section is a sentence and no list."""
    words = text.split()
    return (
        len(words) > 7
        and len(re.findall(r"[,;·•|\t]|\s/\s", text)) * 6 < len(words)
        and (":" not in text[:40] or text.endswith("."))
    )


def _is_contact(text: str) -> bool:
    """Whether a line holds contacts, or what is personal, and little else."""
    if is_personal(text):
        return True
    spans = [
        *find_emails(text),
        *find_phones(text),
        *find_links(text, bare=bool(_CONTACT_LABEL.search(text))),
    ]
    if not spans:
        return bool(_CONTACT_LABEL.match(text.lstrip("*_ "))) and len(text.split()) <= 12
    rest = list(text)
    for _, start, end in spans:
        rest[start:end] = " " * (end - start)
    words = re.findall(r"\w+", _CONTACT_LABEL.sub(" ", "".join(rest)))
    has_address = bool(find_emails(text) or find_phones(text))
    return len(words) <= (8 if has_address else 2)
