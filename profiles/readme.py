"""READMEs and portfolios in Markdown: projects with their links, what they are made with, and who wrote them.

Such pages are written for code hosts: badges name technologies, headings hide behind emoji, projects stand in
tables, in lists or under headings of their own. A badge names a technology only where the page speaks of
technologies. What the page says of a contribution keeps its words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from domain import EvidenceType
from errors import DocumentError
from profiles import entries, header, skills
from profiles.ledger import Ledger
from profiles.lines import Line, split
from profiles.links import find_emails, find_links
from profiles.markdown_page import BADGES, IMAGE, LINK, STATISTICS, emoji_before, shown, without_emoji
from profiles.resume import place_of, read_lines, sentences
from profiles.sections import Part, part_likely, part_named
from profiles.structured import Structured
from profiles.text import plain

_GREETING = re.compile(
    r"(?:\b(?:i['’]?\s?a?m|my name is|this is|ich bin|je suis|soy|me llamo|sono)|\bأنا|我是)\s*"
    r"(?P<name>[^,.!|–—\n(،。，]{2,50})",
    re.IGNORECASE,
)
_BOLD_GREETING = re.compile(
    r"\b(?:i['’]?\s?a?m|my name is|this is)\s+(?:\*\*|__)(?P<name>[^*_]{2,50})", re.IGNORECASE
)
_TECH_LABEL = re.compile(
    r"[\W_]*(?:tech(?:nolog(?:y|ies))?(?:\s*stack)?|stack|built with|made with|tools?|uses?|using|langs?|"
    r"languages|technologien|tecnolog[ií]as|technologies utilisées)[\s*_]*:[\s*_]*",
    re.IGNORECASE,
)
_LINK_LABEL = re.compile(
    r"(?:live|demo|live demo|code|source|source code|repo|repository|github|gitlab|website|web|links?|view|"
    r"site|visit|docs?|documentation|app|app store|google play|play store|npm|pypi|video|here|try it)"
    r"(?: (?:demo|project|code|site|link|repo|on github))?",
    re.IGNORECASE,
)
_GUIDE = re.compile(
    r"(?:getting started|installation|install|usage|quick ?start|features|how to run|run locally|setup|"
    r"license|contributing|roadmap|prerequisites|screenshots|deployment|running tests|api reference)",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    r"(?:getting started|installation|install|usage|quick ?start|how to run|run locally|setup|licen[cs]e|"
    r"contributing|prerequisites|screenshots?|deployment|running tests|(?:table of )?contents|"
    r"(?:git ?hub )?(?:stats|statistics|activity)|support(?: me)?|sponsors?|acknowledge?ments?|visitors?|"
    r"trophies)",
    re.IGNORECASE,
)
_ABOUT_TOOLS = re.compile(
    r"\b(?:tech|skill|stack|tool|language|framework|librar|database|built with)", re.IGNORECASE
)
_REACH = re.compile(
    r"\b(?:reach|contact|find|connect|follow|e-?mail) (?:with )?(?:me|us)\b|\bavailable (?:at|on) ",
    re.IGNORECASE,
)
_LINKED_NAME = re.compile(
    r"(?:\*\*|__)?\[(?P<name>[^\[\]]{2,80})\]\([^()\s]+\)(?:\*\*|__)?(?:\s*[-–—:|]+)?\s*"
)
_LINKED_BADGE = re.compile(r"\[!\[[^\[\]]*\]\([^()]*\)\]\((?P<to>[^()\s]+)\)")
_BOLD_NAME = re.compile(r"(?:\*\*|__)(?P<name>[^*_\[\]]{2,80}?):?(?:\*\*|__)(?:\s*[-–—:|]+)?\s*")
_COLUMNS = {
    "name": (
        "project",
        "piece",
        "name",
        "title",
        "app",
        "repo",
        "repository",
        "projekt",
        "proyecto",
        "projet",
    ),
    "links": ("link", "links", "url", "demo", "live", "code", "github", "source"),
}
_DELEGATED = (Part.EXPERIENCE, Part.EDUCATION, Part.CERTIFICATES, Part.VOLUNTEERING)


def is_readme(text: str) -> bool:
    """Whether a text in Markdown is a README or portfolio rather than a résumé, by what dominates it."""
    names = [_name(line.text) for line in split(shown(text)) if line.level]
    parts = {part_named(name) or part_likely(name) for name in names}
    badges = len(BADGES.findall(text)) + len(STATISTICS.findall(text))
    tags = len(re.findall(r"<(?:img|a|p|div|h[1-6]|details|table|br)\b", text, re.IGNORECASE))
    if Part.EXPERIENCE in parts:
        return False
    if Part.EDUCATION in parts:
        return badges >= 4 and badges + tags >= 8
    guides = sum(1 for name in names if _GUIDE.fullmatch(name))
    linked = len(re.findall(r"\]\(https?://", text, re.IGNORECASE))
    return badges + tags >= 3 or guides >= 2 or (Part.PROJECTS in parts and linked >= 2)


def read_readme(text: str, document: str) -> Structured:
    """Read a README or portfolio in Markdown.

    Args:
        text: The file's text.
        document: Its name, which becomes the provenance of every item.

    Raises:
        DocumentError: when it names no project or technology.
    """
    page = shown(text)
    found = split(page)
    reader = _Readme(Ledger(document), page)
    reader.read(found)
    reader.drop_empty_projects()
    if not reader.ledger.evidence:
        raise DocumentError(
            "There is no project or technology in this page.", "Choose another file, or use the form."
        )
    profile = reader.ledger.profile(
        name=reader.name,
        headline=reader.headline,
        email=reader.email,
        links=tuple(dict.fromkeys(reader.links)),
    )
    return Structured(page, profile)


def _name(text: str) -> str:
    """A heading's words."""
    return without_emoji(plain(IMAGE.sub(" ", text))).strip(" :-–—|#")


@dataclass
class _Readme:
    """One pass over the lines of a page: the section it stands in, and the project."""

    ledger: Ledger
    page: str
    name: str = ""
    headline: str = ""
    email: str = ""
    links: list[str] = field(default_factory=list)
    part: Part = Part.SUMMARY
    level: int = 0
    begun: bool = False
    skipped: bool = False
    tools: bool = False
    record: str | None = None
    single: str | None = None
    columns: dict[str, int] = field(default_factory=dict)

    def read(self, found: list[Line]) -> None:
        guides = sum(1 for line in found if line.level and _GUIDE.fullmatch(_name(line.text)))
        index = 0
        while index < len(found):
            line = found[index]
            if line.level and (self._closes(line) or self.part not in _DELEGATED):
                self._heading(line, of_one_project=guides >= 2)
            elif self.part in _DELEGATED:
                end = next((i for i in range(index, len(found)) if self._closes(found[i])), len(found))
                read_lines(self.ledger, self.page, found[index:end], self.part)
                index = end
                continue
            else:
                self._line(line)
            index += 1

    def drop_empty_projects(self) -> None:
        """Leave out what looked like a project's name and has nothing below it."""
        owners = {item.record for item in self.ledger.evidence}
        self.ledger.records = [record for record in self.ledger.records if record.id in owners]

    def _closes(self, line: Line) -> bool:
        return 0 < line.level <= self.level

    # --- headings ---

    def _heading(self, line: Line, *, of_one_project: bool) -> None:
        """A heading opens a section, names a project, or names the person or project the page is about."""
        name = _name(line.text)
        part = part_named(name) or part_likely(name)
        self.columns = {}
        self.skipped = part is None and _SKIPPED.fullmatch(name) is not None
        if self.skipped:
            self.begun = True
            return
        first, self.begun = not self.begun and part is None, True
        if first and of_one_project and not _GREETING.search(name):
            self._open_project(line, line.text)
            self.single, self.part, self.level = self.record, Part.PROJECTS, line.level
        elif first:
            greeting = _GREETING.search(name)
            called = greeting["name"].strip() if greeting else re.split(r"\s+[|·–—-]\s+", name)[0]
            self.name = called if greeting or header.is_name(called) else ""
        elif part is None and self.part is Part.PROJECTS and line.level > self.level:
            if of_one_project:
                self.tools = bool(_ABOUT_TOOLS.search(name))
            else:
                self._open_project(line, line.text)
        elif part is None and self.part is Part.SKILLS and line.level > self.level:
            return
        elif part is None and not self.level and not self.headline and entries.TITLE.search(name):
            self.headline = name
        else:
            kept = (None, Part.SKILLS, Part.LANGUAGES)
            self.tools = part is Part.SKILLS or (part in kept and bool(_ABOUT_TOOLS.search(name)))
            if part is Part.LANGUAGES and not re.search(
                r"tool|framework|program|librar", name, re.IGNORECASE
            ):
                self.tools = False  # the languages of people
            self.part = Part.SKILLS if self.tools else part or Part.OTHER
            self.level = line.level
            self.record = self.single

    # --- lines ---

    def _line(self, line: Line) -> None:
        if self.skipped:
            return
        if line.strong and not line.bullet and part_named(_name(line.text)):
            self._heading(replace(line, level=self.level or 2), of_one_project=False)
            return
        if IMAGE.search(line.text):
            self._badges(line)
            text = LINK.sub(lambda x: x["words"] and x[0], IMAGE.sub("", line.text))
            if not re.search(r"\w{3}", plain(re.sub(r"\[\s*\]\([^()]*\)", "", text))):
                return
        if line.text.startswith("|") or (line.text.count(" | ") and self.columns):
            self._table_row(line)
        elif self.part is Part.PROJECTS:
            self._project_line(line)
        elif self.part is Part.SKILLS:
            self._skills(line)
        elif self.part is Part.CONTACT:
            self._contacts(line.text)
        elif self.part in (Part.INTERESTS, Part.REFERENCES):
            return
        else:
            self._prose(line)

    def _badges(self, line: Line) -> None:
        """Badges: technologies where the page speaks of them, and elsewhere ways to reach the person."""
        in_project = self.part is Part.PROJECTS and self.record is not None
        if not (self.tools or self.part is Part.SKILLS or in_project):
            for found in _LINKED_BADGE.finditer(line.text):
                self._contacts(f"<{found['to']}>")
            return
        for found in IMAGE.finditer(line.text):
            linked = line.text[found.start() - 1 : found.start()] == "["
            words = re.sub(r"\s+(?:badge|logo|icon)$", "", without_emoji(found["alt"]), flags=re.IGNORECASE)
            if in_project and linked and not self.tools:
                continue
            listed = re.search(r"[?&]i=([\w,.+#-]+)", found["source"])
            if words and not listed and len(words.split()) <= 4 and words in found["alt"]:
                self._technology(words, line.start + found.start("alt") + found["alt"].find(words))
            for code in re.finditer(r"[^,]+", listed[1]) if listed else ():
                begin = found.start("source") + (listed.start(1) if listed else 0) + code.start()
                self._technology(code[0], line.start + begin)

    def _technology(self, words: str, begin: int) -> None:
        kind: EvidenceType = "project" if self.record else "skill"
        place = place_of(self.page, begin)
        end = begin + len(words)
        self.ledger.add(kind, words, record=self.record, place=place, start=begin, end=end)

    def _skills(self, line: Line) -> None:
        if re.fullmatch(r"(\*\*|__)[^*_]+\1:?", line.text):
            return  # the name of a group
        for start, end in skills.cut(line.text):
            if re.search(r"\w", without_emoji(plain(line.text[start:end]))):
                self._add("project" if self.single else "skill", line, start, end)

    def _contacts(self, text: str) -> None:
        mails = find_emails(text.replace("mailto:", " "))
        self.email = self.email or next((mail for mail, _, _ in mails), "")
        for link, _, _ in find_links(IMAGE.sub("", text)):
            if link not in self.links and not STATISTICS.search(link):
                self.links.append(link)

    def _prose(self, line: Line) -> None:
        """What stands above the first section, or under one that is nothing special."""
        words = without_emoji(plain(line.text))
        greeting = _BOLD_GREETING.search(line.text) or _GREETING.search(words)
        called = greeting["name"].strip() if greeting else ""
        if not self.name and header.is_name(re.sub(r"\s*[\"“”„].*?[\"“”]", "", called)):
            self.name = called
        links_only = not re.search(r"\w{3}", LINK.sub("", IMAGE.sub("", line.text)))
        if find_emails(line.text.replace("mailto:", " ")) or _REACH.search(words) or links_only:
            self._contacts(line.text)
            return
        short = len(words.split()) < 14 and not re.search(r"[.!?]$", words)
        if not self.headline and self.part is Part.SUMMARY and entries.TITLE.search(words) and short:
            self.headline = words.strip(" .|")
            return
        if len(words.split()) < 3:
            return
        for start, end in [(0, len(line.text))] if line.bullet else sentences(line.text):
            self._add("bullet" if line.bullet else "summary", line, start, end)

    def _add(self, kind: EvidenceType, line: Line, start: int, end: int) -> None:
        picture = IMAGE.search(line.text, start, end)
        if picture:  # the longer part beside a picture
            left, right = (start, picture.start()), (picture.end(), end)
            start, end = left if left[1] - left[0] >= right[1] - right[0] else right
        start += emoji_before(line.text[start:end])
        text = line.text[start:end]
        self.ledger.add(
            kind,
            text,
            record=self.record if kind in ("project", "bullet") else None,
            links=[address for address, _, _ in find_links(text)],
            place=place_of(self.page, line.start),
            start=line.start + start,
            end=line.start + end,
        )

    # --- projects ---

    def _open_project(self, line: Line, title: str) -> None:
        text = _name(title)
        dates = entries.find_dates(text)
        self.record = self.ledger.open_record(
            "project",
            title=re.sub(r"^\d{1,2}[.)]\s+", "", entries.without(text, dates).strip(" -–—:|")),
            links=[address for address, _, _ in find_links(IMAGE.sub("", line.text))],
            **entries.stated(dates),
        )

    def _project_line(self, line: Line) -> None:
        """A line about a project, or one that is a project: "[name](address): what it is"."""
        label = _TECH_LABEL.match(line.text)
        top = line.bullet and line.indent == 0
        if label and self.record:
            self._add("project", line, label.end(), len(line.text))
        elif self.record and self._is_links(line):
            self._give_links([address for address, _, _ in find_links(IMAGE.sub("", line.text))])
        elif (top or line.strong) and self._named_in_line(line):
            return
        else:
            self._add("bullet" if line.bullet else "project", line, 0, len(line.text))

    def _is_links(self, line: Line) -> bool:
        """Whether a line is nothing but "Live demo · Code"."""
        found = list(LINK.finditer(line.text))
        rest = re.sub(r"https?://\S+", "", LINK.sub("", IMAGE.sub("", line.text)))
        below = line.bullet and line.indent > 0
        words = [_name(x["words"]) for x in found if not below] + re.findall(r"[^\W_]+", without_emoji(rest))
        return bool(find_links(line.text)) and all(_LINK_LABEL.fullmatch(word) for word in words if word)

    def _give_links(self, links: list[str]) -> None:
        for index, record in enumerate(self.ledger.records):
            if record.id == self.record:
                joined = tuple(dict.fromkeys((*record.links, *links)))
                self.ledger.records[index] = record.model_copy(update={"links": joined})

    def _named_in_line(self, line: Line) -> bool:
        """Write down "[name](address) – what it is"; False where a line does not begin so."""
        begin = emoji_before(line.text)
        found = _LINKED_NAME.match(line.text, begin) or _BOLD_NAME.match(line.text, begin)
        if not found or _LINK_LABEL.fullmatch(_name(found["name"])) or _TECH_LABEL.match(found["name"] + ":"):
            return False
        self._open_project(line, found["name"])
        if re.search(r"\w", LINK.sub("", line.text[found.end() :])):
            self._add("project", line, found.end(), len(line.text))
        elif line.bullet:
            self._add("project", line, found.start("name"), found.end("name"))
        return True

    # --- tables ---

    def _table_row(self, line: Line) -> None:
        """A row of a table: a project with what is said of it, or a list of tools."""
        if self.part is not Part.PROJECTS:
            if self.part is Part.SKILLS or self.tools:
                self._skills(line)
            return
        cells = list(_cells(line.text))
        columns = self._columns_above(line)
        name = columns.get("name", 0)
        if name >= len(cells) or not _name(line.text[slice(*cells[name])]):
            return
        self._open_project(line, line.text[slice(*cells[name])])
        size = len(self.ledger.evidence)
        for index, (start, end) in enumerate(cells):
            said = (
                LINK.sub("", line.text[start:end]) if index == columns.get("links") else line.text[start:end]
            )
            if index != name and re.search(r"\w", said) and not _LINK_LABEL.fullmatch(_name(said)):
                self._add("project", line, start, end)
        if len(self.ledger.evidence) == size:
            self._add("project", line, *cells[name])

    def _columns_above(self, line: Line) -> dict[str, int]:
        """Which columns of the table are the names and the links, by the row above its rule."""
        if not self.columns:
            above = self.page[: line.start].rstrip(" |").split("\n")
            rules = [i for i, row in enumerate(above) if re.fullmatch(r"[|\s:-]{3,}", row.strip() or " ")]
            names = above[rules[-1] - 1].strip().strip("|").split("|") if rules and rules[-1] else []
            for index, cell in enumerate(names):
                for column, known in _COLUMNS.items():
                    if _name(cell).lower() in known:
                        self.columns.setdefault(column, index)
        return self.columns


def _cells(row: str) -> Iterator[tuple[int, int]]:
    """Start and end of each cell's words."""
    for found in re.finditer(r"(?:(?<=\|)|^)\s*([^|]*?)\s*(?=\||$)", row):
        if found.start() or not row.startswith("|"):
            yield found.span(1)
