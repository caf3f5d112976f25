"""Bodies that are not what they say, or hold what no store and no other reader takes."""

import json

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

import api
from api import routing


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"null", 422),
        (b"[]", 422),
        (b"{", 422),
        (b"\xff\xfe", 400),
        (b'{"text": "caf\xe9"}', 400),
        (b'{"text": "\\ud800"}', 400),
        (b'{"text": "a\\u0000b"}', 400),
        (b'{"text": NaN}', 400),
        (b'{"text": -Infinity}', 400),
        (b'{"text": 1e999}', 400),
        (b'{"text": ' + b"9" * 5_000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 400),
        (b'{"text": ' + b"9" * 400 + b"}", 422),
        (b'{"text": "x", "more": 1}', 422),
    ],
    ids=range(16),
)
def test_a_body_that_cannot_be_taken_is_a_problem_of_the_sender(
    stranger: TestClient, body: bytes, status: int
) -> None:
    headers = {"content-type": "application/json"}
    answer = stranger.post("/api/v1/openings", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "", "é"])
def test_another_content_type_is_not_read_as_json(stranger: TestClient, kind: str) -> None:
    headers = {b"content-type": kind.encode()}
    answer = stranger.post("/api/v1/openings", content=b'{"text": "x"}', headers=headers)
    assert answer.status_code == 422


def test_a_form_that_is_no_form_is_a_problem_of_the_sender(stranger: TestClient) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json"):
        answer = stranger.post("/api/v1/openings/page", content=b"\x00--y", headers={"content-type": kind})
        assert answer.status_code in (400, 422), kind
        assert answer.headers["content-type"] == "application/problem+json"


def test_json_of_good_faith_is_read_as_it_is() -> None:
    value = {"a": [1, 2.5, None, True, "𝒳 é"], "b": {"c": {}}}
    assert routing.read_json(json.dumps(value).encode()) == value


def test_every_route_reads_its_json_strictly() -> None:
    routers = (*api._UNCOUNTED, *api._ROUTES)
    found = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    loose = [
        route.path for route in found if not isinstance(route, routing.Strict) and route.methods != {"GET"}
    ]
    assert found
    assert loose == []
