"""The API without the page, as an app of its own over the test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

import api
import outreach
import store
from accounts import passwords
from settings import Environment, Settings
from tests.api.people import HERE, Visit, sign_up

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


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes of the least that Argon2 can do; `tests/accounts` has the real ones."""
    least = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_argon2", lambda: least)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """Somebody at their own computer."""
    return client_of(settings_of(tmp_path))


@pytest.fixture
def stranger(tmp_path: Path) -> TestClient:
    """Nobody in particular, where people have accounts."""
    return client_of(settings_of(tmp_path, accounts=True, keep_evidence=None))


@pytest.fixture
def service(tmp_path: Path) -> FastAPI:
    """An app where people have accounts, with a database of its own."""
    return app_of(settings_of(tmp_path, accounts=True, keep_evidence=None))


@pytest.fixture
def kept(service: FastAPI) -> store.Store:
    """What that app keeps."""
    return store.open_store(service.state.settings)


@pytest.fixture
def visit(service: FastAPI) -> Visit:
    """Each call is a browser of its own, with its own cookies, on a page of that app."""

    def browser() -> TestClient:
        return TestClient(service, base_url=HERE, headers={"origin": HERE}, raise_server_exceptions=False)

    return browser


@pytest.fixture
def ada(visit: Visit) -> TestClient:
    """The first one here, who administers."""
    return sign_up(visit(), "ada@mail.example", "Ada")


@pytest.fixture
def bob(ada: TestClient, visit: Visit) -> TestClient:
    """Somebody else, who came after her."""
    return sign_up(visit(), "bob@mail.example", "Bob")
