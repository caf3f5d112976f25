"""A portfolio as CSV: one project a row, its technologies, and where to see it.

The many spellings in use come from hand-made files: a header or none, in capitals or not, any delimiter,
several links a cell, stray commas. A row supports only that there is a project with these technologies at
this link.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from domain import Evidence, Noun, Record
from errors import DocumentError
from profiles import entries
from profiles.ledger import Ledger
from profiles.links import find_links, is_placeholder
from profiles.locating import Span, locate_rows
from profiles.text import normalised, plain, signature
from profiles.vocabulary import lists, words

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
_LONGEST_CELL = 2_000
_MOST_WARNINGS = 12
_REPORTED_ROWS = 100
_MOST_LINES_ABOVE = 5
_NO_LINK = re.compile(r"n/?a|tb[cad]|none|no|-+|private|internal|offline|intern|privat", re.IGNORECASE)
_NEEDS = (
    "A portfolio needs one project a row and a column such as “Techstack”, best with “Project” and “Links”."
)

_COLUMN_OF = {alias: column for column, aliases in lists("portfolio").items() for alias in aliases}
_OTHER_TABLES = {label: frozenset(names) for label, names in lists("other_tables").items()}
_FAMILIAR = frozenset(words("technologies"))


class Portfolio(Noun):
    """What a CSV gave: a record a project, its evidence by row, and what was left out, in plain words.

    `text` is the file's text, which spans count in.
    """

    text: str = ""
    records: tuple[Record, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    number: int
    cells: list[str]
    span: Span


@dataclass
class _Table:
    """Rows with the number a spreadsheet shows for them, and which cells hold what."""

    rows: list["_Row"]
    columns: dict[str, list[int]]
    width: int


@dataclass
class _Project:
    """One row, understood."""

    kind: str = ""
    name: str = ""
    client: str = ""
    dates: str = ""
    skills: str = ""
    said: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_portfolio(
    data: bytes, document: str, progress: Callable[[int, int], None] | None = None
) -> Portfolio:
    """Read a portfolio CSV.

    Args:
        data: The file's bytes: UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or bar between cells.
        document: Its name, which becomes the provenance of every item.
        progress: Called with (done, total) rows, now and then.

    Raises:
        DocumentError: when it is no portfolio, damaged, over 2 MB or over 5,000 rows. The message says
            what it looks like instead and what a portfolio needs.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError("This file is larger than 2 MB.", "Keep the projects you want to be asked about.")
    text = _text(data)
    table = _table(text)
    ledger = Ledger(document)
    for index, row in enumerate(table.rows, 1):
        _write_down(ledger, _project(table, row.cells), f"row {row.number}")
        if progress and (index % _REPORTED_ROWS == 0 or index == len(table.rows)):
            progress(index, len(table.rows))
    if not ledger.evidence:
        raise DocumentError("This portfolio names no project with technologies.", _NEEDS)
    spans = {f"row {row.number}": row.span for row in table.rows}
    records, evidence = locate_rows(ledger.records, ledger.evidence, text, spans)
    return Portfolio(text=text, records=records, evidence=evidence, warnings=_shortened(ledger.warnings))


def is_table(text: str) -> bool:
    """Whether a text is a portfolio though its name does not say so: its first line names columns we know."""
    head = text.lstrip().split("\n", 1)[0]
    if not head or len(head) > 500 or find_links(head):
        return False
    for delimiter in ("\t", ";", ",", "|"):
        cells = head.replace('"', "").split(delimiter)
        columns = _columns(cells)
        if len(cells) > 1 and "skills" in columns and sum(map(len, columns.values())) == len(cells):
            return True
    return False


def _text(data: bytes) -> str:
    foreign = signature(data)
    if foreign:
        raise DocumentError(
            f"This is {foreign}, not a CSV file.", 'In a spreadsheet, choose "Save as" and then CSV.'
        )
    text = normalised(data)
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise DocumentError("This is a web page, not a CSV file.", _NEEDS)
    if start.startswith(("{", "[{")):
        raise DocumentError("This is JSON, not a CSV file.", _NEEDS)
    return text


# --- cells -------------------------------------------------------------------------------------------


def _table(text: str) -> _Table:
    begin, delimiter = _declared(text)
    found = _rows(text, begin, delimiter or _delimiter(text[begin:]))
    rows = [row for row in found if any(cell.strip() for cell in row.cells)]
    if len(rows) > MOST_ROWS + 1:  # the names of the columns
        raise DocumentError(
            "This file has more than 5,000 rows.", "Keep the projects you want to be asked about."
        )
    if not rows:
        raise DocumentError("This file is empty.", _NEEDS)
    rows = rows[_header_at(rows) :]
    header = rows[0].cells
    columns = _columns(header)
    if _is_header(header, columns):
        _refuse_other_tables(header, columns)
        width = len(header) - next((i for i, cell in enumerate(reversed(header)) if cell.strip()), 0)
        return _Table(rows[1:], columns, width)
    return _headerless(rows)


def _header_at(rows: list[_Row]) -> int:
    """Where the names of the columns are: a line above them may say whose sheet it is."""
    for index, row in enumerate(rows[:_MOST_LINES_ABOVE]):
        if sum(1 for cell in row.cells if cell.strip()) > 1:
            return index if index == 0 or "skills" in _columns(row.cells) else 0
    return 0


def _declared(text: str) -> tuple[int, str]:
    """Some spreadsheets write `sep=;` first: where the table begins, and the delimiter."""
    found = re.match(r"\"?sep=(.)\"?\n", text, re.IGNORECASE)
    return (found.end(), found[1]) if found else (0, "")


def _delimiter(text: str) -> str:
    """The delimiter that shows the most known column names, else the one most lines agree on."""
    lines = [line for line in text.split("\n") if line.strip()][:20]

    def fit(delimiter: str) -> tuple[int, int, int]:
        known = sum(map(len, _columns(lines[0].replace('"', "").split(delimiter)).values()))
        linked = sum(1 for line in lines if re.search(re.escape(delimiter) + r'\s*"?https?://', line))
        counts = [line.count(delimiter) for line in lines]
        return known, linked, min(counts) if delimiter != "," else 0

    return max([",", ";", "\t", "|"], key=fit)


def _rows(text: str, begin: int, delimiter: str) -> Iterator[_Row]:
    """Rows with their number as a spreadsheet counts: blank lines count, a cell of two lines is one row."""
    reader = csv.reader(io.StringIO(text[begin:]), delimiter=delimiter, skipinitialspace=True, strict=True)
    ends = [begin, *(found.end() for found in re.finditer(r"\n", text[begin:]))]
    ends = [begin, *(begin + end for end in ends[1:]), len(text)]
    number, line = (1 if begin else 0), 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "limit" in str(error):
                raise DocumentError(f"A cell in row {number} is far too long.", _NEEDS) from None
            raise DocumentError(
                f"The quotation marks in row {number} do not match.",
                'Put cells that hold commas between two ", and write a " inside such a cell twice.',
            ) from None
        if cells is None:
            return
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            raise DocumentError(f"A cell in row {number} is far too long.", _NEEDS)
        yield _Row(number, cells, (ends[line], ends[min(reader.line_num, len(ends) - 1)]))
        line = reader.line_num


def _key(cell: str) -> str:
    return re.sub(r"[\W_]", "", cell.lower())


def _columns(header: list[str]) -> dict[str, list[int]]:
    """Which cells hold what, by the header's names; "GitHub Link" and "tech_stack" are understood."""
    columns: dict[str, list[int]] = {}
    for index, cell in enumerate(header):
        if len(cell) > 60:
            continue
        words = _key(re.sub(r"\([^)]*\)", "", cell))
        column = _COLUMN_OF.get(words) or _COLUMN_OF.get(words.removesuffix("s"))
        if column is None and not find_links(cell):
            column = "links" if words.endswith(("link", "links", "url", "urls")) else None
        if column:
            columns.setdefault(column, []).append(index)
    return columns


def _is_header(cells: list[str], columns: dict[str, list[int]]) -> bool:
    if not columns or any(find_links(cell) for cell in cells):
        return _named_like_another(cells) is not None
    # "React, Languages" alone is a row; a header of one column is nothing but that name.
    named = sum(len(indexes) for indexes in columns.values())
    return named * 2 >= len([cell for cell in cells if cell.strip()]) or not any(map(_is_familiar, cells))


def _named_like_another(header: list[str], least: int = 1) -> str | None:
    """What another table this is, where at least so many of its columns are named as there."""
    keys = {_key(cell) for cell in header}
    label = max(_OTHER_TABLES, key=lambda name: len(keys & _OTHER_TABLES[name]))
    return label if len(keys & _OTHER_TABLES[label]) >= least else None


def _refuse_other_tables(header: list[str], columns: dict[str, list[int]]) -> None:
    other = _named_like_another(header, least=2 if "skills" in columns else 1)
    if other is None and "skills" in columns:
        return
    described = bool({"description", "outcome"} & set(columns)) and ("name" in columns or "links" in columns)
    if other is None and (described or ("name" in columns and "links" in columns)):
        return
    names = ", ".join(f"“{cell.strip()}”" for cell in header[:5] if cell.strip())
    raise DocumentError(
        f"This looks like {other or 'a table of something else'}: its columns are {names}.", _NEEDS
    )


def _is_familiar(cell: str) -> bool:
    return any(
        re.sub(r"[\s_-]|(?<=\w)\.(?=js)", "", part.lower()) in _FAMILIAR
        for part in re.split(r"[,;/|\n]", cell)
    )


def _headerless(rows: list[_Row]) -> _Table:
    """Rows of technologies and links with no header; refused when they hold nothing that we know."""
    familiar = sum(any(map(_is_familiar, row.cells)) for row in rows)
    if familiar * 3 < len(rows):
        first = ", ".join(cell.strip() for cell in rows[0].cells[:4])[:80]
        raise DocumentError(f"This does not look like a portfolio: it begins with “{first}”.", _NEEDS)
    return _Table(rows, {"skills": [0]}, 1)


# --- rows --------------------------------------------------------------------------------------------


def _project(table: _Table, cells: list[str]) -> _Project:
    cells = _fitted(table, cells)

    def cell(column: str) -> str:
        chosen = [cells[i] for i in table.columns.get(column, ()) if i < len(cells)]
        return ", ".join(filter(None, (plain(text).strip(" ,;|") for text in chosen)))

    project = _Project(
        kind=cell("kind"),
        name=cell("name"),
        client=cell("client"),
        dates=cell("dates"),
        skills=cell("skills"),
        said=_said(table, cells),
    )
    bare = set(table.columns.get("links", ()))
    for index, text in enumerate(cells):
        found = find_links(text, bare=index in bare)
        for address, _, _ in found:
            (project.refused if is_placeholder(address) else project.links).append(address)
        if index in bare and text.strip(" -–—") and not found and not _NO_LINK.fullmatch(text.strip()):
            project.refused.append(plain(text))
    project.skills = re.sub(r",(?:\s*,)+", ",", project.skills)
    project.links = list(dict.fromkeys(project.links))
    if find_links(project.skills):
        project.skills = ", ".join(part for part in re.split(r",\s*", project.skills) if not find_links(part))
    return project


def _said(table: _Table, cells: list[str]) -> list[str]:
    """What was done and what came of it, in the order of the columns; each cell is a text of its own."""
    indexes = sorted(i for column in ("description", "outcome") for i in table.columns.get(column, ()))
    return [text for i in indexes if i < len(cells) and (text := plain(cells[i]).strip(" ,;|"))]


def _fitted(table: _Table, cells: list[str]) -> list[str]:
    """The cells put under their columns, where technologies were separated by the delimiter itself."""
    while len(cells) > table.width and not cells[-1].strip():
        cells = cells[:-1]
    surplus = len(cells) - table.width
    if surplus <= 0 or "skills" not in table.columns:
        return cells
    links = table.columns.get("links", [])
    if table.width > 1 and links and not any(find_links(cell, bare=True) for cell in cells[-len(links) :]):
        return cells
    first = table.columns["skills"][0]
    return [
        *cells[:first],
        ", ".join(c.strip() for c in cells[first : first + surplus + 1]),
        *cells[first + surplus + 1 :],
    ]


def _write_down(ledger: Ledger, project: _Project, place: str) -> None:
    for refused in dict.fromkeys(project.refused):
        stands_in = "://" in refused
        why = "is a placeholder" if stands_in else "is no web address"
        ledger.warnings.append(f"{place.capitalize()}: “{refused[:80]}” {why}, so no draft will link to it.")
    if not project.skills and not project.said:
        ledger.warnings.append(f"{place.capitalize()} names no technologies, so no draft can use it.")
        return
    kind: Literal["certificate", "project"] = "certificate" if "certif" in project.kind.lower() else "project"
    dates = entries.find_dates(project.dates, single=True)
    record = ledger.open_record(
        kind,
        title=project.name,
        organization=project.client,
        **entries.stated(dates),
        links=project.links,
    )
    if kind == "certificate" and project.name:
        ledger.add(kind, project.name, record=record, links=project.links, place=place)
    for text in (*project.said, project.skills):
        ledger.add(kind, text, record=record, links=project.links, place=place)


def _shortened(warnings: list[str]) -> tuple[str, ...]:
    """Warnings a person will still read."""
    if len(warnings) <= _MOST_WARNINGS:
        return tuple(warnings)
    return (*warnings[:_MOST_WARNINGS], f"… and {len(warnings) - _MOST_WARNINGS} more rows with such doubts.")
