"""One more thing that a person says in their own words, after what they said before, which stays as it is."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, update

from domain import Document, Evidence, Profile, SourceSpan
from store.folding import storable, words
from store.nouns import Added
from store.owning import Owned
from store.shelving import place_row, write_document
from store.showing import record_of
from store.tables import documents, items, places, record_places, records


@dataclass(frozen=True, slots=True)
class _Known:
    """An item that says the same already, and whether this document says it."""

    number: int
    shown_as: int
    here: bool


def append(
    connection: Connection,
    whose: Owned,
    last: dict[str, int],
    number: int,
    document: Document,
    item: Evidence,
) -> Added:
    """Put one item at the end of a document, and nothing else.

    Args:
        connection: A transaction that holds the profile's lock.
        whose: The profile.
        last: The numbers given last; counted on.
        number: The document's number; without a row it is made here.
        document: What a new document is called.
        item: What is said.
    """
    record = _record(connection, whose, item.record)
    known = _known(connection, whose, number, item, None if record is None else record.number)
    if known is None:
        last["item"] += 1
        values = {"type": item.type, "record": None if record is None else record.number}
        decided = {"confirmed": False, "hidden": False, "confidential": item.confidential, "answered": "[]"}
        row = {"profile": whose.profile, "number": last["item"], **values, **decided}
        connection.execute(insert(items).values(row))
    else:
        shown = (whose.of(items), items.c.number == known.shown_as)
        connection.execute(update(items).where(*shown).values(hidden=False))
    at = last["item"] if known is None else known.number
    if known is None or not known.here:
        _place(connection, whose, number, at, item, _line(connection, whose, number, document, item.text))
    if record is not None:
        _name_record(connection, whose, number, record)
    return Added(
        profile_id=whose.profile,
        document_id=f"d{number}",
        item_id=f"e{at if known is None else known.shown_as}",
        new=int(known is None),
        folded=int(known is not None),
    )


def _record(connection: Connection, whose: Owned, id_: str | None) -> Row[Any] | None:
    """The record, unless it is gone by now: the words are kept without it."""
    rows = connection.execute(select(records).where(whose.of(records)))
    return next((row for row in rows if f"r{row.number}" == id_), None)


def _known(
    connection: Connection, whose: Owned, number: int, item: Evidence, record: int | None
) -> _Known | None:
    said = connection.execute(
        select(items.c.number, items.c.merged_into, places.c.document, places.c.text)
        .join(places, (places.c.profile == items.c.profile) & (places.c.item == items.c.number))
        .where(whose.of(items), items.c.type == item.type, items.c.record.is_not_distinct_from(record))
        .order_by(places.c.document, places.c.position)
    ).all()
    wanted = words(item.text)
    same = [row for row in said if words(row.text) == wanted]
    if not same:
        return None
    first = same[0]
    here = any(row.document == number for row in same if row.number == first.number)
    return _Known(first.number, first.merged_into or first.number, here)


def _line(
    connection: Connection, whose: Owned, number: int, document: Document, said: str
) -> tuple[int, int]:
    """Write the line at the end of the document's text; returns where it begins and its number."""
    here = (whose.of(documents), documents.c.number == number)
    before = connection.scalar(select(documents.c.text).where(*here))
    if before is None:
        empty = document.model_copy(update={"text": ""})
        write_document(connection, whose, number, empty, Profile(id="", name=""))
    start = f"{before}\n" if before else ""
    whole = start + storable(said)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    values = {"text": whole, "digest": digest, "imported_at": datetime.now(UTC)}
    connection.execute(update(documents).where(*here).values(values))
    return len(start), start.count("\n") + 1


def _place(
    connection: Connection, whose: Owned, number: int, at: int, item: Evidence, line: tuple[int, int]
) -> None:
    start, of = line
    end = start + len(item.text)
    said = SourceSpan(document=item.source.document, place=f"line {of}", start=start, end=end)
    position = _next(connection, whose, places, number)
    row = place_row(number, position, item.model_copy(update={"source": said}), at)
    connection.execute(insert(places).values(profile=whose.profile, **row))


def _name_record(connection: Connection, whose: Owned, number: int, row: Row[Any]) -> None:
    """Let this document give the record too, so that it stays when the one it was read from is removed."""
    read = connection.execute(
        select(record_places)
        .where(whose.of(record_places), record_places.c.record == row.number)
        .order_by(record_places.c.document, record_places.c.position)
    ).all()
    if any(place.document == number for place in read):
        return
    record = record_of(row, read)
    facts = {name: getattr(record, name) for name in ("title", "area", "organization", "start", "end")}
    values = {
        "profile": whose.profile,
        "document": number,
        "position": _next(connection, whose, record_places, number),
        "record": row.number,
        "current": record.current,
        # The places that its facts stand at are those of another document.
        "links": "[]",
        "fields": "[]",
    }
    connection.execute(insert(record_places).values(values | facts))


def _next(connection: Connection, whose: Owned, table: Table, number: int) -> int:
    here = (whose.of(table), table.c.document == number)
    highest = connection.scalar(select(func.max(table.c.position)).where(*here))
    return 0 if highest is None else int(highest) + 1
