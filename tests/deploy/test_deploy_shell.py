"""Every shell script of the deployment holds to the rules that keep a failure from passing unseen."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deploy.conftest import DEPLOY, ROOT

SCRIPTS = sorted(path.relative_to(ROOT) for path in (*DEPLOY.rglob("*.sh"), ROOT / ".ci" / "run"))


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_a_script_stops_at_the_first_failure(script: Path) -> None:
    text = (ROOT / script).read_text(encoding="utf-8")
    assert text.startswith("#!/")
    assert "set -eu" in text


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_shellcheck_finds_nothing(script: Path, program: Callable[[str], str]) -> None:
    outcome = subprocess.run(
        [program("shellcheck"), "--external-sources", str(script)], cwd=ROOT, capture_output=True, text=True
    )
    assert outcome.returncode == 0, outcome.stdout
