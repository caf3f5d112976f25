"""LinkedIn's data export: a zip of CSV files, of which only those about its owner are opened.

Connections, messages and imported contacts are other people's data and stay closed. Files are known by their
names in any folder and case, columns by their headings in the languages that LinkedIn exports in. Some files
begin with notes before their headings.

The document's text, which is kept, is written anew from the columns that evidence is made of: addresses,
days of birth, e-mail addresses and numbers do not stand in it.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from domain import Profile
from errors import DocumentError
from profiles import entries, fields
from profiles.ledger import Ledger, RecordKind
from profiles.links import find_links, is_email
from profiles.locating import locate
from profiles.structured import Structured
from profiles.text import normalised, one_line
from profiles.vocabulary import lists
from profiles.zip_files import ZipKind

MOST_ENTRIES = 2_000
MOST_BYTES = 2_000_000
MOST_ROWS = 2_000
_LONGEST_CELL = 20_000
_LONGEST_HEADING = 60
_ADVICE = "Download the export from LinkedIn again (Settings, Data privacy, Get a copy of your data)."
_KIND = ZipKind("zip file", "LinkedIn's export", _ADVICE)

# The files that are read, by their names without spaces and marks, lower case.
_FILES = {name: kind for kind, names in lists("linkedin_files").items() for name in names}
_COLUMNS = {name: column for column, names in lists("linkedin_columns").items() for name in names}
_ENTRY = ("title", "organization", "description", "start", "end")
_ITEM = ("title", "organization", "description", "url")
# The columns of each file that are read; all others are passed over.
_READ: dict[str, tuple[str, ...]] = {
    "profile": ("first", "last", "headline", "summary", "websites"),
    "emails": ("email", "primary"),
    "phones": ("number",),
    "positions": _ENTRY,
    "volunteering": _ENTRY,
    "projects": ("title", "description", "url", "start", "end"),
    "education": ("degree", "area", "organization", "description", "activities", "start", "end"),
    "certifications": ("title", "organization", "url", "start", "end"),
    "skills": ("title",),
    "languages": ("title", "level"),
    "honors": _ITEM,
    "publications": _ITEM,
    "patents": _ITEM,
}
# How to reach the owner: a field of the profile, and no part of the text.
_CONTACTS = frozenset(("emails", "phones"))
_YES = frozenset(("yes", "ja", "oui", "sí", "sim"))
_TELLING = frozenset(("profile", "positions", "education", "skills"))

Row = dict[str, str]


def is_export(names: list[str]) -> bool:
    """Whether a zip with these files is LinkedIn's."""
    kinds = {_FILES.get(_key(name)) for name in names if name.lower().endswith(".csv")}
    return len(kinds & _TELLING) > 1 or bool(kinds & {"positions", "profile"})


def read_linkedin(data: bytes, document: str) -> Structured:
    """Read LinkedIn's export.

    Args:
        data: The zip's bytes.
        document: Its name, which becomes the provenance of every item.

    Raises:
        DocumentError: when it is damaged, protected or too large, or holds nothing about its owner.
    """
    reader = _Reader(document)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, path, text in _files(data):
        found[kind][path] = text
    for kind, read in reader.order():
        reader.tables(kind, found[kind], read)
    if not reader.ledger.evidence:
        raise DocumentError("This export names no position, project or skill.", _ADVICE)
    text = "".join(reader.pieces)
    return Structured(text, locate(reader.profile(), text, reader.places))


def _key(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return re.sub(r"[\W_]", "", re.sub(r"\(\d+\)", "", base.lower()))


def _files(data: bytes) -> Iterator[tuple[str, str, str]]:
    """(kind, path, text) of each file that is about the owner; no other is unpacked."""
    archive = _KIND.opened(data)
    names = archive.infolist()
    if len(names) > MOST_ENTRIES:
        raise DocumentError("This zip file holds far more files than LinkedIn's export.", _ADVICE)
    left = MOST_BYTES
    for entry in names:
        kind = _FILES.get(_key(entry.filename)) if entry.filename.lower().endswith(".csv") else None
        if kind is None:
            continue
        if entry.flag_bits & 1:
            raise DocumentError("This zip file is protected by a password.", _ADVICE)
        raw = _KIND.unpacked(archive, entry, left)
        left -= len(raw)
        if raw.strip(b"\x00\t\n\r\xef\xbb\xbf "):
            yield kind, entry.filename, normalised(raw)


@dataclass
class _Owner:
    """Name and contacts, as they come."""

    name: str = ""
    headline: str = ""
    email: str = ""
    phone: str = ""
    links: list[str] = field(default_factory=list)


class _Reader:
    """Writes the tables of one export into a ledger, one after the other, and their text beside it."""

    def __init__(self, document: str) -> None:
        self.ledger = Ledger(document)
        self.owner = _Owner()
        self.pieces: list[str] = []
        self.size = 0
        self.places: dict[str, tuple[int, int]] = {}

    def order(self) -> tuple[tuple[str, Callable[[str, Row], None]], ...]:
        return (
            ("profile", self._about),
            ("emails", self._email),
            ("phones", self._phone),
            ("positions", lambda place, row: self._role("role", place, row)),
            ("volunteering", lambda place, row: self._role("volunteering", place, row)),
            ("projects", self._project),
            ("education", self._degree),
            ("certifications", self._certificate),
            ("skills", self._skill),
            ("languages", self._language),
            ("honors", self._item),
            ("publications", self._item),
            ("patents", self._item),
        )

    def profile(self) -> Profile:
        return self.ledger.profile(
            name=self.owner.name,
            headline=self.owner.headline,
            email=self.owner.email,
            phone=self.owner.phone,
            links=tuple(dict.fromkeys(self.owner.links)),
        )

    def tables(self, kind: str, files: dict[str, str], read: Callable[[str, Row], None]) -> None:
        """Read all files of one kind by path: an export in parts, or unpacked twice, has several.

        Their rows get places such as "Positions.csv, row 2". A row that another file has too counts once.
        """
        seen: set[frozenset[tuple[str, str]]] = set()
        names = [_name(path) for path in files]
        for path, text in files.items():
            table = _table(text, kind)
            rows = [(number, row) for number, row in table.rows if frozenset(row.items()) not in seen]
            seen.update(frozenset(row.items()) for _, row in rows)
            if len(seen) > MOST_ROWS:
                raise DocumentError("This export has far more rows than a profile.", _ADVICE)
            name = path if names.count(_name(path)) > 1 else _name(path)
            self._read(name, rows, read)
            if rows and kind not in _CONTACTS:
                self._write(name, table.headings, rows)

    def _read(self, name: str, rows: list[tuple[int, Row]], read: Callable[[str, Row], None]) -> None:
        for number, row in rows:
            read(f"{name}, row {number}", row)
            if len(self.ledger.evidence) > fields.MOST_EVIDENCE:
                raise DocumentError("This holds far more entries than a profile.", _ADVICE)

    def _write(self, name: str, headings: dict[str, str], rows: list[tuple[int, Row]]) -> None:
        """The columns that were read, as a table below the file's name."""
        self._put(f"{name}\n{_line(headings.values())}")
        for number, row in rows:
            begin = self.size
            self._put(_line(row.get(column, "") for column in headings))
            self.places[f"{name}, row {number}"] = (begin, self.size)
        self._put("\n")

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    def _about(self, place: str, row: Row) -> None:
        name = " ".join(filter(None, (row.get("first"), row.get("last"))))
        self.owner.name = self.owner.name or one_line(name)
        self.owner.headline = self.owner.headline or one_line(row.get("headline", ""))
        for address, _, _ in find_links(re.sub(r"\b[A-Z]+:(?=\w)", " ", row.get("websites", "")), bare=True):
            self.owner.links.append(address)
        for piece, _ in fields.pieces(row.get("summary", "")):
            self.ledger.add("summary", piece, place=place, links=fields.links(piece))

    def _email(self, _place: str, row: Row) -> None:
        """The primary address, else the first."""
        email = row.get("email", "").strip()
        is_first = row.get("primary", "").lower() in _YES or not self.owner.email
        if is_email(email) and is_first:
            self.owner.email = email

    def _phone(self, _place: str, row: Row) -> None:
        self.owner.phone = self.owner.phone or one_line(row.get("number", ""), 40)

    def _role(self, kind: RecordKind, place: str, row: Row) -> None:
        title, organization = row.get("title", ""), row.get("organization", "")
        record = self.ledger.open_record(kind, title=title, organization=organization, **_dates(row, True))
        self.ledger.add("role", ", ".join(filter(None, (title, organization))), record=record, place=place)
        self._description(place, row, record)

    def _description(self, place: str, row: Row, record: str | None) -> None:
        for piece, _ in fields.pieces(row.get("description", "")):
            self.ledger.add("bullet", piece, record=record, place=place, links=fields.links(piece))

    def _project(self, place: str, row: Row) -> None:
        links = fields.links(row.get("url", ""))
        title = row.get("title", "")
        record = self.ledger.open_record("project", title=title, links=links, **_dates(row, True))
        found = list(fields.pieces(row.get("description", ""))) or [(title, False)]
        for piece, bullet in found:
            self.ledger.add("bullet" if bullet else "project", piece, record=record, place=place, links=links)

    def _degree(self, place: str, row: Row) -> None:
        """ "BSc, Computer Science" is one cell here; its subject gets a field of its own."""
        degree, comma, area = row.get("degree", "").partition(", ")
        area = row.get("area", "") or (area if comma else "")
        school = row.get("organization", "")
        record = self.ledger.open_record(
            "degree", title=degree, area=area, organization=school, **_dates(row, False)
        )
        text = ", ".join(filter(None, (degree, area, school)))
        self.ledger.add("degree", text, record=record, place=place)
        for column in ("description", "activities"):
            for piece, _ in fields.pieces(row.get(column, "")):
                self.ledger.add("degree", piece, record=record, place=place)

    def _certificate(self, place: str, row: Row) -> None:
        name, issuer = row.get("title", ""), row.get("organization", "")
        links = fields.links(row.get("url", ""))
        dates = _dates(row, False)
        record = self.ledger.open_record(
            "certificate",
            title=name,
            organization=issuer,
            start=dates["start"],
            end=dates["end"],
            links=links,
        )
        text = ", ".join(filter(None, (name, issuer)))
        self.ledger.add("certificate", text, record=record, place=place, links=links)

    def _skill(self, place: str, row: Row) -> None:
        self.ledger.add("skill", row.get("title", ""), place=place)

    def _language(self, place: str, row: Row) -> None:
        name, level = row.get("title", ""), row.get("level", "")
        self.ledger.add("language", f"{name} ({level})" if name and level else name, place=place)

    def _item(self, place: str, row: Row) -> None:
        """An honour, publication or patent, and what is said of it."""
        text = ", ".join(filter(None, (row.get("title"), row.get("organization"))))
        self.ledger.add("bullet", text, place=place, links=fields.links(row.get("url", "")))
        self._description(place, row, None)


def _dates(row: Row, blank_is_now: bool) -> dict[str, Any]:
    """LinkedIn leaves the end of what goes on blank."""
    start, end = one_line(row.get("start", "")), one_line(row.get("end", ""))
    current = entries.is_now(end) or bool(blank_is_now and start and not end)
    return {"start": start, "end": "" if current else end, "current": current}


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


@dataclass
class _Table:
    """The headings of the columns that are read, and each row with its number as a spreadsheet counts."""

    headings: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, Row]] = field(default_factory=list)


def _table(text: str, kind: str) -> _Table:
    table = _Table()
    header: list[str] = []
    for number, cells in _cells(text):
        if len(cells) > MOST_ROWS or number > MOST_ROWS:
            raise DocumentError("This export has far more rows than a profile.", _ADVICE)
        if not header:
            named = [_column(cell, kind) for cell in cells]
            # Notes above the headings are sentences, and name none of them.
            if any(named) and all(len(cell) <= _LONGEST_HEADING for cell in cells):
                header = named
                table.headings = {column: cell for column, cell in zip(named, cells, strict=True) if column}
            continue
        if row := _row(header, cells):
            table.rows.append((number, row))
    return table


def _row(header: list[str], cells: list[str]) -> Row:
    """The cells of the columns that are read; of two such columns, the first that says something."""
    row: Row = {}
    for column, cell in zip(header, cells, strict=False):
        if column and cell.strip():
            row.setdefault(column, cell.strip()[:_LONGEST_CELL])
    return row


def _column(heading: str, kind: str) -> str:
    """What a column holds: "Name" is a title, but "School Name" an organisation. "" for one not read."""
    key = re.sub(r"[\W_]", "", heading.lower())
    column = _COLUMNS.get(f"{kind}{key}", _COLUMNS.get(key, ""))
    return column if column in _READ[kind] else ""


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers. A quotation mark that never closes ends with the file."""
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text.split("\n", 4)[:4]))
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise DocumentError(f"A cell in row {number} of this export is far too long.", _ADVICE) from None
        if cells is None:
            return
        yield number, cells


def _delimiter(lines: list[str]) -> str:
    return max(",;\t", key=lambda mark: sum(line.count(mark) for line in lines))
