"""One database: opening it, bringing its tables up to date, and transactions that say why they failed.

SQLite runs with a write-ahead log, so that readers never wait, and syncs it at each commit, so that what was
acknowledged survives a power cut. Every write takes the one write lock first; in PostgreSQL, the lock of the
row it works on.
"""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, TimeoutError
from sqlalchemy.pool import QueuePool

from errors import StoreError
from store.tables import HEAD, SINCE

log = logging.getLogger(__name__)

_BUSY_S = 10
_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x1_17_0A_D  # of migrations in PostgreSQL; any number that others do not use
_AGAIN = "Try again in a minute."
_UNCHANGED = "Nothing was changed."
_DOWN = StoreError("The database cannot be reached right now.", f"{_UNCHANGED} {_AGAIN}")
_FULL = StoreError("The disk of the database is full.", f"{_UNCHANGED} Make room and try again.")
_READ_ONLY = StoreError("The database cannot be written.", "Make its file or folder writable and try again.")
_BUSY = StoreError("The database is busy with another change.", f"{_UNCHANGED} {_AGAIN}")
_DAMAGED = StoreError("The file is no database, or is damaged.", "Restore it from a copy, or move it away.")
_NO_FILE = StoreError("The database file cannot be opened.", "Check that its folder exists and is yours.")
_NO_DISK = StoreError("The disk of the database cannot be read or written.", _UNCHANGED)
_REFUSED = StoreError("The database refuses this name or password.", "Check DATABASE_URL.")
_NOT_ALLOWED = StoreError(
    "This user of the database may not do that there.", "Let it own its database, or check DATABASE_URL."
)
_UNKNOWN = StoreError(
    "The database server has no database of that name.", "Create it, or check DATABASE_URL."
)

# The low byte of SQLite's codes, and the codes or classes of PostgreSQL's.
_SQLITE = {
    5: _BUSY,
    6: _BUSY,
    8: _READ_ONLY,
    10: _NO_DISK,
    11: _DAMAGED,
    13: _FULL,
    14: _NO_FILE,
    26: _DAMAGED,
}
_POSTGRESQL = {
    "53100": _FULL,
    "25006": _READ_ONLY,
    "42501": _NOT_ALLOWED,
    "55P03": _BUSY,
    "40": _BUSY,
    "28": _REFUSED,
    "3D": _UNKNOWN,
    "53": _BUSY,
    "57": _DOWN,
    "08": _DOWN,
}

# A server that refuses a connection says so in words only.
_AT_THE_DOOR = {
    re.compile('password authentication failed|role ".*" does not exist'): _REFUSED,
    re.compile('database ".*" does not exist'): _UNKNOWN,
}


class Database:
    """A pool of connections to one database whose tables are those of this program.

    Args:
        address: `sqlite:///file`, `postgresql://…` or `postgres://…`.
        revision: The migration that its tables should come from, where an older state is wanted; None leaves
            them as they are.

    Raises:
        StoreError: when it cannot be opened, or was made by a newer Inroad.
    """

    def __init__(self, address: str, revision: str | None = HEAD) -> None:
        self.url = _parsed(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            _make_file(self.url)
        engine = create_engine(self.url, hide_parameters=True, **({} if self.is_sqlite else _POOL))
        if self.is_sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite if self.is_sqlite else _begin_postgresql)
        self._engine = engine
        # A reader sees one moment of the database over all of its queries.
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reader = engine.execution_options(**level)
        self._writer = engine.execution_options(writes=True)
        self._bare = engine.execution_options(bare=True)  # without BEGIN, as a checkpoint is no transaction
        self._clear_log = False
        self._turn = threading.Lock()
        if revision is None:
            return
        try:
            self.migrate(revision)
        except StoreError:
            engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with _in_plain_words(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole when the block ends, and dropped whole when it raises."""
        with _in_plain_words(), self._in_turn(), self._writer.begin() as connection:
            yield connection
        if self._clear_log:
            self.forget()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One writer of this process after another where the database is SQLite.

        SQLite itself lets whoever waits look again now and then, so that one may wait long while others pass.
        """
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=_BUSY_S):
            raise _again(_BUSY)
        try:
            yield
        finally:
            self._turn.release()

    def forget(self) -> None:
        """Take what was deleted out of SQLite's write-ahead log too; PostgreSQL's server does so by itself.

        While another connection still reads the old state, the log cannot be cut; the next write tries again.
        """
        if not self.is_sqlite:
            return
        with _in_plain_words(), self._bare.connect() as connection:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        self._clear_log = bool(busy)

    def ping(self) -> None:
        """Ask for the version of the tables.

        Raises:
            StoreError: when the database is away, or another Inroad has changed its tables since.
        """
        with self.reading() as connection:
            if _revision(connection) != HEAD and not _serves_this(connection):
                raise StoreError(
                    "The database belongs to another version of Inroad.", "Restart with that one."
                )

    def revision(self) -> str:
        """The migration that its tables come from; empty for a new database."""
        with self.reading() as connection:
            return _revision(connection)

    def size(self) -> int:
        """Bytes of the whole database."""
        with self.reading() as connection:
            if not self.is_sqlite:
                return int(
                    connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
                )
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())

    def in_use(self) -> int:
        """Connections of this process that somebody holds."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    def close(self) -> None:
        self._engine.dispose()

    def migrate(self, revision: str = HEAD) -> str:
        """Bring the tables up to a migration, by default that of this program; returns the one before.

        Of several processes that do so at once, one does it, and the others find it done. Tables of a newer
        Inroad that this one works with stay as they are.

        Raises:
            StoreError: when it cannot be done; then all is as it was before.
        """
        with self.reading() as connection:
            found = _revision(connection)
            if found == revision or _serves_this(connection):
                return found
        from alembic import command  # needed once a version, so it loads only then

        config = _migrations()
        if found and found not in revisions():
            raise StoreError(
                "The database was made by a newer Inroad.", "Update Inroad, or choose another database."
            )
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            found = _revision(connection)
            if _serves_this(connection):
                return found
            config.attributes["connection"] = connection
            with _as_migration(found, revision):
                command.upgrade(config, revision)
                _remember_since(connection)
        return found


def passes(error: StoreError) -> bool:
    """Whether waiting may help: the database is away, or busy with another change."""
    return error.message in (_DOWN.message, _BUSY.message)


def revisions() -> frozenset[str]:
    """The migrations that this program knows."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory.from_config(_migrations()).walk_revisions()
    return frozenset(script.revision for script in found)


def _migrations() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def _parsed(address: str) -> URL:
    advice = "Use sqlite:///file or postgresql://user:password@host/name."
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError("DATABASE_URL is no address of a database.", advice) from None
    backend = url.get_backend_name()
    if backend in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError("DATABASE_URL names a kind of database that Inroad does not use.", advice)
    if not url.database or url.database == ":memory:":
        raise StoreError("DATABASE_URL names no file.", advice)
    return url.set(drivername="sqlite")


_POOL: dict[str, Any] = {
    "pool_pre_ping": True,
    "pool_recycle": 1800,
    "connect_args": {"connect_timeout": 5, "application_name": "inroad"},
}


def _make_file(url: URL) -> None:
    """An empty file that only this user can read, as résumés go into it."""
    path = Path(url.database or "")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError:
        raise _again(_NO_FILE) from None


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # so that BEGIN is ours
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_S * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA synchronous = FULL")
    if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("bare"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_BUSY_S}s'")


def _revision(connection: Connection) -> str:
    """The migration the tables come from; empty for a new database."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _remember_since(connection: Connection) -> None:
    """Say, to the programs before this one, which of them still work with these tables.

    It is no table of a migration, as Alembic's own is none: older programs must find it whatever came since.
    """
    connection.execute(text("CREATE TABLE IF NOT EXISTS works_since (revision VARCHAR(32) NOT NULL)"))
    connection.execute(text("DELETE FROM works_since"))
    connection.execute(text("INSERT INTO works_since VALUES (:since)"), {"since": SINCE})


def _serves_this(connection: Connection) -> bool:
    """Whether these are tables of a newer Inroad that this one works with; migrations have rising numbers."""
    if _revision(connection) <= HEAD or not inspect(connection).has_table("works_since"):
        return False
    since = connection.execute(text("SELECT revision FROM works_since")).scalar()
    return since is not None and str(since) <= HEAD


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """What a driver reports, as a `StoreError` that names neither statement nor values."""
    try:
        yield
    except TimeoutError:
        raise _again(_BUSY) from None
    except DBAPIError as error:
        plain = _plain(error)
        log.warning("database: %s, %s: %s", type(error.orig).__name__, _code(error), plain.message)
        raise plain from None


@contextmanager
def _as_migration(before: str, after: str) -> Iterator[None]:
    """Whatever stops a migration, as a `StoreError` that names it; what passes, as what it is."""
    try:
        with _in_plain_words():
            yield
    except Exception as error:
        if isinstance(error, StoreError) and passes(error):
            raise
        why = error.message if isinstance(error, StoreError) else f"{type(error).__name__}."
        raise StoreError(
            f"The migration of the database from {before or 'nothing'} to {after} failed: {why}",
            f"{_UNCHANGED} Go on with the Inroad you had, and report it.",
        ) from error


def _code(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")


def _plain(error: DBAPIError) -> StoreError:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(number, int) and number & 0xFF in _SQLITE:
        return _again(_SQLITE[number & 0xFF])
    state = getattr(error.orig, "sqlstate", None) or ""
    known = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]) if state else None
    if known:
        return _again(known)
    for words, refusal in _AT_THE_DOOR.items() if not state else ():
        if words.search(str(error.orig)):
            return _again(refusal)
    if number is None and (error.connection_invalidated or isinstance(error, OperationalError)):
        return _again(_DOWN)
    return StoreError("The database refused this change.", f"{_UNCHANGED} Please report it.")


def _again(error: StoreError) -> StoreError:
    """A fresh copy, as a raised error keeps its traceback."""
    return StoreError(error.message, error.advice)
