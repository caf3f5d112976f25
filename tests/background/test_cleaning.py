"""What has had its time goes; what has not stays."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import background
import outreach
from background import cleaning
from background import pool as pooling
from errors import NotFound, StoreError
from settings import Settings
from store import Store
from store.tables import answered, jobs

ME = "me"


@pytest.fixture
def old(kept: Store) -> str:
    """A job that ended, and a call that was answered, long ago; returns the job's id."""
    job = kept.jobs.put(ME, "test", "{}")
    kept.jobs.cancel(ME, job.id)
    kept.answered.begin(ME, "key", "a" * 64)
    with kept._database.writing() as connection:
        moment = datetime.now(UTC) - timedelta(days=30)
        connection.execute(update(jobs).values(finished_at=moment))
        connection.execute(update(answered).values(created_at=moment))
    return job.id


def test_what_has_had_its_time_goes(kept: Store, settings: Settings, old: str) -> None:
    waiting = kept.jobs.put(ME, "test", "{}")
    cleaning.clean(kept, settings)
    with pytest.raises(NotFound):
        kept.jobs.load(ME, old)
    assert kept.jobs.load(ME, waiting.id).state == "queued"
    assert kept.answered.begin(ME, "key", "b" * 64) is None


def test_what_was_derived_from_a_profile_that_another_process_deleted_goes(
    kept: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {kept.create(ME, "one"), kept.create("somebody else", "two")}
    told: list[frozenset[str]] = []
    monkeypatch.setattr(outreach, "keep_only", lambda ids: told.append(ids) or len(told))  # type: ignore[func-returns-value]
    cleaning.clean(kept, settings)
    assert told == [there]


def test_uploads_that_nobody_read_go(kept: Store, settings: Settings, tmp_path: Path) -> None:
    config = settings.model_copy(update={"data_dir": tmp_path})
    sent = tmp_path / "uploads" / "sent" / "abc"
    sent.mkdir(parents=True)
    for name, age in (("left.pdf", 7200), ("new.pdf", 60)):
        (sent / name).write_bytes(b"%PDF")
        os.utime(sent / name, (time.time() - age,) * 2)
    (tmp_path / "inroad.txt").write_text("no upload")
    os.utime(tmp_path / "inroad.txt", (0, 0))
    cleaning.clean(kept, config)
    assert sorted(each.name for each in sent.iterdir()) == ["new.pdf"]
    assert (tmp_path / "inroad.txt").exists()


def test_a_database_that_is_down_is_cleaned_another_time(
    kept: Store, settings: Settings, old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> int:
        raise StoreError("The database cannot be reached right now.")

    with monkeypatch.context() as patched:
        patched.setattr(kept.answered, "purge", down)
        cleaning.clean(kept, settings)
    cleaning.clean(kept, settings)
    assert kept.answered.purge() == 0


def test_the_pool_cleans(kept: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned = threading.Event()
    monkeypatch.setattr(pooling, "_FIRST_CLEAN_S", 0.0)
    monkeypatch.setattr(pooling, "clean", lambda *_: cleaned.set())
    pool = background.Pool(settings)
    pool.start()
    assert cleaned.wait(60)
    pool.stop()
