"""A model key of one's own: in a header, for that call, and then nowhere."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import settings
from chains import offers
from tests.api.conftest import PAGE
from tests.groq_stand_in import StandIn

MINE = "gsk_ofaperson1234567890"
WANTED = {"opening": {"url": PAGE}, "sender": {"sample": "job-seeker"}, "writer": "model", "model": "groq:"}


@pytest.fixture
def groq(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A model server that lets in nobody but the person, set up here without a key."""
    stand_in.key = MINE
    here = stand_in.settings(key=None)
    monkeypatch.setattr(settings, "current", lambda: here)
    offers.forget_all()
    yield stand_in
    offers.forget_all()


def test_the_model_writes_with_the_key_that_came_with_the_call(
    client: TestClient, groq: StandIn, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/api/v1/drafts", json=WANTED, headers={"x-model-key": MINE})
    assert answer.json()["draft"]["receipt"]["usage"]["calls"] >= 1
    assert set(groq.keys) == {f"Bearer {MINE}"}
    assert MINE not in answer.text + caplog.text
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert kept
    assert MINE.encode() not in kept


def test_without_one_the_built_in_writer_writes(client: TestClient, groq: StandIn) -> None:
    usage = client.post("/api/v1/drafts", json=WANTED).json()["draft"]["receipt"]["usage"]
    assert usage["writer"] == "embedded"
    assert usage["fallback"]
    assert groq.keys == []


def test_a_key_is_taken_in_no_body(client: TestClient, groq: StandIn) -> None:
    for name in ("key", "x_model_key", "model_key"):
        answer = client.post("/api/v1/drafts", json=WANTED | {name: MINE})
        assert answer.status_code == 422
        assert MINE not in answer.text
    assert groq.keys == []


def test_the_models_of_ones_own_key_are_listed(client: TestClient, groq: StandIn) -> None:
    mine = client.get("/models", params={"source": "groq"}, headers={"x-model-key": MINE}).json()
    assert any(model["source"] == "groq" for model in mine["items"])
    nobodys = client.get("/models").json()
    assert [model["id"] for model in nobodys["items"]] == ["embedded"]
