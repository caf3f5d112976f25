"""The index on a Chroma server: a real one, started from the installed package."""

import contextlib
import logging
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest

import matching.chroma
from errors import StoreError
from matching.chroma import Server
from matching.index import Index
from tests.matching.vector_stand_ins import Hashing, direction, files_that_hold
from tests.waiting import until

TEXTS = {f"e{number}": f"moved {number} services" for number in range(1, 101)}
LINE = "moved 7 services"
CHROMA = str(Path(sys.executable).with_name("chroma"))


class Running:
    """A Chroma server of its own, over a folder, that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [CHROMA, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self._answers() or self._process.poll() is not None)
        if self._process.poll() is not None:
            pytest.skip("the Chroma server of the installed package does not start here")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5).close()
            return True
        return False

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=60)


def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A server for one test, for a fixture of whatever name."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    if not Path(CHROMA).exists():
        pytest.skip("the installed package has no Chroma server")
    begun = Running(tmp_path / "server")
    yield begun
    begun.stop()


server = pytest.fixture(name="server")(running)


def ask(index: Index, key: str = "person", version: str = "hashing") -> list[str]:
    """Match once, check the answer, and return which texts had to be embedded."""
    embedder = Hashing()
    embedder.version = version
    (near,) = index.similarities(TEXTS, [LINE], embedder, key=key)
    assert len(near) == 60
    assert near["e7"] == pytest.approx(1, abs=1e-5)
    return embedder.asked[1:]


def test_processes_share_what_the_server_holds(server: Running) -> None:
    assert len(ask(Index(Server(server.url)))) == 100
    other = Index(Server(server.url))
    assert ask(other) == []
    assert ask(other) == []
    assert len(ask(other, version="newer")) == 100
    server.stop()
    server.start()
    assert ask(Index(Server(server.url)), version="newer") == []


def test_what_another_process_changed_is_noticed_by_one_that_starts(server: Running) -> None:
    one, fewer = Index(Server(server.url)), dict(list(TEXTS.items())[:80])
    ask(one)
    other = Index(Server(server.url))
    other.similarities(fewer, [LINE], Hashing(), key="person")
    (near,) = other.similarities(fewer, [LINE], Hashing(), nearest=100, key="person")
    assert near.keys() == fewer.keys()
    # The first process does not know yet; it may not answer with what is gone, nor fail.
    ask(one)


def test_nothing_of_a_dropped_profile_is_left_on_the_server(server: Running) -> None:
    index = Index(Server(server.url))
    ask(index)
    ask(index, "another")
    assert files_that_hold(server.folder, direction("moved 8 services")), "the look is blind"
    index.drop("another")
    index.drop("person")
    index.drop("nobody")
    server.stop()
    for text in TEXTS.values():
        assert set(files_that_hold(server.folder, direction(text))) <= {"chroma.sqlite3"}
    # Free pages of its SQLite file may still hold some; whoever runs the server clears them.
    subprocess.run([CHROMA, "vacuum", "--path", str(server.folder), "--force"], check=True)
    for text in TEXTS.values():
        assert files_that_hold(server.folder, direction(text)) == []
        assert not any(text.encode() in p.read_bytes() for p in server.folder.rglob("*") if p.is_file())
    server.start()


def counting(monkeypatch: pytest.MonkeyPatch, reached: list[float]) -> None:
    """Note how long each try to reach a server would wait."""
    get = httpx.get

    def noted(url: str, *, timeout: float, **others: Any) -> httpx.Response:
        reached.append(timeout)
        return get(url, timeout=timeout, **others)

    monkeypatch.setattr(httpx, "get", noted)


def test_a_server_that_is_gone_costs_no_answer(
    server: Running, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(Server(server.url))
    ask(index)
    server.stop()
    reached: list[float] = []
    counting(monkeypatch, reached)
    with caplog.at_level(logging.WARNING):
        assert len(ask(index)) == 100
        tries = len(reached)
        for _ in range(20):
            assert ask(index) == []
    assert len(reached) == tries, "a server that is gone is asked again and again"
    assert [record.name for record in caplog.records] == ["matching.index"]
    server.start()
    monkeypatch.setattr(time, "monotonic", lambda later=time.monotonic: later() + 60)
    assert ask(index) == []
    assert index.is_kept("person")


def test_what_a_server_that_is_gone_could_not_delete_is_not_used_and_can_be_deleted_later(
    server: Running,
) -> None:
    index = Index(Server(server.url))
    ask(index)
    server.stop()
    with pytest.raises(StoreError):
        index.drop("person")
    server.start()
    assert len(ask(index)) == 100, "answers from this process, not from what was to be deleted"
    index.drop("person")
    assert not Index(Server(server.url)).is_kept("person")


def test_a_server_emptied_behind_our_back_is_filled_again(server: Running) -> None:
    index = Index(Server(server.url))
    ask(index)
    Index(Server(server.url)).drop("person")
    assert len(ask(index)) == 100
    assert index.is_kept("person")


class Silent(BaseHTTPRequestHandler):
    """A server that refuses, keeping the headers it got."""

    seen: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(401)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_the_token_goes_with_each_request_and_a_refusal_costs_no_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with HTTPServer(("127.0.0.1", 0), Silent) as refusing:
        threading.Thread(target=refusing.serve_forever, daemon=True).start()
        index = Index(Server(f"http://127.0.0.1:{refusing.server_port}", token="sesame"))
        assert len(ask(index)) == 100
        refusing.shutdown()
    assert Silent.seen[0]["x-chroma-token"] == "sesame"
    assert Silent.seen[0]["authorization"] == "Bearer sesame"
    assert "sesame" not in caplog.text


def test_a_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(matching.chroma, "REACH_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        index = Index(Server(f"http://127.0.0.1:{deaf.getsockname()[1]}"))
        reached: list[float] = []
        counting(monkeypatch, reached)
        assert len(ask(index)) == 100
    assert set(reached) == {0.3}
