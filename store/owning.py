"""Whose rows a statement may touch, and ids as a person's page writes them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, select

from domain import FieldSource
from errors import NotFound
from store.folding import storable
from store.tables import profiles

_ID = re.compile(r"([der])([1-9][0-9]{0,8})")
_KINDS = {"d": "document", "e": "item", "r": "record"}


@dataclass(frozen=True, slots=True)
class Owned:
    """One profile of one person. Every statement on its rows takes its condition from here."""

    person: str
    profile: str

    @property
    def itself(self) -> ColumnElement[bool]:
        return and_(profiles.c.id == storable(self.profile), profiles.c.person == self.person)

    def of(self, table: Table) -> ColumnElement[bool]:
        """The rows of a table that belong to this profile, and none if it is another person's."""
        mine = select(profiles.c.id).where(self.itself).scalar_subquery()
        return table.c.profile == mine

    def row(self, connection: Connection, *, lock: bool = False) -> RowMapping:
        """The profile's own row; with `lock`, nobody else changes the profile until the transaction ends.

        Raises:
            NotFound: when there is no such profile, or it is another person's.
        """
        query = select(profiles).where(self.itself)
        row = connection.execute(query.with_for_update() if lock else query).mappings().first()
        if row is None:
            raise NotFound("This profile does not exist.", "Choose another one, or begin a new one.")
        return row


def number(kind: str, id_: str) -> int:
    """The number in an id such as `e12`.

    Args:
        kind: "d", "e" or "r".
        id_: The id.

    Raises:
        NotFound: when it cannot be the id of such a thing.
    """
    match = _ID.fullmatch(id_)
    if match is None or match[1] != kind:
        raise missing(kind)
    return int(match[2])


def missing(kind: str) -> NotFound:
    return NotFound(f"This {_KINDS[kind]} does not exist any more.", "Open your evidence again.")


def packed(values: Any) -> str:
    """A list of plain values as JSON, in ASCII, so that every character is storable."""
    return json.dumps(values, separators=(",", ":")) if values else "[]"


def unpacked(text: str) -> Any:
    return json.loads(text) if text != "[]" else []


def packed_fields(fields: Iterable[FieldSource]) -> str:
    return packed([field.model_dump(exclude_defaults=True) for field in fields])


def unpacked_fields(text: str) -> tuple[FieldSource, ...]:
    return tuple(FieldSource.model_validate(each) for each in unpacked(text))
