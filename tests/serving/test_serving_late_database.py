"""A server whose database is away starts all the same, says so, and is ready once the database is there."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests import postgres_stand_in as postgres
from tests.interface.conftest import ROOT
from tests.waiting import until


def ready(at: str, *, wanted: int) -> httpx.Response:
    """The answer to whether it is ready, once it is the one wanted."""
    return until(
        lambda: httpx.get(f"{at}/health/ready", timeout=30),
        lambda answer: answer.status_code == wanted,
        every_s=0.2,
    )


def test_it_is_live_not_ready_and_then_ready(tmp_path: Path) -> None:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.Server() as database:
        address = database.database()
        database.stop("fast")
        environment = os.environ | {
            "INROAD_ENV": "test",
            "INROAD_ACCOUNTS": "true",
            "INROAD_DATA_DIR": str(tmp_path),
            "DATABASE_URL": address,
            "PORT": "0",
        }
        server = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            at = server.stdout.readline().split()[-1]
            assert httpx.get(f"{at}/health/live", timeout=10).status_code == 200
            away = ready(at, wanted=503)
            assert away.json()["reasons"] == ["The database cannot be reached right now."]
            assert away.headers["retry-after"]
            page = httpx.get(f"{at}/", timeout=10)
            assert page.status_code == 200
            assert "Traceback" not in page.text
            database.start()
            assert ready(at, wanted=200).json()["status"] == "ok"
        finally:
            server.terminate()
            server.wait(timeout=30)
    assert server.returncode in (0, -15)
