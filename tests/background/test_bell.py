"""A job that one process puts is begun by another at once; without the queue it is begun all the same."""

import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pika
import pytest
from pydantic import SecretStr

from background import Pool, bell
from background import pool as pooling
from background.bell import Bell
from settings import Settings
from store import Job, Store
from telemetry import metrics
from tests import rabbitmq_stand_in as rabbitmq
from tests.background.test_pool import ME, Handled, ended, patient, put
from tests.waiting import until

ROOT = Path(__file__).parents[2]

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with key.pem and cert.pem of a server called localhost."""
    folder = tmp_path_factory.mktemp("tls")
    for_localhost = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *for_localhost, *files]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def server_of_queues(certificate: Path) -> Iterator[rabbitmq.Server]:
    if reason := rabbitmq.why_not():
        pytest.skip(reason)
    with rabbitmq.Server(tls=certificate) as running:
        yield running


@pytest.fixture
def broker(server_of_queues: rabbitmq.Server) -> rabbitmq.Server:
    """A server without our queue."""
    with channel(server_of_queues) as opened:
        opened.queue_delete(bell.QUEUE)
    return server_of_queues


class channel:
    """A connection of our own to look into the queue with."""

    def __init__(self, broker: rabbitmq.Server) -> None:
        self._connection = pika.BlockingConnection(pika.URLParameters(broker.url()))

    def __enter__(self) -> Any:
        return self._connection.channel()

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def waiting(broker: rabbitmq.Server) -> tuple[int, int]:
    """How many messages wait in the queue, and how many listen to it."""
    with channel(broker) as opened:
        try:
            told = opened.queue_declare(bell.QUEUE, passive=True).method
        except pika.exceptions.ChannelClosedByBroker:  # nobody has made it yet
            return 0, 0
        return told.message_count, told.consumer_count


class Nobody:
    """Has no room."""

    def has_room(self) -> bool:
        return False

    def look(self) -> None:
        return


Ringing = Callable[[str], Bell]


@pytest.fixture
def ringing() -> Iterator[Ringing]:
    """Starts what only rings, as in a process with JOB_WORKERS=0."""
    started: list[Bell] = []

    def start(url: str) -> Bell:
        started.append(Bell(url, Nobody()))
        started[-1].start()
        return started[-1]

    yield start
    for each in started:
        each.stop(2.0)


Working = Callable[..., Pool]


@pytest.fixture
def working(settings: Settings) -> Iterator[Working]:
    """Starts pools that hear of jobs by a queue."""
    started: list[Pool] = []

    def start(url: str, workers: int = 2) -> Pool:
        queue = {"queue_url": SecretStr(url), "job_workers": workers}
        started.append(Pool(settings.model_copy(update=queue)))
        started[-1].start()
        return started[-1]

    yield start
    for each in started:
        each.stop(1.0)


def begun(kept: Store, id_: str) -> Job:
    return until(lambda: kept.jobs.load(ME, id_), lambda job: job.state == "running")


def from_elsewhere(kept: Store, by: Bell, number: int = 1) -> Job:
    """A job that no pool of this process is told of."""
    job = kept.jobs.put(ME, "test", json.dumps({"number": number}))
    by.ring(job.id)
    return job


@pytest.mark.usefixtures("no_looks")
def test_what_another_process_puts_is_begun_at_once(
    kept: Store, handled: Handled, broker: rabbitmq.Server, ringing: Ringing, working: Working
) -> None:
    handled(lambda work: "{}")
    working(broker.url())
    rings = ringing(broker.url())
    until(lambda: waiting(broker)[1] == 1)
    jobs = [from_elsewhere(kept, rings, n) for n in range(5)]
    assert {ended(kept, job.id).state for job in jobs} == {"done"}
    until(lambda: waiting(broker)[0] == 0)


@pytest.mark.usefixtures("no_looks")
def test_who_has_no_room_leaves_it_to_who_has(
    kept: Store, handled: Handled, broker: rabbitmq.Server, ringing: Ringing, working: Working
) -> None:
    handled(patient)
    rings = ringing(broker.url())
    full, also_full = working(broker.url(), 1), working(broker.url(), 1)
    until(lambda: waiting(broker)[1] == 2)
    first = [from_elsewhere(kept, rings, n) for n in range(2)]
    for job in first:
        begun(kept, job.id)
    assert {len(each._runs) for each in (full, also_full)} == {1}
    until(lambda: waiting(broker) == (0, 0))

    third = from_elsewhere(kept, rings)
    until(lambda: waiting(broker)[0] == 1)
    kept.jobs.cancel(ME, first[0].id)  # and there is room again
    begun(kept, third.id)


@pytest.mark.usefixtures("no_looks")
def test_what_one_gives_back_at_its_stop_another_begins_at_once(
    kept: Store, handled: Handled, broker: rabbitmq.Server, ringing: Ringing, working: Working
) -> None:
    handled(patient)
    rings, first = ringing(broker.url()), working(broker.url(), 1)
    until(lambda: waiting(broker)[1] == 1)
    job = from_elsewhere(kept, rings)
    begun(kept, job.id)
    second = working(broker.url(), 1)
    until(lambda: waiting(broker)[1] == 1)
    first.stop(2.0)
    until(lambda: job.id in kept.jobs.held(second.worker))
    assert kept.jobs.load(ME, job.id).tries == 1


@pytest.mark.usefixtures("no_looks")
def test_messages_that_are_not_ours_do_no_harm(
    kept: Store,
    handled: Handled,
    broker: rabbitmq.Server,
    ringing: Ringing,
    working: Working,
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = []
    handled(lambda work: done.append(work.job.id) or "{}")  # type: ignore[func-returns-value]
    working(broker.url())
    rings = ringing(broker.url())
    until(lambda: waiting(broker)[1] == 1)
    cancelled = kept.jobs.put(ME, "test", "{}")
    kept.jobs.cancel(ME, cancelled.id)
    job = from_elsewhere(kept, rings)
    with channel(broker) as opened:
        for body in (b"", b"\x00\xff" * 500_000, b'{"id": 1}', b"not an id"):
            opened.basic_publish("", bell.QUEUE, body, pika.BasicProperties(headers={"x": [1, {"y": None}]}))
    for id_ in (job.id, job.id, cancelled.id, "0" * 32, "", "ü" * 60):
        rings.ring(id_)
    assert ended(kept, job.id).state == "done"
    until(lambda: waiting(broker)[0] == 0)
    assert done == [job.id]
    assert caplog.records == []


def test_what_passes_the_queue_is_an_id_and_is_gone_after_a_minute(
    kept: Store, broker: rabbitmq.Server, working: Working
) -> None:
    working(broker.url(), 0)  # as where a page is served and workers do the jobs
    until(lambda: metrics.REGISTRY.get_sample_value("inroad_queue_connected", {"queue": bell.QUEUE}) == 1)
    job = put(kept, 4711)
    until(lambda: waiting(broker)[0] == 1)
    with channel(broker) as opened:
        _, properties, body = opened.basic_get(bell.QUEUE, auto_ack=True)
    assert (properties.message_id, body) == (job.id, b"")
    assert {value for value in vars(properties).values() if value is not None} == {job.id}
    assert bell.ARGUMENTS["x-message-ttl"] == 60_000
    assert kept.jobs.load(ME, job.id).state == "queued"


@on_postgresql
@pytest.mark.usefixtures("no_looks")
def test_the_queue_gone_and_back(
    kept: Store,
    handled: Handled,
    broker: rabbitmq.Server,
    ringing: Ringing,
    working: Working,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO, "background")
    monkeypatch.setattr(bell, "_LATEST_S", 1.0)
    handled(lambda work: "{}")
    rings = ringing(broker.url())
    working(broker.url())
    until(lambda: waiting(broker)[1] == 1)
    with channel(broker) as opened:  # somebody deletes it
        opened.queue_delete(bell.QUEUE)
    until(lambda: "queue is back" in caplog.text)
    assert ended(kept, from_elsewhere(kept, rings).id).state == "done"

    caplog.clear()
    broker.kill()
    until(lambda: caplog.text.count("queue is away") == 2)
    jobs = [put(kept, n) for n in range(10)]
    assert {ended(kept, job.id).state for job in jobs} == {"done"}
    broker.start()
    until(lambda: caplog.text.count("queue is back") == 2)
    assert caplog.text.count("queue is away") == 2, "one line for each of the two"
    assert ended(kept, from_elsewhere(kept, rings).id).state == "done"


@on_sqlite
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nobody", "cannot be reached"),
        ("no such host", "cannot be reached"),
        ("one that never answers", "cannot be reached"),
        ("wrong password", "name or password is not accepted"),
        ("no such virtual host", "no such virtual host"),
        ("a certificate of nobody known", "SSLCertVerificationError"),
        ("another kind of queue", "does not give us the queue"),
    ],
)
def test_without_the_queue_jobs_are_put_and_done_and_one_line_says_why(
    url: str,
    why: str,
    kept: Store,
    handled: Handled,
    request: pytest.FixtureRequest,
    working: Working,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bell, "_SOONEST_S", 0.1)
    monkeypatch.setattr(bell, "_LATEST_S", 0.1)
    if url == "one that never answers":
        monkeypatch.setattr(bell, "_CONNECT_S", 0.5)
    monkeypatch.setattr(pooling, "IDLE_LOOK_S", 0.05)
    handled(lambda work: "{}")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        here = f"amqp://inroad:hush@127.0.0.1:{silent.getsockname()[1]}/"
        addresses = {
            "nobody": "amqp://inroad:hush@127.0.0.1:1/",
            "no such host": "amqp://inroad:hush@nowhere.invalid/",
            "one that never answers": here,
        }
        if (address := addresses.get(url)) is None:
            broker: rabbitmq.Server = request.getfixturevalue("broker")
            address = {
                "wrong password": broker.url(password="hush"),
                "no such virtual host": broker.url(vhost="hush"),
                "a certificate of nobody known": broker.tls_url(),
                "another kind of queue": broker.url(),
            }[url]
            if url == "another kind of queue":
                with channel(broker) as opened:
                    opened.queue_declare(bell.QUEUE, durable=False)
        working(address)
        jobs = [put(kept, n) for n in range(10)]
        elsewhere = kept.jobs.put(ME, "test", "{}")
        assert {ended(kept, job.id).state for job in (*jobs, elsewhere)} == {"done"}
        until(lambda: why in caplog.text)
        time.sleep(0.5)  # some more tries
        assert len(caplog.records) == 1
        assert "hush" not in caplog.text
        assert rabbitmq.QUOTED not in caplog.text


@on_sqlite
@pytest.mark.usefixtures("no_looks")
def test_by_tls_where_the_certificate_is_known(
    kept: Store,
    handled: Handled,
    broker: rabbitmq.Server,
    certificate: Path,
    ringing: Ringing,
    working: Working,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    handled(lambda work: "{}")
    working(broker.tls_url())
    rings = ringing(broker.tls_url())
    until(lambda: waiting(broker)[1] == 1)
    assert ended(kept, from_elsewhere(kept, rings).id).state == "done"


# A worker that looks by itself once an hour, and says who it is.
WORKER = """
import os, sys, threading
import settings
from background import Pool, handler, pool

@handler("test")
def test(work):
    return str(os.getpid())

pool.IDLE_LOOK_S = 3600.0
running = Pool(settings.load())
running.start()
sys.stdin.read()
running.stop()
"""


@on_postgresql
@pytest.mark.usefixtures("no_looks")
def test_from_one_process_to_two_others(
    address: str, kept: Store, broker: rabbitmq.Server, working: Working
) -> None:
    ours = {"DATABASE_URL": address, "QUEUE_URL": broker.url(), "JOB_WORKERS": "1", "INROAD_ENV": "test"}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER], cwd=ROOT, env=os.environ | ours, stdin=subprocess.PIPE
        )
        for _ in range(2)
    ]
    try:
        until(lambda: waiting(broker)[1] == 2)
        working(broker.url(), 0)
        until(lambda: metrics.REGISTRY.get_sample_value("inroad_queue_connected", {"queue": bell.QUEUE}) == 1)
        by = {ended(kept, put(kept, n).id).result for n in range(12)}
        assert by == {str(worker.pid) for worker in workers}
    finally:
        for worker in workers:
            worker.communicate(timeout=60)


def test_who_rings_never_waits_and_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    rings = Bell("amqp://127.0.0.1:1/", Nobody())

    def ring() -> None:
        for _ in range(10_000):
            rings.ring("a")

    threads = [threading.Thread(target=ring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # and nobody sends any of it
    assert len(rings._unsent) <= 100
