"""Seconds from a job's being put until a worker begins it, with RabbitMQ as the bell and without.

    python -m benchmarks.bell [--workers 2] [--jobs 12]

Each way runs workers in processes of their own (`python app.py work`) on one PostgreSQL, puts jobs one by one
at random moments while nothing else is to be done, and then leaves the workers idle: transactions are those
that the database has counted meanwhile, processor time is that of all workers. Baselines are looking every
5 seconds, as without QUEUE_URL, and looking as often as it takes to begin about as soon as with the bell.
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from pydantic import SecretStr

import background
import calls
import store
from background.bell import QUEUE
from benchmarks.serving import cpu_seconds, wait_for
from settings import Environment, Settings
from telemetry.metrics import REGISTRY
from tests import postgres_stand_in as postgres
from tests import rabbitmq_stand_in as rabbitmq

IDLE_S = 20.0
ME = "me"
_WORKER = """
import os, sys
import app
from background import pool
pool.IDLE_LOOK_S = float(os.environ["BENCH_LOOK_S"])
sys.exit(app.main(["work"]))
"""
_TEXT = "Platform Engineer\n\nWhat we ask for\n- Kubernetes\n- Python\n"


@dataclass
class Seen:
    """What one way took."""

    begun_s: list[float] = field(default_factory=list)
    put_s: list[float] = field(default_factory=list)
    queries: float = 0.0
    cpu: float = 0.0


@contextmanager
def workers(count: int, look_s: float, **environment: str) -> Iterator[list[int]]:
    """So many workers that are ready; yields their process ids."""
    started, ports = [], []
    for _ in range(count):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
        ours = {"PORT": str(ports[-1]), "BENCH_LOOK_S": str(look_s), "INROAD_ENV": "test"}
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", _WORKER],
                env=os.environ | ours | environment,
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("BENCH_LOUD") else subprocess.DEVNULL,
            )
        )
    try:
        for port, process in zip(ports, started, strict=True):
            wait_for(f"http://127.0.0.1:{port}/health/ready", process)
        yield [process.pid for process in started]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=30)


def one(kept: store.Store, look: "psycopg.Connection[tuple[str]]", number: int) -> tuple[float, float]:
    """Seconds until a job was put, and from then until it was begun; returns once it is done."""
    before = time.monotonic()
    job = background.put(kept, ME, "read", calls.Read(text=f"{_TEXT}- {number}\n"))
    put, begun = time.monotonic(), 0.0
    while True:
        row = look.execute("SELECT state FROM jobs WHERE id = %s", (job.id,)).fetchone()
        if row and row[0] != "queued" and not begun:
            begun = time.monotonic()
        if row and row[0] in ("done", "failed"):
            assert row[0] == "done"
            return put - before, begun - put
        time.sleep(0.002)


def measured(address: str, options: argparse.Namespace, look_s: float, queue: str | None) -> Seen:
    """Put jobs, then leave the workers idle."""
    seen, chance = Seen(), random.Random(1)
    named = {"DATABASE_URL": address} | ({"QUEUE_URL": queue} if queue else {})
    config = Settings(
        environment=Environment.TEST,
        database_url=SecretStr(address),
        queue_url=SecretStr(queue) if queue else None,
        job_workers=0,
    )
    kept = store.open_store(config)
    with ExitStack() as stack:
        pids = stack.enter_context(workers(options.workers, look_s, **named))
        web = background.Pool(config)  # as where the page is served, and jobs are left to workers
        web.start()
        stack.callback(web.stop)
        ends = time.monotonic() + 5.0
        while queue and not _is_connected() and time.monotonic() < ends:
            time.sleep(0.05)
        look = stack.enter_context(psycopg.connect(address, autocommit=True))
        for number in range(2 * options.workers):
            one(kept, look, number)  # what loads with a first job
        for number in range(options.jobs):
            time.sleep(chance.uniform(0.2, 5.2))  # any moment between two looks
            put, begun = one(kept, look, number)
            seen.put_s.append(put)
            seen.begun_s.append(begun)
        web.stop()
        look.close()
        time.sleep(11.0)  # what a connection has done is counted within 10 seconds
        with psycopg.connect(address, autocommit=True) as counts:
            before, cpu = _transactions(counts), sum(map(cpu_seconds, pids))
            time.sleep(IDLE_S)
            seen.queries = (_transactions(counts) - before) / IDLE_S
            seen.cpu = (sum(map(cpu_seconds, pids)) - cpu) / IDLE_S
    return seen


def _is_connected() -> bool:
    return bool(REGISTRY.get_sample_value("inroad_queue_connected", {"queue": QUEUE}))


def _transactions(look: "psycopg.Connection[tuple[str]]") -> int:
    query = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
    row = look.execute(query).fetchone()
    assert row
    return int(row[0])


def main() -> int:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(prog="benchmarks.bell", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=12)
    options = parser.parse_args()
    if reason := postgres.why_not() or rabbitmq.why_not():
        print(f"not measured: {reason}")
        return 0
    print(f"{options.workers} workers, {options.jobs} jobs; idle for {IDLE_S:.0f} s")
    with postgres.Server(durable=True) as database, rabbitmq.Server() as broker:
        ways: list[tuple[str, float, str | None]] = [
            ("looking every 5 s", 5.0, None),
            ("looking every 20 ms", 0.02, None),
            ("rung by RabbitMQ", 5.0, broker.url()),
            ("RabbitMQ is away", 5.0, "amqp://127.0.0.1:1/"),
        ]
        for name, look_s, queue in ways:
            seen = measured(database.database(), options, look_s, queue)
            cuts = statistics.quantiles(seen.begun_s, n=20, method="inclusive")
            print(
                f"  {name:<20} begun after p50 {1000 * cuts[9]:5.0f} ms, p95 {1000 * cuts[18]:5.0f} ms; "
                f"put in {1000 * statistics.median(seen.put_s):.1f} ms; idle: {seen.queries:5.1f} "
                f"transactions/s, {seen.cpu:.1%} of a processor"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
