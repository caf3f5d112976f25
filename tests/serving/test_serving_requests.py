"""Each request has an id, one line in the log without anything personal, and a place in the counters."""

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from telemetry.logs import REQUEST_ID
from telemetry.metrics import REGISTRY
from tests.serving.conftest import Lines


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    inner, outer = APIRouter(prefix="/things"), APIRouter(prefix="/api/v9")

    @inner.get("/{thing}")
    def thing(thing: str) -> dict[str, str]:
        if thing.startswith("broken"):
            raise ValueError(thing)
        return {"request": REQUEST_ID.get()}

    @inner.get("/{thing}/stream")
    def stream(thing: str) -> StreamingResponse:
        return StreamingResponse(iter([b"one", b"two"]))

    outer.include_router(inner)
    app.include_router(outer)
    app.router.routes.insert(0, app.router.routes.pop())  # before the page, which takes all
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def test_a_request_keeps_the_id_it_came_with_and_its_route_knows_it(client: TestClient) -> None:
    answer = client.get("/api/v9/things/1", headers={"x-request-id": "Abc-1_2.3"})
    assert answer.headers["x-request-id"] == "Abc-1_2.3"
    assert answer.json() == {"request": "Abc-1_2.3"}


@pytest.mark.parametrize("given", ["", "a" * 65, "two words", "new\tline", "ä"])
def test_what_is_no_id_is_replaced(client: TestClient, given: str) -> None:
    answer = client.get("/api/v9/things/1", headers=[(b"x-request-id", given.encode("latin-1"))])
    assert answer.headers["x-request-id"] not in ("", given)
    assert answer.json() == {"request": answer.headers["x-request-id"]}


def test_the_line_names_the_template_and_neither_path_query_nor_address(
    client: TestClient, lines: Lines
) -> None:
    client.get("/api/v9/things/canary?q=canary", headers={"x-request-id": "one", "user-agent": "canary"})
    (line,) = lines.requests
    assert {name: line[name] for name in ("request", "method", "route", "status", "bytes")} == {
        "request": "one",
        "method": "GET",
        "route": "/api/v9/things/{thing}",
        "status": 200,
        "bytes": len('{"request":"one"}'),
    }
    assert line["ms"] >= 0
    assert "canary" not in "".join(lines.written)
    assert "testclient" not in "".join(lines.written)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/static/fonts/IBMPlexSans/IBMPlexSans-Regular.woff2", "/static/{file}"),
        ("/gradio_api/queue/data?session_hash=canary", "/gradio_api/queue/data"),
        ("/gradio_api/file=/canary", "other"),
        ("/canary", "other"),
    ],
)
def test_what_the_page_asks_for_is_named_from_a_closed_list(
    client: TestClient, lines: Lines, path: str, route: str
) -> None:
    client.get(path)
    assert lines.requests[-1]["route"] == route
    assert "canary" not in str(lines.requests)


def test_a_fault_of_ours_is_answered_with_the_id_and_told_without_its_words(
    client: TestClient, lines: Lines
) -> None:
    answer = client.get("/api/v9/things/broken-canary", headers={"x-request-id": "one"})
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] == answer.json()["instance"] == "one"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert lines.requests[0]["status"] == 500
    assert "ValueError" in "".join(lines.written)
    assert "canary" not in "".join(lines.written)


def test_all_bytes_of_a_stream_are_counted_when_it_ends(client: TestClient, lines: Lines) -> None:
    assert client.get("/api/v9/things/1/stream").text == "onetwo"
    assert lines.requests[0]["bytes"] == 6


def test_requests_are_counted_by_route_and_class_of_status(client: TestClient) -> None:
    labels = {"route": "/api/v9/things/{thing}", "method": "GET", "status": "2xx"}
    before = REGISTRY.get_sample_value("inroad_requests_total", labels) or 0
    client.get("/api/v9/things/7")
    assert REGISTRY.get_sample_value("inroad_requests_total", labels) == before + 1
    assert not any("things/7" in str(family) for family in REGISTRY.collect())


def test_a_fault_takes_few_lines_of_the_log(client: TestClient, lines: Lines) -> None:
    client.get("/gradio_api/queue/data?session_hash=nobody")  # at which Gradio breaks, whoever asks
    assert [line for line in lines.written if "RuntimeError" in line or "KeyError" in line]
    assert max(len(line) for line in lines.written) < 3_000
