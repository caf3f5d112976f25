"""When the server is told to stop, what runs may end, and nobody else is let in."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.interface.conftest import ROOT

SLOW = """
import asyncio, pathlib, sys
import serving, settings
from serving import running
from tests.interface import fake_outreach
fake_outreach.install()
config = settings.Settings(environment="test", port=0, data_dir=sys.argv[1])
app = serving.build(config)

@app.get("/slow")
async def slow() -> str:
    print("begun", flush=True)
    while not pathlib.Path(sys.argv[1], "go").exists():
        await asyncio.sleep(0.02)
    return "done"

app.router.routes.insert(0, app.router.routes.pop())  # before the page, which takes all
running.LAST_DRAFTS_S = float(sys.argv[2])
running.run(app, config)
"""


class Slow:
    """A server that is busy with one request, until `go`."""

    def __init__(self, folder: Path, patience_s: float) -> None:
        self._folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", SLOW, str(folder), str(patience_s)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.at = self._line().split()[-1]
        self.answer: httpx.Response | None = None
        self.asking = threading.Thread(target=self._ask)
        self.asking.start()
        assert self._line() == "begun\n"

    def go(self) -> None:
        (self._folder / "go").touch()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def _ask(self) -> None:
        try:
            self.answer = httpx.get(f"{self.at}/slow", timeout=60)
        except httpx.HTTPError:
            self.answer = None


@pytest.fixture
def ended() -> Iterator[list[Slow]]:
    servers: list[Slow] = []
    yield servers
    for server in servers:
        server.process.kill()
        server.process.communicate()


def test_what_runs_gets_its_answer_and_nobody_else_is_let_in(tmp_path: Path, ended: list[Slow]) -> None:
    server = Slow(tmp_path, patience_s=60)
    ended.append(server)
    kept_open = httpx.Client(base_url=server.at)
    while kept_open.get("/health/ready").status_code != 200:
        continue  # the database is made first
    server.process.terminate()
    told = kept_open.get("/health/ready")
    while told.status_code == 200:
        told = kept_open.get("/health/ready")
    assert told.json()["reasons"] == ["The server is stopping."]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.at}/health/live")
    server.go()
    server.asking.join()
    assert server.answer is not None
    assert server.answer.json() == "done"
    kept_open.close()
    server.process.wait(timeout=60)


def test_what_never_ends_is_cut_off(tmp_path: Path, ended: list[Slow]) -> None:
    server = Slow(tmp_path, patience_s=0.1)
    ended.append(server)
    server.process.terminate()
    _, log = server.process.communicate(timeout=60)
    server.asking.join()
    assert server.answer is None or server.answer.status_code == 500
    assert "Traceback" not in log


def test_it_serves_on_when_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    reader, writer = os.pipe()
    os.close(reader)
    environment = {"INROAD_ENV": "test", "PORT": str(port), "INROAD_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "app.py"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=writer, stderr=writer)
    os.close(writer)
    try:
        answer = None
        while answer is None:
            time.sleep(0.2)
            assert server.poll() is None, "it ended, as its address could not be told"
            with contextlib.suppress(httpx.ConnectError):
                answer = httpx.get(f"http://127.0.0.1:{port}/health/live", timeout=30)
        assert answer.status_code == 200
    finally:
        server.terminate()
        server.wait(timeout=60)
