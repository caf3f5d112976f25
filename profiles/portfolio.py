"""A portfolio as CSV: one project a row, its technologies, and where to see it.

The many spellings in use come from hand-made files: a header or none, in capitals or not, any delimiter,
several links a cell, stray commas. A row supports only that there is a project with these technologies at
this link.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain import Evidence, Noun, Record
from errors import DocumentError
from profiles.ledger import Ledger
from profiles.links import find_links, is_placeholder
from profiles.text import decode, plain, signature
from profiles.vocabulary import lists, words

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
_LONGEST_CELL = 2_000
_MOST_WARNINGS = 12
_NEEDS = (
    "A portfolio needs one project a row and a column such as “Techstack”, best with “Project” and “Links”."
)

_COLUMN_OF = {alias: column for column, aliases in lists("portfolio").items() for alias in aliases}
_OTHER_TABLES = {label: frozenset(names) for label, names in lists("other_tables").items()}
_FAMILIAR = frozenset(words("technologies"))


class Portfolio(Noun):
    """What a CSV gave: a record a project, its evidence by row, and what was left out, in plain words."""

    records: tuple[Record, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass
class _Table:
    """Rows with the number a spreadsheet shows for them, and which cells hold what."""

    rows: list[tuple[int, list[str]]]
    columns: dict[str, list[int]]
    width: int


@dataclass
class _Project:
    """One row, understood."""

    kind: str = ""
    name: str = ""
    skills: str = ""
    description: str = ""
    links: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_portfolio(data: bytes, document: str) -> Portfolio:
    """Read a portfolio CSV.

    Args:
        data: The file's bytes: UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or bar between cells.
        document: Its name, which becomes the provenance of every item.

    Raises:
        DocumentError: when it is no portfolio, damaged, over 5 MB or over 5,000 rows. The message says
            what it looks like instead and what a portfolio needs.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError("This file is larger than 5 MB.", "Keep the projects you want to be asked about.")
    table = _table(_text(data))
    ledger = Ledger(document)
    for number, cells in table.rows:
        _write_down(ledger, _project(table, cells), f"row {number}")
    if not ledger.evidence:
        raise DocumentError("This portfolio names no project with technologies.", _NEEDS)
    return Portfolio(
        records=tuple(ledger.records), evidence=tuple(ledger.evidence), warnings=_shortened(ledger.warnings)
    )


def _text(data: bytes) -> str:
    foreign = signature(data)
    if foreign:
        raise DocumentError(
            f"This is {foreign}, not a CSV file.", 'In a spreadsheet, choose "Save as" and then CSV.'
        )
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip("\ufeff \n\t")[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise DocumentError("This is a web page, not a CSV file.", _NEEDS)
    if start.startswith(("{", "[{")):
        raise DocumentError("This is JSON, not a CSV file.", _NEEDS)
    return text


# --- cells -------------------------------------------------------------------------------------------


def _table(text: str) -> _Table:
    text, skipped, delimiter = _declared(text)
    rows = [(number + skipped, cells) for number, cells in _rows(text, delimiter or _delimiter(text))]
    rows = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if len(rows) > MOST_ROWS:
        raise DocumentError(
            "This file has more than 5,000 rows.", "Keep the projects you want to be asked about."
        )
    if not rows:
        raise DocumentError("This file is empty.", _NEEDS)
    header = rows[0][1]
    columns = _columns(header)
    if _is_header(header, columns):
        _refuse_other_tables(header, columns)
        width = len(header) - next((i for i, cell in enumerate(reversed(header)) if cell.strip()), 0)
        return _Table(rows[1:], columns, width)
    return _headerless(rows)


def _declared(text: str) -> tuple[str, int, str]:
    """Some spreadsheets write `sep=;` first: the text after it, the rows skipped, the delimiter."""
    found = re.match(r"\ufeff?\"?sep=(.)\"?\n", text, re.IGNORECASE)
    return (text[found.end() :], 1, found[1]) if found else (text.lstrip("\ufeff"), 0, "")


def _delimiter(text: str) -> str:
    """The delimiter that shows the most known column names, else the one most lines agree on."""
    lines = [line for line in text.split("\n") if line.strip()][:20]

    def fit(delimiter: str) -> tuple[int, int, int]:
        known = sum(map(len, _columns(lines[0].replace('"', "").split(delimiter)).values()))
        linked = sum(1 for line in lines if re.search(re.escape(delimiter) + r'\s*"?https?://', line))
        counts = [line.count(delimiter) for line in lines]
        return known, linked, min(counts) if delimiter != "," else 0

    return max([",", ";", "\t", "|"], key=fit)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number as a spreadsheet counts: blank lines count, a cell of two lines is one row."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True, strict=True)
    number = 0
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
        yield number, cells


def _key(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cell.lower())


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
    described = "description" in columns and ("name" in columns or "links" in columns)
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


def _headerless(rows: list[tuple[int, list[str]]]) -> _Table:
    """Rows of technologies and links with no header; refused when they hold nothing that we know."""
    familiar = sum(any(map(_is_familiar, cells)) for _, cells in rows)
    if familiar * 3 < len(rows):
        first = ", ".join(cell.strip() for cell in rows[0][1][:4])[:80]
        raise DocumentError(f"This does not look like a portfolio: it begins with “{first}”.", _NEEDS)
    return _Table(rows, {"skills": [0]}, 1)


# --- rows --------------------------------------------------------------------------------------------


def _project(table: _Table, cells: list[str]) -> _Project:
    cells = _fitted(table, cells)

    def cell(column: str) -> str:
        chosen = [cells[i] for i in table.columns.get(column, ()) if i < len(cells)]
        return ", ".join(filter(None, (plain(text).strip(" ,;|") for text in chosen)))

    project = _Project(
        kind=cell("kind"), name=cell("name"), skills=cell("skills"), description=cell("description")
    )
    bare = set(table.columns.get("links", ()))
    for index, text in enumerate(cells):
        found = find_links(text, bare=index in bare)
        for address, _, _ in found:
            (project.refused if is_placeholder(address) else project.links).append(address)
        if index in bare and text.strip(" -–—") and not found:
            project.refused.append(plain(text))
    project.skills = re.sub(r",(?:\s*,)+", ",", project.skills)
    project.links = list(dict.fromkeys(project.links))
    if find_links(project.skills):
        project.skills = ", ".join(part for part in re.split(r",\s*", project.skills) if not find_links(part))
    return project


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
    if not project.skills and not project.description:
        ledger.warnings.append(f"{place.capitalize()} names no technologies, so no draft can use it.")
        return
    certificate = "certif" in project.kind.lower()
    kind = "certificate" if certificate else "project"
    record = ledger.open_record(
        "certificate" if certificate else "project", title=project.name, links=project.links
    )
    if certificate and project.name:
        ledger.add("certificate", project.name, record=record, links=project.links, place=place)
    for text in (project.description, project.skills):
        ledger.add(
            "certificate" if kind == "certificate" else "project",
            text,
            record=record,
            links=project.links,
            place=place,
        )


def _shortened(warnings: list[str]) -> tuple[str, ...]:
    """Warnings a person will still read."""
    if len(warnings) <= _MOST_WARNINGS:
        return tuple(warnings)
    return (*warnings[:_MOST_WARNINGS], f"… and {len(warnings) - _MOST_WARNINGS} more rows with such doubts.")
