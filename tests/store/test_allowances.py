"""The books of model accounts: one for all processes of a database."""

import subprocess
import sys
from pathlib import Path

import pytest

import store
from settings import Environment, Settings
from store import Store

ROOT = Path(__file__).parents[2]
COUNT = """
import sys, store
kept = store.Store(sys.argv[1])
for _ in range(20):
    kept.change_allowance("a", lambda text: str(int(text or 0) + 1))
"""


def read(kept: Store, account: str = "a") -> str:
    seen = []

    def look(book: str) -> str:
        seen.append(book)
        return book

    kept.change_allowance(account, look)
    return seen[0]


def test_a_book_is_empty_at_first_and_then_what_it_was_made(new_address: str) -> None:
    kept = Store(new_address)
    assert read(kept) == ""
    kept.change_allowance("a", lambda book: book + "one")
    kept.change_allowance("a", lambda book: book + ", two")
    assert (read(kept), read(kept, "b")) == ("one, two", "")
    kept.close()


def test_a_change_that_fails_changes_nothing(new_address: str) -> None:
    kept = Store(new_address)
    kept.change_allowance("a", lambda _: "one")
    with pytest.raises(ZeroDivisionError):
        kept.change_allowance("a", lambda _: str(1 // 0))
    assert read(kept) == "one"
    kept.close()


def test_processes_do_not_undo_each_others_changes(new_address: str) -> None:
    Store(new_address).close()
    running = [subprocess.Popen([sys.executable, "-c", COUNT, new_address], cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0] * 3
    kept = Store(new_address)
    assert read(kept) == "60"
    kept.close()


def test_asking_whether_there_is_a_database_makes_none(tmp_path: Path) -> None:
    config = Settings(environment=Environment.TEST, data_dir=tmp_path)
    assert not store.is_there(config)
    store.Allowances(config).change_allowance("a", lambda _: "one")
    assert store.is_there(config)
