"""Tables that are forms: a label in the first cell, what it asks for in the second, as Europass has them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from profiles.docx_blocks import Paragraph
from profiles.sections import part_named
from profiles.text import plain
from profiles.vocabulary import lists

_ASKED = {name: field for field, names in lists("form_labels").items() for name in names}
_HEADING = ("title", "employer", "place", "dates")

Cells = list[list[Paragraph]]


def is_form(rows: list[Cells]) -> bool:
    """Whether the labels of a table ask for what forms ask for."""
    asked = [_asked(row) for row in rows]
    return sum(map(bool, asked)) >= 2 and sum(map(bool, asked)) * 2 >= sum(1 for row in rows if any(row))


def filled_in(rows: list[Cells], other: Callable[[Cells], Iterator[Paragraph]]) -> Iterator[Paragraph]:
    """The lines of a form: entries with their title, employer and dates on one line, and what was done below.

    A field that was filled in before begins the next entry. Labels go, as they say nothing of the person.
    `other` gives the lines of rows that are no fields.
    """
    entry: dict[str, list[Paragraph]] = {}
    for row in rows:
        field = _asked(row)
        if not field:
            yield from _entry(entry)
            entry = {}
            yield from other([cell for cell in row if cell])
        elif field in ("name", "contact"):
            yield from (replace(line, is_name=field == "name") for line in row[1])
        else:
            if field in entry:
                yield from _entry(entry)
                entry = {}
            entry[field] = row[1]
    yield from _entry(entry)


def _asked(row: Cells) -> str:
    """What the label of a row asks for; empty where it is no row of a form."""
    if len(row) < 2 or len(row[0]) != 1 or not row[1] or any(row[2:]):
        return ""
    label = " ".join(re.sub(r"[\W_]+", " ", plain(row[0][0].text)).lower().split())
    return "" if part_named(label) else _ASKED.get(label, "")


def _entry(entry: dict[str, list[Paragraph]]) -> Iterator[Paragraph]:
    heading = [line for field in _HEADING for line in entry.get(field, ())]
    if heading:
        words = "\t".join(" ".join(line.text.split()) for line in heading)
        yield replace(heading[0], lines=[(words, True)], bullet=False)
    for line in entry.get("duties", ()):
        yield replace(line, bullet=True)
