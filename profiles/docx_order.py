"""The order in which a person reads the tables and text boxes of a Word file.

Tables hold résumés together in three ways: a row is an entry with its dates in a cell of their own, a
column is a side of the page, or each row is a field of a form. Text boxes with sections of their own stand
beside the text, so they must not come between a section and its entries.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from profiles import entries
from profiles.docx_blocks import Block, Box, Paragraph, Table
from profiles.docx_forms import filled_in, is_form
from profiles.sections import part_named
from profiles.text import plain

_LONGEST_DATE_CELL = 4


class Order:
    """Turns blocks into paragraphs in reading order; `columns` tells whether any stood side by side."""

    def __init__(self) -> None:
        self.columns = False

    def of(self, blocks: Iterable[Block]) -> list[Paragraph]:
        """The paragraphs of these blocks. Boxes that hold sections wait for the next section of the text."""
        found: list[Paragraph] = []
        waiting: list[Paragraph] = []
        for block in blocks:
            if isinstance(block, Box):
                inside = self.of(block.blocks)
                beside = waiting or any(map(is_section, inside))
                (waiting if beside else found).extend(inside)
                self.columns = self.columns or (bool(beside) and bool(found))
                continue
            read = [block] if isinstance(block, Paragraph) else self.table(block)
            if waiting and read and is_section(read[0]):
                found += waiting
                waiting = []
            found += read
        return found + waiting

    def table(self, table: Table) -> list[Paragraph]:
        """The paragraphs of a table, by columns where these are the sides of a page, else row by row."""
        rows = [[_trimmed(self.of(cell)) for cell in row] for row in table.rows]
        if table.headed and len(rows) > 1:
            rows = rows[1:]
        if is_form(rows):
            return list(filled_in(rows, _row))
        if _is_page(rows):
            self.columns = True
            width = max(map(len, rows))
            return [line for i in range(width) for row in rows if i < len(row) for line in row[i]]
        if len(rows) == 1 and len(rows[0]) > 1 and any(map(is_section, rows[0][0])):
            self.columns = True
        return [line for row in rows for line in _row([cell for cell in row if cell])]


def is_section(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the heading of a section that we know."""
    text = plain(paragraph.text)
    return not paragraph.bullet and len(text) <= 60 and part_named(text) is not None


def _trimmed(cell: list[Paragraph]) -> list[Paragraph]:
    filled = [index for index, line in enumerate(cell) if line.text.strip()]
    return cell[filled[0] : filled[-1] + 1] if filled else []


def _is_page(rows: list[list[list[Paragraph]]]) -> bool:
    """Whether two columns hold sections with their entries below, and one goes on in the next row."""
    width = max(map(len, rows), default=0)
    columns = [[row[i] for row in rows if i < len(row) and row[i]] for i in range(width)]
    holding = [column for column in columns if any(_is_whole_section(cell) for cell in column)]
    goes_on = any(
        not is_section(cell[0])
        for column in holding
        for cell in column[1:]
        if any(map(_is_whole_section, column[: column.index(cell)]))
    )
    return len(holding) > 1 and goes_on


def _is_whole_section(cell: list[Paragraph]) -> bool:
    return len(cell) > 1 and any(is_section(line) for line in cell[:-1])


def _row(cells: list[list[Paragraph]]) -> Iterator[Paragraph]:
    """The lines of one row: beside each other where they are parts of one line, else cell by cell."""
    if len(cells) > 1:
        dated = [cell for cell in cells if _is_date_cell(cell)]
        if len(dated) == 1 and len(cells) <= 3:
            yield from _dated(dated[0], [cell for cell in cells if cell is not dated[0]])
            return
        if all(len(cell) == 1 and len(cell[0].lines) == 1 for cell in cells):
            yield from _side_by_side([cell[0] for cell in cells])
            return
    for cell in cells:
        yield from cell


def _dated(dates: list[Paragraph], others: list[list[Paragraph]]) -> Iterator[Paragraph]:
    """An entry whose dates have a cell of their own: they go to the end of its first line."""
    heading = others[0][0] if is_section(others[0][0]) and len(others) > 1 else None
    if heading:
        yield from others[0]
        others = others[1:]
    first, *rest = [line for cell in others for line in cell]
    beside = "\t".join(text for line in dates for text in line.text.split("\n") if text.strip())
    (text, strong), *more = first.lines
    yield replace(first, lines=[(f"{text.rstrip()}\t{beside}", strong), *more])
    yield from rest


def _side_by_side(lines: list[Paragraph]) -> Iterator[Paragraph]:
    """Cells of one line each: a heading and what it heads, a label and its list, or one line in parts."""
    first, *rest = lines
    if is_section(first):
        yield from lines
        return
    texts = [line.text.strip() for line in lines]
    if (
        len(texts) == 2
        and "," in texts[1]
        and len(texts[0].split()) <= 4
        and not entries.find_dates(texts[0])
    ):
        # A label and its list, as Markdown writes them: the label is no part of the list.
        yield replace(first, lines=[(f"| {texts[0].rstrip(':')} | {texts[1]} |", False)])
        return
    yield replace(first, lines=[("\t".join(texts), first.strong)], bullet=first.bullet and not rest)


def _is_date_cell(cell: list[Paragraph]) -> bool:
    """Whether a cell holds dates and no more than a place beside them."""
    texts = [text for line in cell for text in line.text.split("\n") if text.strip()]
    if not texts or len(texts) > _LONGEST_DATE_CELL:
        return False
    dates = entries.find_dates(texts[0], single=True)
    rest = re.sub(r"[\W\d]", "", entries.without(texts[0], dates)) if dates else texts[0]
    return dates is not None and len(rest) <= 12 and all(len(text.split()) <= 5 for text in texts[1:])
