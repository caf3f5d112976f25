"""The pool works on SQLite and on PostgreSQL, as the store does."""

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

import background
import store
from background import pool as pooling
from background.handlers import Work, handlers
from settings import Environment, Settings
from store import Store
from tests.store.conftest import address, empty_file, server, shared_database

__all__ = ["address", "empty_file", "server", "shared_database"]


@pytest.fixture
def settings(address: str) -> Settings:
    return Settings(environment=Environment.TEST, database_url=SecretStr(address), job_workers=2)


@pytest.fixture
def kept(settings: Settings) -> Store:
    return store.open_store(settings)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Work], str]], None]:
    """Makes a function do the jobs of the kind "test"."""
    return lambda function: monkeypatch.setitem(handlers(), "test", function)


@pytest.fixture
def no_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what wakes a pool wakes it."""
    monkeypatch.setattr(pooling, "IDLE_LOOK_S", 3600.0)


@pytest.fixture
def pool(settings: Settings) -> Iterator[background.Pool]:
    running = background.Pool(settings)
    running.start()
    yield running
    running.stop()
