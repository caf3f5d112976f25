"""The order of a life, newest first, as far as it is written."""

from collections.abc import Sequence
from math import inf

from domain import Record
from language import dates

_When = tuple[float, float]


def newest_first(records: Sequence[Record]) -> list[Record]:
    """Records by their end, then their start, latest first.

    What goes on comes before what has ended; a record without dates stays behind the one it followed.
    """
    keys: list[tuple[_When, _When]] = []
    last: tuple[_When, _When] = ((inf, inf), (inf, inf))
    for record in records:
        last = _key(record) or last
        keys.append(last)
    order = sorted(range(len(records)), key=lambda index: (keys[index], -index), reverse=True)
    return [records[index] for index in order]


def has_ended(record: Record | None) -> bool:
    """Whether a role is surely over; what a project's line says of the project may still hold."""
    is_role = record is not None and record.kind in ("role", "volunteering")
    return is_role and record is not None and dates.is_over(record.end, current=record.current)


def _key(record: Record) -> tuple[_When, _When] | None:
    start = _when(record.start)
    end = (inf, inf) if record.current else _when(record.end)
    if start is None and end is None:
        return None
    known = end or start
    assert known is not None
    return known, start or known


def _when(text: str) -> _When | None:
    found = dates.parse(text) if text else None
    if found is None:
        return None
    return (inf, inf) if found.year is None else (found.year, found.month or 0)
