"""Drafts as server-sent events: in order, to the end, and no further than somebody listens."""

import json
import socket
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

import calls
import outreach
from domain import Estimate
from errors import ModelError
from tests.api.conftest import PAGE, app_of, settings_of

WANTED = {"opening": {"url": PAGE}, "sender": {"sample": "job-seeker"}}


def events_of(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, each with its data."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_sentences_come_one_by_one_and_the_draft_last(stranger: TestClient) -> None:
    answer = stranger.post("/api/v1/drafts/stream", json=WANTED)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-accel-buffering"] == "no"
    *told, (last, written) = events_of(answer.text)
    assert {name for name, _ in told} == {"sentence"}
    assert last == "draft"
    said = [one["sentence"]["text"] for _, one in told]
    assert said == [written["draft"]["subject"], *(s["text"] for s in written["draft"]["sentences"])]
    assert all(one["verdict"]["supported"] for _, one in told)
    whole = stranger.post("/api/v1/drafts", json=WANTED).json()
    assert whole["text"] == written["text"]


def test_what_is_wrong_before_the_first_sentence_has_its_status(stranger: TestClient) -> None:
    for change, status in (
        ({"sender": {"profile": "p"}}, 401),
        ({"sender": {"items": [{"text": "Baked bread for a village."}]}}, 422),
        ({"kind": "poem"}, 422),
        ({"opening": {"url": PAGE, "index": 9}}, 404),
    ):
        answer = stranger.post("/api/v1/drafts/stream", json=WANTED | change)
        assert answer.status_code == status, change
        assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_wrong_later_is_the_last_event(stranger: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object, **__: object) -> Generator[calls.WriteEvent, None, None]:
        estimate = Estimate(model="m", prompt_tokens=1, most_tokens=2, starts_in_s=float("inf"))
        yield outreach.Waiting(estimate=estimate)
        yield outreach.Handover(reason="It was busy.")
        raise ModelError("The model has gone.", "Try again.")

    monkeypatch.setattr(calls, "write", write)
    told = events_of(stranger.post("/api/v1/drafts/stream", json=WANTED).text)
    assert [name for name, _ in told] == ["waiting", "handover", "problem"]
    assert told[0][1]["estimate"]["starts_in_s"] is None
    assert told[-1][1]["title"] == "The model has gone."
    assert told[-1][1]["status"] == 503


def test_a_fault_of_ours_is_told_without_what_it_quotes(
    stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*_: object, **__: object) -> Generator[calls.WriteEvent, None, None]:
        yield outreach.Handover(reason="It was busy.")
        raise ValueError("Maya's secret")

    monkeypatch.setattr(calls, "write", write)
    text = stranger.post("/api/v1/drafts/stream", json=WANTED).text
    assert [name for name, _ in events_of(text)] == ["handover", "problem"]
    assert "Maya" not in text


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """The API behind a real server: host and port."""
    app = app_of(settings_of(tmp_path, accounts=True, keep_evidence=None, max_users_writing=1))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield host, port
    server.should_exit = True
    thread.join(60)


@pytest.mark.parametrize("events_first", [0, 3])
def test_who_hangs_up_ends_the_writing_and_frees_its_thread(
    served: tuple[str, int], monkeypatch: pytest.MonkeyPatch, events_first: int
) -> None:
    ended = threading.Event()

    def write(*_: object, cancelled: Any, **__: object) -> Generator[calls.WriteEvent, None, None]:
        try:
            for _number in range(events_first):
                yield outreach.Handover(reason="It was busy.")
            while not cancelled():
                time.sleep(0.01)
            raise ModelError("Nobody hears this.")
        finally:
            ended.set()

    monkeypatch.setattr(calls, "write", write)
    body = json.dumps(WANTED).encode()
    for _ in range(3):  # there is one thread, so the second would wait for ever had the first kept it
        ended.clear()
        with socket.create_connection(served, timeout=10) as line:
            head = (
                f"POST /api/v1/drafts/stream HTTP/1.1\r\nhost: localhost\r\ncontent-length: {len(body)}\r\n"
            )
            line.sendall(head.encode() + b"content-type: application/json\r\n\r\n" + body)
            heard = b""
            while heard.count(b"handover") < events_first:
                heard += line.recv(4_096)
        assert ended.wait(60)
