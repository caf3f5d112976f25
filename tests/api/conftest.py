"""The API without the page, as an app of its own over the test client."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import api
import outreach
from settings import Environment, Settings

PAGE, SITE, LIST = (sample.url for sample in outreach.SAMPLES)


def app_of(settings: Settings) -> FastAPI:
    """An app with all routes of the API and nothing else."""
    app = FastAPI(title="Inroad", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    api.install(app)
    return app


def client_of(settings: Settings) -> TestClient:
    """A client that sees faults as answers, as others do."""
    return TestClient(app_of(settings), base_url="http://localhost", raise_server_exceptions=False)


def settings_of(folder: Path, **changes: object) -> Settings:
    """Settings of a test, with a database of its own."""
    values: dict[str, object] = {"environment": Environment.TEST, "data_dir": folder, "keep_evidence": True}
    return Settings.model_validate(values | changes)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """Somebody at their own computer."""
    return TestClient(
        app_of(settings_of(tmp_path)), base_url="http://localhost", raise_server_exceptions=False
    )


@pytest.fixture
def stranger(tmp_path: Path) -> TestClient:
    """Nobody in particular, where people have accounts."""
    return client_of(settings_of(tmp_path, accounts=True, keep_evidence=None))
