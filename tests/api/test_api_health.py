"""Alive is who answers; ready is who can serve, and says why not in words."""

import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import api
import store
from api import health
from errors import StoreError
from settings import Environment, Settings
from telemetry import metrics
from tests.waiting import PATIENCE_S


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(environment=Environment.TEST, data_dir=tmp_path, embedding_dir=tmp_path)


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.setattr(health, "PATIENCE_S", PATIENCE_S)  # the first ping makes the database
    app = FastAPI()
    app.state.settings = settings
    api.install(app)
    return app


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


def test_what_is_missing_is_told_and_does_not_matter(client: TestClient) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["reasons"]) == ("ok", [])
    assert [line.partition(":")[0] for line in told["degraded"]] == [
        "No model is set up",
        "There is no embedding model",
    ]


def test_jobs_that_nobody_begins_are_told_and_stop_nobody(client: TestClient) -> None:
    metrics.JOBS_OLDEST.set(250)
    told = client.get("/health/ready")
    metrics.JOBS_OLDEST.set(0)
    assert told.status_code == 200
    waited = "A background job has waited for 4 min: no worker is free, or none runs."
    assert waited in told.json()["degraded"]


def test_without_its_database_it_lives_but_is_not_ready(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: object) -> None:
        raise StoreError("The database cannot be reached right now.")

    monkeypatch.setattr(store.Store, "ping", away)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["reasons"] == ["The database cannot be reached right now."]
    assert client.get("/health/live").status_code == 200
    both = client.get("/health")
    assert both.status_code == 503
    assert both.json()["live"] == {"status": "ok"}


def test_a_database_that_hangs_is_not_waited_for(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE_S", 0.01)
    monkeypatch.setattr(store.Store, "ping", lambda self: time.sleep(0.5))
    assert client.get("/health/ready").json()["reasons"] == ["The database does not answer."]


def test_tables_of_another_version_are_not_served(client: TestClient, settings: Settings) -> None:
    client.get("/health/ready")
    with store.open_store(settings)._database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'later'")
        connection.exec_driver_sql("DELETE FROM works_since")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "another version of Inroad" in answer.json()["reasons"][0]


def test_who_stops_is_not_ready(app: FastAPI, client: TestClient) -> None:
    app.state.stopping = True
    assert client.get("/health/ready").json()["reasons"] == ["The server is stopping."]
