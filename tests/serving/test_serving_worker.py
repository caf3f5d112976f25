"""A worker does jobs and tells how it fares; what it has begun is never lost with it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel, SecretStr
from sqlalchemy import update

import background
import store
from background.handlers import handlers
from errors import SettingsError
from serving import worker
from settings import Environment, Settings
from store import Job, Store
from store.tables import jobs
from tests.store.conftest import address, empty_file, server, shared_database
from tests.waiting import until

__all__ = ["address", "empty_file", "server", "shared_database"]

ROOT = Path(__file__).parents[2]
ME = "me"


class Request(BaseModel):
    seconds: float = 0.0


# A worker whose jobs take as long as is asked for, and say who did them.
WORKER = """
import json, os, sys, time
import app
from background import handler
from errors import Cancelled
from serving import worker

@handler("test")
def slow(work):
    work.tell(by=os.getpid())
    ends = time.monotonic() + json.loads(work.job.request).get("seconds", 0.0)
    while time.monotonic() < ends:
        if work.cancelled():
            raise Cancelled
        time.sleep(0.05)
    return json.dumps(os.getpid())

worker.LAST_JOBS_S = 3.0
sys.exit(app.main(["work"]))
"""


class Worker:
    """A worker in a process of its own, and where it answers."""

    def __init__(self, address: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self.at = f"http://127.0.0.1:{port}"
        ours = {"INROAD_ENV": "test", "INROAD_LOG_FORMAT": "json", "PORT": port, "DATABASE_URL": address}
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            cwd=ROOT,
            env=os.environ | ours,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture
def kept(address: str) -> Store:
    return store.open_store(Settings(environment=Environment.TEST, database_url=SecretStr(address)))


@pytest.fixture
def started(address: str) -> Iterator[Callable[[], Worker]]:
    running: list[Worker] = []

    def start() -> Worker:
        running.append(Worker(address))
        return running[-1]

    yield start
    for each in running:
        each.process.kill()
        each.process.communicate()


def put(kept: Store, seconds: float = 0.0) -> Job:
    return background.put(kept, ME, "test", Request(seconds=seconds))


def once(kept: Store, id_: str, right: Callable[[Job], bool]) -> Job:
    """The job as soon as it is so."""
    return until(lambda: kept.jobs.load(ME, id_), right)


def begun_by(job: Job) -> int:
    return int(json.loads(job.progress).get("by", 0))


def test_one_killed_in_the_middle_of_a_job_is_taken_over_from_and_one_told_to_stop_gives_it_back(
    kept: Store, started: Callable[[], Worker]
) -> None:
    one, other = started(), started()
    processes = {each.process.pid: each for each in (one, other)}
    long, short = put(kept, seconds=60.0), put(kept)
    first = processes.pop(begun_by(once(kept, long.id, lambda job: begun_by(job) in processes)))
    once(kept, short.id, lambda job: job.state == "done")

    os.kill(first.process.pid, signal.SIGKILL)
    with kept._database.writing() as connection:  # a lease later
        connection.execute(update(jobs).values(alive_at=datetime.now(UTC) - timedelta(seconds=120)))
    [second] = processes.values()
    taken = once(kept, long.id, lambda job: begun_by(job) == second.process.pid)
    assert (taken.state, taken.tries) == ("running", 2)

    second.process.terminate()
    _, log = second.process.communicate(timeout=60)
    given = kept.jobs.load(ME, long.id)
    assert (given.state, given.tries) == ("queued", 1)
    for line in log.splitlines():
        assert json.loads(line)["level"] in ("INFO", "WARNING")


def test_it_says_that_it_lives_that_it_is_ready_and_what_waits(
    kept: Store, started: Callable[[], Worker]
) -> None:
    one = started()
    once(kept, put(kept).id, lambda job: job.state == "done")
    assert httpx.get(f"{one.at}/health/live").json() == {"status": "ok"}
    assert httpx.get(f"{one.at}/health/ready").json()["status"] == "ok"
    told = httpx.get(f"{one.at}/metrics").text
    assert 'inroad_jobs{state="queued"}' in told
    assert "inroad_jobs_oldest_waiting_seconds" in told
    assert {httpx.get(f"{one.at}{path}").status_code for path in ("/", "/api/v1/jobs", "/docs")} == {404}


def test_it_does_jobs_from_its_start_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(handlers(), "test", lambda work: json.dumps(work.job.person))
    settings = Settings(environment=Environment.TEST, data_dir=tmp_path)
    kept = store.open_store(settings)
    with TestClient(worker.build(settings)):
        assert once(kept, put(kept).id, lambda job: job.state == "done").result == f'"{ME}"'
    after = put(kept)
    time.sleep(0.2)
    assert kept.jobs.load(ME, after.id).state == "queued"


def test_it_loads_no_page() -> None:
    script = (
        "import sys, settings, serving.worker\n"
        "serving.worker.build(settings.load())\n"
        "print(*{'gradio', 'interface', 'pandas', 'chromadb', 'onnxruntime', 'pika'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_one_that_would_do_nothing_does_not_start() -> None:
    with pytest.raises(SettingsError, match="JOB_WORKERS=0"):
        worker.work(Settings(environment=Environment.TEST, job_workers=0))
