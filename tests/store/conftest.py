"""Every test of the store runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import store
from tests import postgres_stand_in as postgres

BOTH = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.Server() as running:
        yield running


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("empty") / "inroad.sqlite"
    store.Store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def shared_database(server: postgres.Server) -> str:
    """A PostgreSQL database with the tables, emptied for each test."""
    address = server.database()
    store.Store(address).close()
    return address


@pytest.fixture(params=BOTH)
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inroad.sqlite'}"
    server: postgres.Server = request.getfixturevalue("server")
    return server.database()


@pytest.fixture(params=BOTH)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the tables and nothing in them."""
    if request.param == "sqlite":
        path = tmp_path / "inroad.sqlite"
        shutil.copyfile(request.getfixturevalue("empty_file"), path)
        return f"sqlite:///{path}"
    shared: str = request.getfixturevalue("shared_database")
    with psycopg.connect(shared) as connection:
        for table in (
            "people",
            "allowances",
            "attempts",
            "codes",
            "backups",
        ):  # all else goes with its person
            connection.execute(f"DELETE FROM {table}")
    return shared


@pytest.fixture
def kept(address: str) -> Iterator[store.Store]:
    """An open store with nothing in it."""
    opened = store.Store(address)
    yield opened
    opened.close()
