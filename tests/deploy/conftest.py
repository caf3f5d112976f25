"""What the checks of the deployment share: the outside programs they need, and where the files lie."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


@pytest.fixture
def program() -> Callable[[str], str]:
    """Where an outside program lies; the test is skipped, with the reason, where it may not be used.

    Only `make deploy-check` installs them and lets them run, so that `make test` stays what a contributor to
    the app needs.
    """

    def find(name: str) -> str:
        if not os.environ.get("INROAD_DEPLOY_CHECK"):
            pytest.skip("runs an outside program: make deploy-check")
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"{name} is not on this machine")
        return found

    return find
