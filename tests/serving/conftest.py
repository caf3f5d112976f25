"""An app with invented answers behind it, and what came out of the log."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import serving
from settings import Environment, Settings
from telemetry.logs import AsJson
from tests.interface import fake_outreach


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(environment=Environment.TEST, data_dir=tmp_path, log_format="json")


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    fake_outreach.install(monkeypatch.setattr)
    return serving.build(settings)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


class Lines(logging.Handler):
    """What is logged, as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(AsJson())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))

    @property
    def requests(self) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.written]
        return [line for line in lines if line["logger"] == "serving.requests"]


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler, root, ours = Lines(), logging.getLogger(), logging.getLogger("serving")
    before = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    ours.setLevel(before)
