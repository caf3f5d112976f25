"""The app does jobs from its start to its end."""

import json
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

import background
import serving
import store
from background.handlers import handlers
from settings import Environment, Settings
from tests.interface import fake_outreach
from tests.waiting import until


def test_jobs_are_done_while_the_app_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_outreach.install(monkeypatch.setattr)
    monkeypatch.setitem(handlers(), "test", lambda work: json.dumps(work.job.person))
    settings = Settings(environment=Environment.TEST, data_dir=tmp_path)
    kept = store.open_store(settings)

    class Request(BaseModel):
        pass

    with TestClient(serving.build(settings), base_url="http://localhost"):
        job = background.put(kept, "local", "test", Request())
        until(lambda: kept.jobs.load("local", job.id).state == "done")
    after = background.put(kept, "local", "test", Request())
    time.sleep(0.2)
    assert kept.jobs.load("local", after.id).state == "queued"
