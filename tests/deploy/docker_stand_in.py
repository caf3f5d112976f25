"""A docker that starts nothing: records what it was asked and with what environment; fails on purpose."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.deploy.conftest import DEPLOY

# In bash alone, so that a start that calls it ten times takes no second.
_DOCKER = r"""#!/bin/bash
cd "$STAND_IN"
all="$*" last="${*: -1}"
printf '%s\n' "$all" >>calls
answer() { [ ! -f "$1" ] || cat "$1"; }
case $all in
    'compose version --short') answer version ;;
    info) [ ! -f no-engine ] ;;
    'volume inspect '*) [ -f "volume-$last" ] ;;
    'compose build') [ ! -f build-fails ] ;;
    compose*' up '*)
        env >environment
        answer up-says
        [ ! -f up-hangs ] || exec sleep 20
        [ ! -f up-fails ]
        ;;
    'compose logs '*) answer logs ;;
    compose*' down'*) env >environment; [ ! -f down-fails ] ;;
    ps*status=running*) answer running ;;
    ps*) service=${all##*service=}; [ ! -f "state-$service" ] || echo "$service" ;;
    inspect*) answer "state-$last" ;;
    logs*) echo "a line of $last" ;;
    *) echo "stand-in: what is: docker $*" >&2; exit 9 ;;
esac
"""
_SMOKE = r"""#!/bin/bash
printf 'smoke %s\n' "$*" >>"$STAND_IN/calls"
[ ! -f "$STAND_IN/smoke-fails" ]
"""


@dataclass
class Docker:
    """A copy of compose.sh in a folder, with a docker and a smoke test of ours."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scripts = self.folder / "place" / "deploy" / "scripts"
        scripts.mkdir(parents=True)
        (self.folder / "state").mkdir()
        (scripts / "compose.sh").write_text((DEPLOY / "scripts" / "compose.sh").read_text())
        for path, text in (
            (scripts / "compose.sh", None),
            (scripts / "smoke.sh", _SMOKE),
            (self.folder / "docker", _DOCKER),
        ):
            if text is not None:
                path.write_text(text)
            path.chmod(0o755)
        self.tell("version", "2.38.2\n")
        # Free ones, whatever runs on this machine.
        self.variables |= {"INROAD_HTTPS_PORT": "1", "INROAD_HTTP_PORT": "2"}

    def tell(self, name: str, text: str = "") -> None:
        """What docker shall say, or that it shall fail."""
        (self.folder / "state" / name).write_text(text)

    def put(self, path: str, text: str = "") -> Path:
        """A file in the place where the command runs."""
        file = self.folder / "place" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def run(self, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run compose.sh to its end."""
        environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "STAND_IN": str(self.folder / "state"),
            **self.variables,
            **variables,
        }
        command = [str(self.folder / "place" / "deploy" / "scripts" / "compose.sh"), *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=30)

    @property
    def calls(self) -> list[str]:
        """What was asked, in order."""
        file = self.folder / "state" / "calls"
        return file.read_text().splitlines() if file.exists() else []

    @property
    def environment(self) -> dict[str, str]:
        """With which environment it was told to start or to stop."""
        lines = (self.folder / "state" / "environment").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)
