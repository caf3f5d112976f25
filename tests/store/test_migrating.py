"""A database is brought up to date once, by whoever is first, also where it comes up late."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import sqlalchemy

from errors import StoreError
from store.database import Database
from store.migrating import Moved, migrate
from store.tables import HEAD, metadata
from tests import postgres_stand_in as postgres

OLDER = "0002"


@pytest.fixture
def told() -> list[str]:
    return []


def test_a_new_database_and_one_that_is_up_to_date(new_address: str, told: list[str]) -> None:
    assert migrate(new_address, 0, told.append) == Moved("", HEAD)
    assert migrate(new_address, 0, told.append) == Moved(HEAD, HEAD)
    assert told == []


def test_an_older_database(new_address: str, told: list[str]) -> None:
    Database(new_address, OLDER).close()
    assert migrate(new_address, 0, told.append) == Moved(OLDER, HEAD)


def test_one_of_a_newer_inroad_that_only_added_stays_as_it_is(new_address: str, told: list[str]) -> None:
    database = Database(new_address)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert migrate(new_address, 0, told.append) == Moved("9999", "9999")


def test_of_many_at_once_one_does_it_and_the_others_find_it_done(new_address: str, told: list[str]) -> None:
    Database(new_address, OLDER).close()
    with ThreadPoolExecutor(4) as pool:
        moved = list(pool.map(lambda _: migrate(new_address, 30, told.append), range(4)))
    assert sorted(each.before for each in moved) == [OLDER, HEAD, HEAD, HEAD]


def test_who_is_second_waits_for_the_first(
    server: postgres.Server, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database._BUSY_S", 1)
    address = server.database()
    with psycopg.connect(address) as first, ThreadPoolExecutor(1) as pool:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [0x1_17_0A_D])
        with pytest.raises(StoreError, match="busy"):
            migrate(address, 0, told.append)
        second = pool.submit(migrate, address, 30, told.append)
        while not told:
            assert not second.done()
        first.rollback()
        assert second.result() == Moved("", HEAD)
    assert "busy" in told[0]


def test_a_migration_that_fails_changes_nothing_and_is_named(new_address: str, told: list[str]) -> None:
    old = Database(new_address, OLDER)
    with old.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE jobs (id INTEGER)")  # which the next migration makes
    with pytest.raises(StoreError, match=f"from {OLDER} to {HEAD} failed") as failure:
        migrate(new_address, 30, told.append)
    assert "Nothing was changed" in failure.value.advice
    assert told == []  # waiting would not help
    with old.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == OLDER
        tables = set(sqlalchemy.inspect(connection).get_table_names())
    old.close()
    assert tables & set(metadata.tables) < set(metadata.tables)
    assert "drafts" not in tables


def test_a_fault_in_a_migration_is_said_like_any_other_failure(
    new_address: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise AttributeError("op.creat_table")

    monkeypatch.setattr("alembic.command.upgrade", broken)
    with pytest.raises(StoreError, match=f"from nothing to {HEAD} failed: AttributeError"):
        migrate(new_address, 0, told.append)


def test_a_database_that_comes_up_late_is_waited_for(told: list[str]) -> None:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.Server() as server:
        address = server.database()
        server.stop("fast")
        up = threading.Timer(1.5, server.start)
        up.start()
        assert migrate(address, 30, told.append) == Moved("", HEAD)
        up.join()
    assert told == ["The database cannot be reached right now. Waiting 30 seconds for it at most."]


@pytest.mark.parametrize(
    ("wait", "says"), [(0, "With --wait SECONDS it is waited for"), (1, "after 1 seconds")]
)
def test_one_that_does_not_come_up_is_given_up(wait: float, says: str, told: list[str]) -> None:
    with pytest.raises(StoreError, match=says) as failure:
        migrate("postgresql://ada:secret@localhost:1/x", wait, told.append)
    assert "secret" not in f"{failure.value} {told}"
    assert len(told) == bool(wait)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda server: server.address("nowhere"), "no database of that name"),
        (lambda server: server.database().replace("inroad@", "ada:secret@"), "refuses this name or password"),
    ],
)
def test_what_waiting_cannot_mend_fails_at_once(
    server: postgres.Server, wrong: Callable[[postgres.Server], str], says: str, told: list[str]
) -> None:
    with pytest.raises(StoreError, match=says):
        migrate(wrong(server), 30, told.append)
    assert told == []


def test_a_user_who_may_not_make_tables_is_told_so(server: postgres.Server, told: list[str]) -> None:
    address = server.database()
    with psycopg.connect(address) as owner:
        owner.execute("DROP ROLE IF EXISTS guest")
        owner.execute("CREATE ROLE guest LOGIN")
        owner.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    with pytest.raises(StoreError, match="may not do that there"):
        migrate(address.replace("inroad@", "guest@"), 0, told.append)


def test_a_file_that_cannot_be_made(tmp_path: Path, told: list[str]) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        migrate(f"sqlite:///{tmp_path / 'data' / 'inroad.sqlite'}", 30, told.append)
