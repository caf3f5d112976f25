"""The README's lines for programs, copied into a shell and run against a served app."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interface.conftest import serving

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n### For programs\n")[2].partition("\n### ")[0]
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
LINES, STREAMING = (block for kind, block in BLOCKS if kind == "sh")
(SHOWN,) = (block for kind, block in BLOCKS if not kind)
ADDRESS = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the program itself, as on a laptop."""
    with serving("app.py", PORT="0", INROAD_DATA_DIR=str(tmp_path_factory.mktemp("laptop"))) as at:
        yield at


def run(lines: str, at: str, folder: Path) -> str:
    """What a shell prints for some lines; every curl of them must succeed, and every pipe."""
    (folder / ".curlrc").write_text("fail-with-body\nshow-error\nnoproxy = *\n")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines.replace(ADDRESS, at)],
        env={"PATH": "/usr/bin:/bin", "CURL_HOME": str(folder), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout[-500:]
    return done.stdout


def test_every_line_can_be_copied_into_a_shell(address: str, tmp_path: Path) -> None:
    assert LINES.count("curl") >= 12
    printed = run(LINES, address, tmp_path)
    assert printed.count('"outcome":"openings"') == 1
    assert "Ran PostgreSQL for 30 teams" in printed
    assert '"kind":"draft-many"' in printed
    assert '"status"' not in printed.replace('"status":"ready"', "").replace('"status":"ok"', "")


def test_the_stream_is_as_it_is_shown(address: str, tmp_path: Path) -> None:
    printed = run(STREAMING, address, tmp_path).splitlines()
    for line, shown in zip(printed, SHOWN.splitlines(), strict=False):
        assert line.startswith(shown.removesuffix("…")), shown
    assert [line for line in printed if line.startswith("event")][-1] == "event: draft"
