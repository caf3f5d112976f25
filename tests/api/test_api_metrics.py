"""The counters are shown to whoever has the token, or to direct neighbours; to others there is nothing."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api import metrics
from errors import StoreError
from tests.api.conftest import app_of, settings_of


def client_at(address: str, folder: Path, **changes: object) -> TestClient:
    return TestClient(app_of(settings_of(folder, **changes)), client=(address, 1))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.2.3.4", "192.168.1.9", "fd00::7"])
def test_a_direct_neighbour_sees_them(address: str, tmp_path: Path) -> None:
    answer = client_at(address, tmp_path).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    for name in (
        "inroad_requests",
        "inroad_writing",
        "inroad_database_bytes",
        "process_resident_memory_bytes",
    ):
        assert f"\n# TYPE {name}" in answer.text
    assert 'inroad_build_info{python="3.' in answer.text


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "testclient"])
def test_others_see_nothing(address: str, tmp_path: Path) -> None:
    answer = client_at(address, tmp_path).get("/metrics")
    assert answer.status_code == 404
    assert "inroad_" not in answer.text


@pytest.mark.parametrize("header", ["forwarded", "x-forwarded-for", "x-real-ip", "via"])
def test_a_proxy_is_no_neighbour(header: str, tmp_path: Path) -> None:
    assert client_at("127.0.0.1", tmp_path).get("/metrics", headers={header: "x"}).status_code == 404


def test_where_there_is_a_token_only_it_opens(tmp_path: Path) -> None:
    client = client_at("127.0.0.1", tmp_path, metrics_token=SecretStr("let me see"))
    assert client.get("/metrics").status_code == 404
    for wrong in ("Bearer let me", "Basic let me see", "Bearer lét me see", "Bearer "):
        refused = client.get("/metrics", headers=[(b"authorization", wrong.encode())])
        assert refused.status_code == 404
    away = {"authorization": "Bearer let me see", "x-forwarded-for": "8.8.8.8"}
    assert client.get("/metrics", headers=away).status_code == 200


def test_they_are_shown_while_the_database_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: object) -> None:
        raise StoreError("The database cannot be reached right now.")

    monkeypatch.setattr(metrics, "store_of", away)
    assert "inroad_database_bytes NaN" in client_at("127.0.0.1", tmp_path).get("/metrics").text
