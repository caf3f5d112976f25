"""What is asked for is done, once, and by whoever is there; what nobody wants any more is left."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr
from sqlalchemy import event

import background
import store
from background import Pool, Work
from background import pool as pooling
from errors import Cancelled, InroadError, StoreError
from settings import Environment, Settings
from store import Job, Store
from telemetry import metrics
from tests import postgres_stand_in as postgres
from tests.waiting import until

ME = "me"
Handled = Callable[[Callable[[Work], str]], None]


class Request(BaseModel):
    number: int = 0


def put(kept: Store, number: int = 1) -> Job:
    return background.put(kept, ME, "test", Request(number=number))


def ended(kept: Store, id_: str) -> Job:
    return until(lambda: kept.jobs.load(ME, id_), lambda job: job.finished_at is not None)


def patient(work: Work) -> str:
    """Goes on until told to stop."""
    while not work.ended.wait(0.02):
        pass
    raise Cancelled


@pytest.mark.usefixtures("no_looks")
def test_what_is_put_here_is_done_at_once(kept: Store, pool: Pool, handled: Handled) -> None:
    handled(lambda work: json.dumps({"twice": 2 * json.loads(work.job.request)["number"]}))
    jobs = [put(kept, n) for n in range(1, 6)]
    results = [json.loads(ended(kept, job.id).result or "") for job in jobs]
    assert results == [{"twice": 2 * n} for n in range(1, 6)]


def test_what_another_process_put_is_found(
    kept: Store, settings: Settings, handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooling, "IDLE_LOOK_S", 0.05)
    handled(lambda work: "{}")
    watching = Pool(settings)
    watching.start()
    job = kept.jobs.put(ME, "test", "{}")  # and no pool is told
    assert ended(kept, job.id).state == "done"
    watching.stop()


def test_so_many_at_a_time(kept: Store, pool: Pool, handled: Handled) -> None:
    lock, busy, peak = threading.Lock(), 0, 0

    def work(_: Work) -> str:
        nonlocal busy, peak
        with lock:
            busy += 1
            peak = max(peak, busy)
        time.sleep(0.05)
        with lock:
            busy -= 1
        return "{}"

    handled(work)
    for job in [put(kept) for _ in range(6)]:
        ended(kept, job.id)
    assert peak == 2


def test_two_processes_share_the_work_and_do_nothing_twice(
    kept: Store, settings: Settings, handled: Handled
) -> None:
    lock, done = threading.Lock(), []

    def work(work: Work) -> str:
        with lock:
            done.append(work.job.id)
        return "{}"

    handled(work)
    pools = [Pool(settings), Pool(settings)]
    ids = [kept.jobs.put(ME, "test", "{}").id for _ in range(15)]
    for each in pools:
        each.start()
    for id_ in ids:
        ended(kept, id_)
    for each in pools:
        each.stop()
    assert sorted(done) == sorted(ids)


def test_progress_is_told_while_it_goes_on(kept: Store, pool: Pool, handled: Handled) -> None:
    go = threading.Event()

    def work(work: Work) -> str:
        work.tell(done=1, total=2)
        go.wait(60)
        work.tell(done=2, total=2)
        return "{}"

    handled(work)
    job = put(kept)
    until(lambda: kept.jobs.load(ME, job.id), lambda job: job.progress == '{"done": 1, "total": 2}')
    assert metrics.REGISTRY.get_sample_value("inroad_jobs", {"state": "running"}) is not None
    go.set()
    assert ended(kept, job.id).progress == '{"done": 2, "total": 2}'


def test_what_is_cancelled_stops(kept: Store, pool: Pool, handled: Handled) -> None:
    stopped = threading.Event()

    def work(work: Work) -> str:
        try:
            return patient(work)
        finally:
            stopped.set()

    handled(work)
    job = put(kept)
    until(lambda: kept.jobs.load(ME, job.id), lambda job: job.state == "running")
    assert background.cancel(kept, ME, job.id).state == "cancelled"
    assert stopped.wait(60)
    other = put(kept)
    background.cancel(kept, ME, other.id)
    assert {kept.jobs.load(ME, each.id).state for each in (job, other)} == {"cancelled"}


def test_what_a_person_can_act_on_is_told_them(kept: Store, pool: Pool, handled: Handled) -> None:
    def work(_: Work) -> str:
        raise InroadError("There is nothing.", "Try another page.")

    handled(work)
    failed = ended(kept, put(kept).id)
    assert failed.state == "failed"
    told = json.loads(failed.problem or "")
    assert told == {"type": "inroad-error", "title": "There is nothing.", "detail": "Try another page."}


def test_a_fault_of_ours_is_told_without_its_words(
    kept: Store, pool: Pool, handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    def work(work: Work) -> str:
        raise ValueError(work.job.request)

    handled(work)
    failed = ended(kept, put(kept, 4711).id)
    assert json.loads(failed.problem or "")["type"] == "broken"
    assert "ValueError" in caplog.text
    assert "4711" not in caplog.text + (failed.problem or "")
    handled(lambda work: "{}")
    assert ended(kept, put(kept).id).state == "done"


def test_a_failure_of_the_database_is_tried_again(kept: Store, pool: Pool, handled: Handled) -> None:
    tries = []

    def work(work: Work) -> str:
        tries.append(work.job.tries)
        if len(tries) < 3:
            raise StoreError("The database cannot be reached right now.")
        return "{}"

    handled(work)
    assert ended(kept, put(kept).id).state == "done"
    assert tries == [1, 2, 3]


def test_one_that_fails_for_good_says_why(kept: Store, pool: Pool, handled: Handled) -> None:
    def work(_: Work) -> str:
        raise StoreError("The disk of the database is full.")

    handled(work)
    failed = ended(kept, put(kept).id)
    assert (failed.state, failed.tries) == ("failed", store.MOST_TRIES)
    assert "disk" in (failed.problem or "")


def test_what_was_done_is_told_when_the_database_is_back(
    kept: Store, pool: Pool, handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooling, "_REPORT_S", 0.05)
    down, done = threading.Event(), []
    finish = kept.jobs.finish

    def unreachable(*args: object, **kwargs: object) -> bool:
        if down.is_set():
            raise StoreError("The database cannot be reached right now.")
        return finish(*args, **kwargs)  # type: ignore[arg-type]

    def work(_: Work) -> str:
        done.append(1)
        return '"once"'

    handled(work)
    monkeypatch.setattr(kept.jobs, "finish", unreachable)
    down.set()
    job = put(kept)
    until(lambda: kept.jobs.load(ME, job.id), lambda job: bool(done))
    down.clear()
    assert ended(kept, job.id).result == '"once"'
    assert done == [1]


# --- stopping ------------------------------------------------------------------------------------------


def test_a_short_job_is_finished_when_the_pool_stops(
    kept: Store, settings: Settings, handled: Handled
) -> None:
    begun = threading.Event()

    def work(_: Work) -> str:
        begun.set()
        time.sleep(0.3)
        return "{}"

    handled(work)
    pool = Pool(settings)
    pool.start()
    job = put(kept)
    assert begun.wait(60)
    pool.stop()
    assert kept.jobs.load(ME, job.id).state == "done"


@pytest.mark.parametrize("heeds", [True, False])
def test_a_long_job_is_given_back_and_done_by_the_next(
    kept: Store, settings: Settings, handled: Handled, heeds: bool
) -> None:
    begun, never = threading.Event(), threading.Event()

    def work(work: Work) -> str:
        begun.set()
        if heeds:
            return patient(work)
        never.wait(60)
        return '"too late"'

    handled(work)
    pool = Pool(settings)
    pool.start()
    job = put(kept)
    assert begun.wait(60)
    pool.stop(0.3)  # a slow database hears of it when the pool waits no more
    waiting = until(lambda: kept.jobs.load(ME, job.id), lambda job: job.state != "running")
    assert (waiting.state, waiting.tries) == ("queued", 0)
    handled(lambda work: '"by the next"')
    second = Pool(settings)
    second.start()
    assert ended(kept, job.id).result == '"by the next"'
    never.set()
    second.stop()
    assert kept.jobs.load(ME, job.id).result == '"by the next"'


def test_a_database_that_hangs_holds_up_no_stop(
    kept: Store, settings: Settings, handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, back = threading.Event(), threading.Event()

    def work(_: Work) -> str:
        begun.set()
        back.wait(60)
        return "{}"

    handled(work)
    pool = Pool(settings)
    pool.start()
    put(kept)
    assert begun.wait(60)
    monkeypatch.setattr(kept.jobs, "give_back", lambda *_, **__: back.wait(60))
    stopped = threading.Thread(target=pool.stop, args=(0.3,))
    stopped.start()
    stopped.join(30)
    assert not stopped.is_alive()
    back.set()


def test_a_pool_makes_no_database(tmp_path: Path) -> None:
    config = Settings(environment=Environment.TEST, data_dir=tmp_path / "data")
    pool = Pool(config)
    pool.start()
    pool.stop()
    assert not store.is_there(config)


# --- outages -------------------------------------------------------------------------------------------


def test_the_database_gone_and_back(handled: Handled, monkeypatch: pytest.MonkeyPatch) -> None:
    if reason := postgres.why_not():
        pytest.skip(reason)
    monkeypatch.setattr(pooling, "_REPORT_S", 0.05)
    monkeypatch.setattr(pooling, "IDLE_LOOK_S", 0.05)
    go = threading.Event()

    def work(work: Work) -> str:
        go.wait(60)
        return work.job.request

    handled(work)
    with postgres.Server() as server:
        config = Settings(environment=Environment.TEST, database_url=SecretStr(server.database()))
        kept = store.open_store(config)
        pool = Pool(config)
        pool.start()
        jobs = [put(kept, n) for n in range(4)]
        until(lambda: kept.jobs.load(ME, jobs[0].id), lambda job: job.state == "running")
        server.stop("fast")
        go.set()
        with pytest.raises(StoreError):
            put(kept)
        server.start()
        assert [ended(kept, job.id).state for job in jobs] == ["done"] * 4
        pool.stop()
        kept.close()


def test_a_full_disk_and_room_again(
    tmp_path: Path, handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooling, "_REPORT_S", 0.05)
    config = Settings(environment=Environment.TEST, data_dir=tmp_path)
    kept = store.open_store(config)
    begun, go, done = threading.Event(), threading.Event(), []

    def work(_: Work) -> str:
        begun.set()
        go.wait(60)
        done.append(1)
        return json.dumps("a result that needs room " * 10_000)

    handled(work)
    pool = Pool(config)
    pool.start()
    job = put(kept)
    assert begun.wait(60)
    engine = kept._database._engine
    with kept._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def no_room(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "connect", no_room)
    engine.dispose()
    go.set()
    until(lambda: kept.jobs.load(ME, job.id), lambda _: bool(done))
    with pytest.raises(StoreError, match="full"):
        kept.jobs.put(ME, "test", json.dumps("b" * 100_000))
    assert kept.jobs.load(ME, job.id).state == "running"
    event.remove(engine, "connect", no_room)
    engine.dispose()
    assert ended(kept, job.id).state == "done"
    assert done == [1]
    pool.stop()
    kept.close()
