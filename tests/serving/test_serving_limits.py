"""What is too large, too slow or too much is refused in words, before a route sees it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.types import Message

from serving import limits


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    @app.post("/api/v9/echo")
    async def echo(body: dict[str, Any]) -> int:
        return len(body)

    @app.post("/api/v9/file")
    async def file(request: Request) -> int:
        return len(await request.body())

    page = app.router.routes.pop(-3)
    app.router.routes.append(page)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def chunks(size: int) -> Iterator[bytes]:
    yield from (b" " * 100_000 for _ in range(size // 100_000 + 1))


def test_a_body_is_refused_by_what_it_announces(client: TestClient) -> None:
    answer = client.post(
        "/api/v9/echo", content=b" " * 10_000_000, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "This is too large: at most 2 MB are taken here."


@pytest.mark.parametrize("announced", [{}, {"content-length": "10"}])
def test_a_body_is_counted_whatever_it_announces(client: TestClient, announced: dict[str, str]) -> None:
    headers = {"content-type": "application/json", **announced}
    answer = client.post("/api/v9/echo", content=chunks(limits.JSON_BYTES), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["type"] == "too-large"


def test_a_file_may_be_larger(client: TestClient) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/api/v9/file", content=chunks(9_000_000), headers=headers).json() > 9_000_000
    assert client.post("/api/v9/file", content=chunks(limits.FILE_BYTES), headers=headers).status_code == 413


def test_what_calls_itself_a_text_is_held_in_memory_so_it_may_not_be_larger(client: TestClient) -> None:
    for kind in ("text/plain", "application/pdf", "application/octet-stream"):
        headers = {"content-type": kind}
        answer = client.post("/api/v9/file", content=chunks(limits.JSON_BYTES), headers=headers)
        assert answer.status_code == 413


def test_all_bodies_together_have_a_bound(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODIES_BYTES", 3_000)
    for _ in range(3):  # what was answered takes no room any more
        assert client.post("/api/v9/echo", json={"a": "x" * 1_000}).status_code == 200
    assert client.post("/api/v9/echo", json={"a": "x" * 2_000}).status_code == 503
    assert client.post("/api/v9/echo", json={"a": "x" * 1_000}).status_code == 200


def test_one_address_does_not_take_all_places(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.MOST_OF_ONE, "requests", 1)
    monkeypatch.setattr(limits, "SILENCE_S", 0.2)

    async def crowd() -> list[list[Message]]:
        here, there = "192.0.2.1", "192.0.2.2"
        return await asyncio.gather(*(_slow(app, address) for address in (here, here, there)))

    statuses = [start["status"] for start, *_ in asyncio.run(crowd())]
    assert statuses == [408, 503, 408]


def test_too_many_or_too_long_headers_are_refused(client: TestClient) -> None:
    many = {f"x-{number}": "1" for number in range(limits.MOST_HEADERS)}
    assert client.get("/health/live", headers=many).status_code == 431
    assert client.get(f"/health/live?{'a' * limits.MOST_TARGET}").status_code == 414


def test_when_too_much_is_under_way_others_are_told_when_to_come_back(
    app: FastAPI, client: TestClient
) -> None:
    app.state.under_way["requests"] = limits.MOST["requests"]
    answer = client.get("/config")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert client.get("/health/live").status_code == 200


def test_what_ended_is_under_way_no_more(app: FastAPI, client: TestClient) -> None:
    client.get("/config")
    client.get("/canary")
    assert app.state.under_way["requests"] == 0


async def _slow(app: FastAPI, address: str = "192.0.2.1") -> list[Message]:
    """What a client gets that sends half a body."""
    first: list[Message] = [{"type": "http.request", "body": b"{", "more_body": True}]
    sent: list[Message] = []

    async def receive() -> Message:
        if first:
            return first.pop()
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = scope_of("POST", "/api/v9/echo", headers)
    await app(scope | {"client": (address, 1)}, receive, send)
    return sent


def scope_of(method: str, path: str, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("192.0.2.1", 1),
        "server": ("localhost", 80),
        "scheme": "http",
        "http_version": "1.1",
    }


def test_a_body_that_stops_coming_is_waited_for_no_longer(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SILENCE_S", 0.01)
    start, *_ = asyncio.run(_slow(app))
    assert start["status"] == 408


def test_uploads_to_the_page_are_bounded_for_each_client(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CLIENT_BYTES", 1_500)
    files = {"files": ("a.txt", b"x" * 1_000)}
    assert client.post("/gradio_api/upload", files=files).status_code == 200
    assert client.post("/gradio_api/upload", files=files).status_code == 200
    answer = client.post("/gradio_api/upload", files=files)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "600"


def test_uploads_to_the_page_are_bounded_in_all(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HELD_BYTES", 1_500)
    for text in (b"x" * 1_000, b"y" * 1_000):
        assert client.post("/gradio_api/upload", files={"files": ("a.txt", text)}).status_code == 200
    assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"z")}).status_code == 507
