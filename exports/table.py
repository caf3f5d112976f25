"""A table for a spreadsheet, nothing in which is taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

# What a spreadsheet takes for a formula, at the start of a cell or of what another separator makes one.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])")  # as wide letters too


def rows_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The table as CSV in UTF-8 with a byte-order mark, every cell in quotes, a row at a time."""
    yield "\ufeff".encode()
    yield _row(columns)
    for row in rows:
        yield _row([_cell(value) for value in row])


def _row(cells: Sequence[object]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return file.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    """The value; a text that a spreadsheet would compute begins with an apostrophe, so it stays text."""
    if not isinstance(value, str):
        return "" if value is None else value
    return _FORMULA.sub(r"\1'", value)
