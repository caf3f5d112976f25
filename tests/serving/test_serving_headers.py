"""What answers tell a browser: to keep to this origin, to be framed by nobody, to store nothing."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import serving
from settings import Environment, Settings
from tests.interface import fake_outreach


def client_of(settings: Settings, base: str = "http://localhost") -> TestClient:
    return TestClient(serving.build(settings), base_url=base)


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_outreach.install(monkeypatch.setattr)


def test_the_page_keeps_to_its_own_origin(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert policy.endswith("frame-ancestors 'self'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers


def test_a_space_is_framed_by_its_host_only(tmp_path: Path) -> None:
    settings = Settings(environment=Environment.TEST, data_dir=tmp_path, in_frame=True, host="0.0.0.0")
    answer = client_of(settings).get("/")
    assert answer.headers["content-security-policy"].endswith("frame-ancestors 'self' https://huggingface.co")
    assert "cross-origin-resource-policy" not in answer.headers


def test_browsers_come_back_by_https_where_they_came_by_it(tmp_path: Path) -> None:
    settings = Settings(environment=Environment.TEST, data_dir=tmp_path, host="0.0.0.0")
    assert "strict-transport-security" in client_of(settings, "https://inroad.example").get("/").headers
    behind = settings.model_copy(update={"public_url": "https://inroad.example"})
    assert "strict-transport-security" in client_of(behind).get("/health/live").headers


def test_answers_of_the_api_can_do_nothing_in_a_browser_and_are_not_stored(client: TestClient) -> None:
    for path in ("/api/v1/nothing", "/api/v1/account"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["cache-control"] == "no-store"
    assert client.get("/gradio_api/queue/data?session_hash=x").headers["cache-control"] == "no-store"


def test_refusals_carry_them_too(client: TestClient) -> None:
    for answer in (client.get("/", headers={"host": "evil.example"}), client.get("/" + "a" * 9_000)):
        assert answer.status_code in (421, 414)
        assert "content-security-policy" in answer.headers
