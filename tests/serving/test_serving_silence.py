"""What people are, write and ask for is in no line of the log, whatever its level; nor where they are."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.interface.conftest import ROOT

CANARY = "Quixotebird"
RESUME = f"""{CANARY} Lovelace
{CANARY}@mail.example

Experience
Engineer, {CANARY} Mills, 2020 - 2024
- Built the {CANARY} billing API in Python and PostgreSQL.

Skills
Python, PostgreSQL
"""
PASSWORD = f"{CANARY} four words"
JSON = {"content-type": "application/json"}


@contextmanager
def logged(folder: Path, form: str) -> Iterator[tuple[httpx.Client, list[str]]]:
    """A client of a server at DEBUG, and what the server has written once the block is left."""
    environment = {
        "INROAD_ENV": "test",
        "INROAD_ACCOUNTS": "true",
        "INROAD_DATA_DIR": str(folder),
        "LOG_LEVEL": "DEBUG",
        "PORT": "0",
        "PYTHONWARNINGS": "always",
    }
    if form == "file":
        environment |= {"INROAD_LOG_FILE": str(folder / "kept.log"), "LOG_FILE_BYTES": "10000"}
    else:
        environment["INROAD_LOG_FORMAT"] = form
    command = [sys.executable, "app.py"]
    log = folder / "log"
    written: list[str] = []
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )
        try:
            assert server.stdout is not None
            at = server.stdout.readline().split()[-1].replace("localhost", "127.0.0.1")
            with httpx.Client(
                base_url=at, headers={"origin": at, "user-agent": CANARY}, timeout=60
            ) as client:
                yield client, written
        finally:
            server.terminate()
            rest, _ = server.communicate(timeout=40)
    written += rest.splitlines()
    for each in (log, *sorted(folder.glob("kept.log*"))):
        written += each.read_text(encoding="utf-8").splitlines()


def live(client: httpx.Client) -> list[int]:
    """What somebody does here in a day, things that go wrong among them; the statuses."""
    who: dict[str, Any] = {"email": f"{CANARY}@mail.example", "name": CANARY, "password": PASSWORD}
    opening = {"text": f"Engineer\n{CANARY} Ltd\n\nRequirements\n- Python\n- PostgreSQL\n"}
    sender = {"resume": RESUME}
    file = {"file": (f"{CANARY}.txt", RESUME.encode(), "text/plain")}
    page = {"session_hash": CANARY}
    event = {"do": "read-text", "text": f"{CANARY}\n" * 3, "why": CANARY, "key": CANARY}
    answers = [
        client.post("/api/v1/account/register", json=who),
        client.post("/api/v1/account/sign-in", json={**who, "password": CANARY}),
        client.post("/api/v1/account/sign-in", json={k: who[k] for k in ("email", "password")}),
        client.post("/api/v1/openings", json=opening),
        client.post("/api/v1/matches", json={"opening": opening, "sender": sender}),
        client.post("/api/v1/drafts", json={"opening": opening, "sender": sender, "closing": CANARY}),
        client.post("/api/v1/drafts", json={"opening": opening, "sender": {"resume": CANARY}}),
        client.post(
            "/api/v1/drafts", content=f'{{"{CANARY}"'.encode(), headers={"content-type": "application/json"}
        ),
        (begun := client.post("/api/v1/profiles", json={"label": CANARY})),
        client.post(f"/api/v1/profiles/{begun.json()['id']}/documents", files=file),
        client.post(f"/api/v1/profiles/{begun.json()['id']}/evidence", json={"text": CANARY}),
        client.post("/generate-summary/", files={"file": (f"{CANARY}.docx", CANARY.encode())}),
        client.get(f"/api/v1/history/{CANARY}", params={"words": CANARY}),
        client.get(f"/{CANARY}?{CANARY}", headers={"x-request-id": "1", "authorization": f"Bearer {CANARY}"}),
        client.get("/api/v1/account", headers={"authorization": f"Bearer {CANARY}"}),
        client.post("/gradio_api/upload", files=file),
        client.post(
            "/gradio_api/run/predict", json={"data": [CANARY], "fn_index": 1, "session_hash": CANARY}
        ),
        client.post("/gradio_api/queue/join", json=_event(client, event)),
        client.get("/gradio_api/queue/data", params=page),
    ]
    return [answer.status_code for answer in answers]


def _event(client: httpx.Client, said: dict[str, str]) -> dict[str, Any]:
    functions = client.get("/config").json()["dependencies"]
    [work] = [f for f in functions if any(name == "work" for _, name in f["targets"])]
    data = [None] * len(work["inputs"])
    return {"data": data, "fn_index": work["id"], "session_hash": CANARY, "event_data": said}


@pytest.mark.parametrize("form", ["json", "text", "file"])
def test_nothing_of_a_person_is_written_at_debug(form: str, tmp_path: Path) -> None:
    with logged(tmp_path, form) as (client, written):
        statuses = live(client)
    assert {200, 202, 401, 404, 422} <= set(statuses), statuses
    assert 500 not in statuses
    assert not [line for line in written if CANARY.casefold() in line.casefold()]
    assert not [line for line in written if "127.0.0.1" in line]
    requests = [line for line in written if "serving.requests" in line]
    assert len(requests) >= len(statuses)
    if form == "json":
        lines = [json.loads(line) for line in written]
        assert {"POST", "GET"} == {line["method"] for line in lines if line["logger"] == "serving.requests"}
        assert "session" in {line.get("way") for line in lines}
