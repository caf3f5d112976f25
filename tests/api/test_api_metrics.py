"""The counters are shown to whoever has the token, or to direct neighbours; to others there is nothing."""

import math
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

import store
from api import health
from errors import StoreError
from store import backup
from store.figures import Figures
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


def samples(client: TestClient) -> dict[str, float]:
    """What is shown now, by name and labels as they stand there."""
    lines = [line for line in client.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_they_tell_what_runs_and_whether_it_can_serve(tmp_path: Path) -> None:
    client = client_at("127.0.0.1", tmp_path, revision="0a1b2c3")
    assert 'revision="0a1b2c3"' in client.get("/metrics").text
    found = samples(client)
    assert (found["inroad_ready"], found["inroad_database_up"]) == (1, 1)
    assert 0 < found["inroad_disk_free_bytes"] <= found["inroad_disk_bytes"]


def test_who_stops_is_not_ready_though_the_database_is_there(tmp_path: Path) -> None:
    app = app_of(settings_of(tmp_path))
    app.state.stopping = True
    found = samples(TestClient(app, client=("127.0.0.1", 1)))
    assert (found["inroad_ready"], found["inroad_database_up"]) == (0, 1)


def test_they_tell_how_much_is_under_way(tmp_path: Path) -> None:
    app = app_of(settings_of(tmp_path))
    app.state.under_way = {"requests": 3, "pages": 2}
    found = samples(TestClient(app, client=("127.0.0.1", 1)))
    assert found['inroad_requests_under_way{kind="requests"}'] == 3
    assert found['inroad_requests_under_way{kind="pages"}'] == 2


def test_they_tell_when_the_last_backup_was_made(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    client = TestClient(app_of(settings), client=("127.0.0.1", 1))
    assert samples(client)["inroad_last_backup_timestamp_seconds"] == 0
    made = backup.back_up(store.address(settings), tmp_path / "inroad.backup").made_at
    assert samples(client)["inroad_last_backup_timestamp_seconds"] == pytest.approx(made.timestamp())


def test_they_are_shown_while_the_database_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: object) -> None:
        raise StoreError("The database cannot be reached right now.")

    monkeypatch.setattr(store.Store, "ping", away)
    found = samples(client_at("127.0.0.1", tmp_path))
    assert (found["inroad_ready"], found["inroad_database_up"]) == (0, 0)
    assert math.isnan(found["inroad_database_bytes"])


def test_a_database_that_hangs_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(self: object) -> tuple[int, int]:
        time.sleep(0.5)
        return 0, 0

    monkeypatch.setattr(health, "PATIENCE_S", 0.1)
    monkeypatch.setattr(store.Store, "ping", lambda self: None)
    monkeypatch.setattr(Figures, "size", hang)
    found = samples(client_at("127.0.0.1", tmp_path))
    assert found["inroad_database_up"] == 0
    assert math.isnan(found["inroad_last_backup_timestamp_seconds"])
