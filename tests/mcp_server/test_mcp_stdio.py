"""`python app.py mcp`: an assistant starts the program and talks to it over stdin and stdout."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from tests.mcp_server.people import POSTING, keep_evidence, settings_of, told

ROOT = Path(__file__).parents[2]


def environment(folder: Path, **changes: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "INROAD_ENV": "test", "INROAD_DATA_DIR": str(folder), **changes}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_assistant_reads_and_drafts_over_a_pipe(tmp_path: Path, mode: str) -> None:
    keep_evidence(settings_of(tmp_path))
    program = StdioServerParameters(
        command=sys.executable, args=[str(ROOT / "app.py"), "mcp"], env=environment(tmp_path), cwd=str(ROOT)
    )

    async def talk() -> dict[str, Any]:
        async with Client(program, mode=mode) as client:
            return await told(client, "draft", text=POSTING)

    assert "Maria Okafor" in asyncio.run(talk())["text"]


def test_nothing_but_the_protocol_is_on_stdout(tmp_path: Path) -> None:
    begin = (
        '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",'
        '"capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\n'
        '{"jsonrpc":"2.0","method":"notifications/initialized"}\n'
        '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"see_draft","arguments":{"id":"no"}}}\n'
    )
    process = subprocess.Popen(
        [sys.executable, "app.py", "mcp"],
        cwd=ROOT,
        env=environment(tmp_path, LOG_LEVEL="DEBUG"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(begin)
    process.stdin.flush()
    lines = [process.stdout.readline(), process.stdout.readline()]
    rest, _ = process.communicate(timeout=60)
    assert all(line.startswith('{"jsonrpc":"2.0"') for line in lines)
    assert rest == ""
    assert process.returncode == 0


@pytest.mark.parametrize("changes", [{"INROAD_ACCOUNTS": "true"}, {"HOST": "0.0.0.0"}])
def test_it_serves_only_whom_the_computer_belongs_to(tmp_path: Path, changes: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "app.py", "mcp"],
        cwd=ROOT,
        env=environment(tmp_path, **changes),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "connect to /mcp with a token" in done.stderr
