"""Back everything up into one file while the app goes on writing, and restore it, into either database.

What is written is one moment of the database. What is restored is all there and compared with the backup
before it counts, or nothing has changed. A backup of an older Inroad is first brought up to date beside the
database, in a file of its own.
"""

import base64
import hashlib
import json
import logging
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from errors import Conflict, DocumentError, StoreError
from store import archive
from store.archive import Manifest
from store.database import Database, revisions
from store.tables import HEAD, backups, metadata, profiles

log = logging.getLogger(__name__)

CONTENT = frozenset(metadata.tables) - {backups.name}
"""The tables that a backup holds: all but the one that says when the last was made."""


@dataclass(frozen=True)
class Restored:
    """What was restored, and the ids of the profiles that it took the place of and that are gone."""

    manifest: Manifest
    gone: tuple[str, ...]


_ROWS_AT_ONCE = 20  # of which each may hold a document
_BYTES_AT_ONCE = 1_000_000

Lines = Callable[[Table], Iterable[bytes]]
"""The rows of a table, each as a line of a backup."""


def back_up(address: str, path: Path) -> Manifest:
    """Write everything that a database keeps into a file, as of one moment.

    Raises:
        DocumentError: when the file cannot be written.
        StoreError: when the database cannot be read, or holds what only a newer Inroad knows.
    """
    with _of_this_program(address) as database:
        with _one_moment(database, path) as connection:
            tables = _tables(connection)
            content = ((table.name, _columns(table), _dumped(connection, table)) for table in tables)
            manifest = archive.write(path, HEAD, content)
        _note(database, manifest, path.stat().st_size)
        return manifest


def _note(database: Database, manifest: Manifest, size: int) -> None:
    """Say in the database that it was backed up; where that fails, the backup is good all the same."""
    try:
        with database.writing() as connection:
            connection.execute(delete(backups))
            connection.execute(insert(backups).values(made_at=manifest.made_at, bytes=size))
    except StoreError as error:
        log.warning("the backup is made, but the database could not note it: %s", error.message)


def restore(address: str, path: Path, *, replace: bool = False) -> Restored:
    """Keep what a backup holds: all of it, in one transaction.

    Args:
        address: Of the database; it is opened once the backup is known to be whole.
        path: The backup.
        replace: Whether what is there is deleted first.

    Raises:
        Conflict: when something is there, and it is not to be replaced.
        DocumentError: when the backup is not whole, or was made by a newer Inroad. Nothing has changed.
        StoreError: when the database cannot take it. Nothing has changed.
    """
    manifest = archive.verified(path)
    if manifest.revision not in revisions():
        raise archive.newer()
    copies = {copy.name: copy for copy in manifest.tables}
    with archive.opened(path) as opened:

        def lines(table: Table) -> Iterator[bytes]:
            if copies[table.name].columns != _columns(table):
                raise _strange()
            return archive.lines(opened, copies[table.name])

        if manifest.revision == HEAD:
            with _of_this_program(address) as database:
                return Restored(manifest, _keep(database, set(copies), lines, replace=replace))
        with (
            _brought_up_to_date(manifest.revision, set(copies), lines) as connection,
            _of_this_program(address) as database,
        ):
            gone = _keep(database, set(CONTENT), lambda table: _dumped(connection, table), replace=replace)
            return Restored(manifest, gone)


@contextmanager
def _at(address: str, revision: str = HEAD) -> Iterator[Database]:
    database = Database(address, revision)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _of_this_program(address: str) -> Iterator[Database]:
    """A database all of whose tables this program knows, as what it does not know would be lost."""
    with _at(address) as database:
        if database.revision() != HEAD:
            raise StoreError("The database was made by a newer Inroad.", "Use that one for this.")
        yield database


@contextmanager
def _one_moment(database: Database, path: Path) -> Iterator[Connection]:
    """Everything that is kept, as of now. It is read for long, so of SQLite it is a copy, next to the backup.

    Whoever deletes has SQLite's log emptied, which waits for readers, and lets nobody write meanwhile.
    """
    if not database.is_sqlite:
        with database.reading() as connection:
            yield connection
        return
    with archive.beside(path) as folder:
        copy = folder / "copy.sqlite"
        with database.reading() as connection, closing(sqlite3.connect(copy)) as target:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(target)
        with _at(f"sqlite:///{copy}") as still, still.reading() as connection:
            yield connection


@contextmanager
def _brought_up_to_date(revision: str, names: set[str], lines: Lines) -> Iterator[Connection]:
    """What an older Inroad backed up, in a database of its own, migrated to what it would be now."""
    with (
        tempfile.TemporaryDirectory(prefix="inroad-") as folder,
        _at(f"sqlite:///{Path(folder) / 'older.sqlite'}", revision) as beside,
    ):
        _keep(beside, names, lines, replace=False)
        beside.migrate()
        with beside.reading() as connection:
            yield connection


# --- rows as lines -------------------------------------------------------------------------------------


def _tables(connection: Connection) -> tuple[Table, ...]:
    """Our tables of content as they are in this database, those that others refer to first."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in CONTENT)
    return tuple(found.sorted_tables)


def _columns(table: Table) -> tuple[str, ...]:
    """By name: two databases may have them in another order."""
    return tuple(sorted(column.name for column in table.columns))


def _dumped(connection: Connection, table: Table) -> Iterator[bytes]:
    columns = [table.c[name] for name in _columns(table)]
    query = select(*columns).order_by(*table.primary_key.columns)
    for row in connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE}):
        yield json.dumps([_plain(value) for value in row], separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _row(line: bytes, columns: Sequence[Column[Any]]) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise _strange()
    return {column.name: _of(column, value) for column, value in zip(columns, values, strict=True)}


def _of(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return base64.b64decode(value, validate=True) if isinstance(column.type, LargeBinary) else value


class _Sum:
    """What some rows are, whatever their order: the sum of their digests."""

    def __init__(self) -> None:
        self.value = self.count = 0

    def add(self, line: bytes) -> None:
        self.count += 1
        self.value += int.from_bytes(hashlib.sha256(line).digest())


# --- restoring -----------------------------------------------------------------------------------------


def _keep(database: Database, names: set[str], lines: Lines, *, replace: bool) -> tuple[str, ...]:
    """Keep the rows of tables of these names; returns the ids of the profiles that are gone."""
    try:
        with database.writing() as connection:
            tables = _tables(connection)
            if {table.name for table in tables} != names:
                raise _strange()
            _alone(connection, tables)
            before = _profiles(connection)
            _clear(connection, tables, replace=replace)
            for table in tables:
                _fill(connection, table, lines)
            if connection.dialect.name == "postgresql":
                _go_on_counting(connection, tables)
            gone = before - _profiles(connection)
    except (ValueError, TypeError):
        raise _strange() from None
    if replace:
        database.forget()
    return tuple(sorted(gone))


def _profiles(connection: Connection) -> set[str]:
    return set(connection.scalars(select(profiles.c.id)))


def _alone(connection: Connection, tables: Iterable[Table]) -> None:
    """Let nobody else write until this is done; in SQLite nobody can."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(connection.dialect.identifier_preparer.format_table(table) for table in tables)
        connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def _clear(connection: Connection, tables: Sequence[Table], *, replace: bool) -> None:
    if replace:
        for table in reversed(tables):
            connection.execute(delete(table))
    elif any(connection.execute(select(table).limit(1)).first() is not None for table in tables):
        raise Conflict(
            "Something is kept here already.", "Add --replace to delete it and restore the backup instead."
        )


def _fill(connection: Connection, table: Table, lines: Lines) -> None:
    """Keep all rows of a table. What points at a row of the same table is set once all of them are there."""
    columns = [table.c[name] for name in _columns(table)]
    pointing = _pointing_at_itself(table)
    wanted, held = _Sum(), _Sum()
    batch: list[dict[str, Any]] = []
    size = 0
    for line in lines(table):
        wanted.add(line)
        batch.append(_row(line, columns) | dict.fromkeys(pointing))
        size += len(line)
        if size >= _BYTES_AT_ONCE:
            connection.execute(insert(table), batch)
            batch, size = [], 0
    if batch:
        connection.execute(insert(table), batch)
    for line in lines(table) if pointing else ():
        row = _row(line, columns)
        if any(row[name] is not None for name in pointing):
            itself = [column == row[column.name] for column in table.primary_key.columns]
            connection.execute(update(table).where(*itself).values({name: row[name] for name in pointing}))
    for line in _dumped(connection, table):
        held.add(line)
    if (wanted.count, wanted.value) != (held.count, held.value):
        raise StoreError("The database did not keep what was restored.", "Nothing was changed. Report it.")


def _pointing_at_itself(table: Table) -> tuple[str, ...]:
    keys = [key for key in table.foreign_key_constraints if key.referred_table is table]
    return tuple(column.name for key in keys for column in key.columns if column.nullable)


def _go_on_counting(connection: Connection, tables: Iterable[Table]) -> None:
    """Let sequences of PostgreSQL go on after the numbers that were restored; SQLite sees to that itself."""
    for table in tables:
        for column in table.primary_key.columns:
            name = func.pg_get_serial_sequence(table.name, column.name)
            sequence = connection.execute(select(name)).scalar()
            if sequence is not None:
                last = connection.execute(select(func.max(column))).scalar()
                connection.execute(select(func.setval(sequence, last or 1, last is not None)))


def _strange() -> DocumentError:
    return DocumentError(
        "This backup does not hold what one of Inroad does.", "Nothing was changed. Use another backup."
    )
