"""What a person decides about what was read: each function changes the rows of one profile."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from errors import Unfit
from store.folding import STATED, storable
from store.nouns import Item, doubt_id
from store.owning import Owned, missing, number, packed, unpacked
from store.shelving import CONTACTS, contact_text
from store.showing import shown_items
from store.tables import contacts, items, records

LONGEST = 2_000
LONGEST_FIELD = 300


def line(text: str, longest: int, what: str) -> str:
    """A text that a person typed, on one line.

    Args:
        text: As typed.
        longest: Most characters it may have.
        what: What to call it, such as "text".

    Raises:
        Unfit: when it is longer.
    """
    clean = " ".join(storable(text).split())
    if len(clean) > longest:
        raise Unfit(f"This {what} is longer than {longest:,} characters.", "Shorten it and try again.")
    return clean


def mark(connection: Connection, whose: Owned, ids: Sequence[str], **values: Any) -> None:
    """Set these columns of some items."""
    _items(connection, whose, ids)
    numbers = [number("e", id_) for id_ in ids]
    connection.execute(update(items).where(whose.of(items), items.c.number.in_(numbers)).values(**values))


def correct(connection: Connection, whose: Owned, id_: str, text: str) -> None:
    """The person's words in place of those read."""
    [item] = _items(connection, whose, [id_])
    _update(connection, whose, item, confirmed=True, **_correction(item, text))


def restore(connection: Connection, whose: Owned, id_: str) -> None:
    """The words as read, and the questions about them."""
    [item] = _items(connection, whose, [id_])
    _update(connection, whose, item, correction=None, confirmed=False, answered="[]")


def answer(
    connection: Connection, whose: Owned, id_: str, doubt: str, text: str, ready: int | None = None
) -> None:
    """Settle one question about an item by what its text should be; with no question left it is confirmed."""
    [item] = _items(connection, whose, [id_])
    found = next((each for each in item.evidence.doubts if doubt_id(each) == doubt), None)
    if found is None:
        raise Unfit("This question has been answered already.")
    if ready is not None:
        if ready >= len(found.answers):
            raise Unfit("This item says something else by now.", "Look at it and answer again.")
        text = found.answers[ready]
    row = _row(connection, whose, item)
    answered = [*unpacked(row.answered), [found.about, found.question]]
    changed = _correction(item, text) if text else {}
    _update(connection, whose, item, answered=packed(answered), **changed)
    [after] = _items(connection, whose, [id_])
    if not after.evidence.doubts:
        _update(connection, whose, item, confirmed=True)


def merge(connection: Connection, whose: Owned, ids: Sequence[str], into: str) -> None:
    """Items that say the same as another one become places of it."""
    numbers = [number("e", id_) for id_ in ids if id_ != into]
    _items(connection, whose, [*(id_ for id_ in ids if id_ != into), into])
    connection.execute(
        update(items)
        .where(whose.of(items), items.c.number.in_(numbers) | items.c.merged_into.in_(numbers))
        .values(merged_into=number("e", into))
    )


def unmerge(connection: Connection, whose: Owned, id_: str) -> None:
    """All that was merged into an item stands by itself again."""
    [item] = _items(connection, whose, [id_])
    connection.execute(
        update(items)
        .where(whose.of(items), items.c.merged_into == number("e", item.evidence.id))
        .values(merged_into=None)
    )


def set_contacts(connection: Connection, whose: Owned, fields: dict[str, Any]) -> None:
    """Contacts as the person wants them; None goes back to what the documents give."""
    for name, value in fields.items():
        if name not in CONTACTS:
            raise TypeError(f"{name} is no contact")
        connection.execute(
            delete(contacts).where(
                whose.of(contacts), contacts.c.document.is_(None), contacts.c.field == name
            )
        )
        if value is not None:
            parts = [value] if isinstance(value, str) else list(value)
            if name == "links" and isinstance(value, str):
                parts = value.replace(",", " ").split()
            text = contact_text([line(part, LONGEST_FIELD, "field") for part in parts])
            if len(text) > LONGEST:
                raise Unfit("These are too many links.", "Keep the ones that matter.")
            connection.execute(
                insert(contacts).values(profile=whose.profile, field=name, value=text, source="[]")
            )


def set_record(connection: Connection, whose: Owned, id_: str, fields: dict[str, Any]) -> None:
    """Facts of a record as the person states them; None goes back to what was read."""
    values: dict[str, Any] = {}
    for name, value in fields.items():
        kind = bool if name == "current" else str
        if name not in STATED or not (value is None or isinstance(value, kind)):
            raise TypeError(f"{name} is no fact of a record, or of another type")
        values[name] = line(value, LONGEST_FIELD, "field") if isinstance(value, str) else value
    here = (whose.of(records), records.c.number == number("r", id_))
    if connection.execute(select(records.c.number).where(*here)).first() is None:
        raise missing("r")
    if values:
        connection.execute(update(records).where(*here).values(values))


def _items(connection: Connection, whose: Owned, ids: Sequence[str]) -> list[Item]:
    """These items, each of which must be there and not be merged away."""
    numbers = dict.fromkeys(number("e", id_) for id_ in ids)
    found = shown_items(connection, whose, numbers) if numbers else []
    if len(found) < len(numbers):
        raise missing("e")
    return found


def _row(connection: Connection, whose: Owned, item: Item) -> Any:
    here = (whose.of(items), items.c.number == number("e", item.evidence.id))
    return connection.execute(select(items).where(*here)).one()


def _update(connection: Connection, whose: Owned, item: Item, **values: Any) -> None:
    here = (whose.of(items), items.c.number == number("e", item.evidence.id))
    connection.execute(update(items).where(*here).values(**values))


def _correction(item: Item, text: str) -> dict[str, str | None]:
    clean = line(text, LONGEST, "text")
    if not any(map(str.isalnum, clean)):
        raise Unfit("There is nothing to read in this text.", "To take an item away, hide it.")
    as_read = item.original if item.corrected else item.evidence.text
    return {"correction": None if clean == as_read else clean}
