"""Several workers match the evidence of one database: with one index on a Chroma server, or each its own."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

import background
import calls
import outreach
import store
from settings import ROOT, Environment, Settings
from store import Begin, Store
from tests.matching.test_matching_server import Running, running
from tests.store.conftest import address, empty_file, server, shared_database
from tests.waiting import until

__all__ = ["address", "empty_file", "server", "shared_database"]

ME = "me"
RESUME = b"""Ada Example

Experience
Platform engineer, Northwind, 2019 - 2024
- Moved 14 services to Kubernetes and cut deploy time from 40 to 6 minutes.
- Wrote the billing service in Python and PostgreSQL.
- Taught 6 colleagues to write tests.
"""
POSTING = outreach.SAMPLES[0].url
COLLECTIONS = "api/v2/tenants/default_tenant/databases/default_database/collections"

pytestmark = [
    pytest.mark.parametrize("address", ["postgresql"], indirect=True),
    pytest.mark.skipif(
        not (ROOT / "models" / "minilm-int8" / "manifest.json").exists(), reason="make model builds it"
    ),
]


@pytest.fixture
def kept(address: str) -> Store:
    return store.open_store(Settings(environment=Environment.TEST, database_url=SecretStr(address)))


@pytest.fixture
def working(address: str, tmp_path: Path) -> Iterator[Callable[..., "Worker"]]:
    started: list[Worker] = []

    def start(name: str, **environment: str) -> Worker:
        started.append(Worker(tmp_path / name, DATABASE_URL=address, **environment))
        return started[-1]

    yield start
    for each in started:
        each.stop()


chroma = pytest.fixture(name="chroma")(running)


class Worker:
    """`python app.py work` with a folder of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        ours = {"INROAD_ENV": "test", "PORT": port, "INROAD_DATA_DIR": str(folder), **environment}
        self._process = subprocess.Popen(
            [sys.executable, "app.py", "work"],
            cwd=ROOT,
            env=os.environ | ours,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=60)


def evidence(kept: Store) -> str:
    """A kept profile."""
    document, profile = outreach.read_evidence("cv.txt", RESUME)
    return kept.add(ME, Begin(label="CV"), document, profile).profile_id


def drafted(kept: Store, profile: str) -> list[dict[str, Any]]:
    """What a worker wrote, sentence by sentence with what each rests on."""
    posting = outreach.read(POSTING).postings[0]
    wanted = {"opening": {"posting": posting}, "sender": {"profile": profile}, "keep": False}
    job = background.put(kept, ME, "draft", calls.Write.model_validate(wanted))
    found = until(lambda: kept.jobs.load(ME, job.id), lambda found: found.finished_at is not None)
    assert found.state == "done", found.problem
    sentences: list[dict[str, Any]] = json.loads(found.result or "")["draft"]["sentences"]
    return sentences


def test_what_one_has_indexed_another_finds_on_the_server(
    kept: Store, chroma: Running, working: Callable[..., Worker]
) -> None:
    def held() -> list[tuple[str, int]]:
        found = httpx.get(f"{chroma.url}/{COLLECTIONS}").json()
        each = (
            (one["id"], httpx.get(f"{chroma.url}/{COLLECTIONS}/{one['id']}/count").json()) for one in found
        )
        return sorted(each)

    profile = evidence(kept)
    first = working("first", CHROMA_URL=chroma.url)
    text = drafted(kept, profile)
    [(collection, count)] = held()
    assert count >= 3
    first.stop()

    second = working("second", CHROMA_URL=chroma.url)
    assert drafted(kept, profile) == text
    assert held() == [(collection, count)], "nothing was indexed again"
    for each in (first, second):
        assert not (each.folder / "chroma").exists()


def test_each_builds_its_own_from_the_database_where_there_is_no_server(
    kept: Store, working: Callable[..., Worker]
) -> None:
    profile = evidence(kept)
    first = working("first")
    text = drafted(kept, profile)
    first.stop()
    second = working("second")
    assert drafted(kept, profile) == text
    for each in (first, second):
        assert (each.folder / "chroma" / "chroma" / "chroma.sqlite3").exists()
