"""The OpenAPI document, the page to try it, and what is not there."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import client_of, settings_of


@pytest.fixture
def document(stranger: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = stranger.get("/openapi.json").json()
    return found


def test_every_operation_says_what_it_is_and_how_it_fails(document: dict[str, Any]) -> None:
    assert document["paths"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation.get("tags"), where
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"], (where, status)
    schemas = document["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert {"type", "title", "status", "detail"} <= set(schemas["ProblemDetails"]["properties"])
    assert "advice" in schemas["Problem"]["properties"]  # of a reading that gave no openings


def test_every_operation_has_a_name_of_its_own_for_generated_clients(document: dict[str, Any]) -> None:
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names)
    assert {"drafts_write", "openings_read", "models_and_parsers_models_at_root"} <= set(names)
    assert all(re.fullmatch(r"\w+", name) for name in names)


@pytest.mark.parametrize(
    ("path", "status"),
    [("openings", 200), ("matches", 200), ("drafts", 200), ("checks", 200), ("drafts/batch", 202)],
)
def test_the_example_of_a_request_can_be_sent_as_it_is(
    client: TestClient, document: dict[str, Any], path: str, status: int
) -> None:
    body = document["paths"][f"/api/v1/{path}"]["post"]["requestBody"]["content"]["application/json"]
    schema = document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]
    answer = client.post(f"/api/v1/{path}", json=schema["examples"][0])
    assert answer.status_code == status, answer.text


def test_the_document_says_what_needs_a_token_and_what_does_not(document: dict[str, Any]) -> None:
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"

    def said(method: str, path: str) -> list[set[str]]:
        return [{*way} for way in document["paths"][path][method]["security"]]

    assert said("post", "/api/v1/checks") == [set(), {"token"}, {"sign-in"}]
    assert said("get", "/health/live") == []
    assert said("get", "/api/v1/account/tokens") == [{"sign-in"}]


def test_the_page_asks_nothing_of_another_server(stranger: TestClient) -> None:
    page = stranger.get("/docs").text
    assert "//" not in re.sub(r"window\.location\.protocol|<!--.*?-->", "", page)
    assert '"validatorUrl": null' in page
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        answer = stranger.get(f"/{address}")
        assert answer.status_code == 200, address
        assert answer.content


@pytest.mark.parametrize("name", ["other.js", "..%2f..%2fapp.py", "%2e%2e/app.py"])
def test_only_the_files_of_the_page_are_served(stranger: TestClient, name: str) -> None:
    assert stranger.get(f"/docs/{name}").status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "TRACE", "HEAD", "QUERY"])
def test_a_method_that_is_not_there_says_which_is(stranger: TestClient, method: str) -> None:
    answer = stranger.request(method, "/api/v1/openings")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v1/openings/a/b", "/api/v1/%00"])
def test_a_path_that_is_not_there_is_a_problem(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_only_the_sites_of_the_settings_may_call_and_none_with_a_cookie(tmp_path: Path) -> None:
    client = client_of(settings_of(tmp_path, cors_origins="https://careers.example, https://b.example/"))
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    for origin, known in (
        ("https://careers.example", True),
        ("https://b.example", True),
        ("https://c.example", False),
    ):
        flight = client.options("/api/v1/drafts", headers={"origin": origin, **asked})
        assert (flight.headers.get("access-control-allow-origin") == origin) == known
        answer = client.get("/openapi.json", headers={"origin": origin})
        assert (answer.headers.get("access-control-allow-origin") == origin) == known
        assert "access-control-allow-credentials" not in {*flight.headers, *answer.headers}
    page = client.get("/health/live", headers={"origin": "https://careers.example"})
    assert "access-control-allow-origin" not in page.headers


def test_no_site_may_call_unless_it_is_named(stranger: TestClient) -> None:
    answer = stranger.get("/openapi.json", headers={"origin": "https://careers.example"})
    assert "access-control-allow-origin" not in answer.headers
