"""The API held against its own OpenAPI document, by requests that nobody thought of.

`make api-check` asks the same of a served app, for longer.
"""

import socket
from typing import Any, NoReturn

import hypothesis
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from schemathesis import Case
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from settings import Environment, Settings
from tests.api.conftest import app_of, settings_of
from tests.api.people import sign_up

ORIGIN = "http://testserver"
LEAVING = ("/api/v1/account/sign-out", "/api/v1/account/sign-in", "/api/v1/account")
"""Where somebody who is signed in would not be for long."""
FORMS = ("/api/v1/openings/page", "/generate-summary/")
"""Where a number is as good a file as a text."""

APP = app_of(Settings(environment=Environment.TEST))
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)
schema.config.phases.coverage.enabled = False  # minutes of work for schemas of this size
schema.config.generation.with_security_parameters = False  # it would take ours away
bounded = hypothesis.settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture(autouse=True, scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """Where people have accounts, with a database of its own."""
    often = {"api_requests_per_minute": 1_000_000, "api_anonymous_requests_per_minute": 1_000_000}
    APP.state.settings = settings_of(
        tmp_path_factory.mktemp("data"), accounts=True, keep_evidence=None, **often
    )
    return APP


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address that comes up leads anywhere."""

    def nowhere(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)


@pytest.fixture(scope="module")
def somebody(app: FastAPI) -> TestClient:
    """A browser in which somebody is signed in."""
    return sign_up(TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN}), "ann@example.org")


@pytest.fixture(scope="module")
def callers(somebody: TestClient) -> list[dict[str, Any]]:
    """What nobody in particular, a program with a token, and somebody who is signed in send."""
    wish = {"name": "check", "scopes": ["read", "write", "draft"]}
    token = somebody.post("/api/v1/account/tokens", json=wish).json()["token"]
    program = {"headers": {"Authorization": f"Bearer {token}"}}
    return [{}, program, {"headers": {"Origin": ORIGIN}, "cookies": dict(somebody.cookies)}]


@schema.parametrize()
@bounded
def test_every_caller_is_answered_as_described(case: "Case[Any]", callers: list[dict[str, Any]]) -> None:
    # No schema can say that a text is an opening, that evidence answers it, or that a password is good.
    not_promised: list[Any] = [positive_data_acceptance]
    if case.path in FORMS:
        not_promised.append(negative_data_rejection)
    for sent in callers[:2] if case.path in LEAVING else callers:
        case.call_and_validate(excluded_checks=not_promised, **sent)
