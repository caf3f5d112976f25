"""The manifests are valid, and hold what the cluster and its people rely on."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deploy.conftest import DEPLOY

OVERLAYS = sorted(path.parent.name for path in DEPLOY.glob("overlays/*/kustomization.yaml"))


@pytest.fixture(params=OVERLAYS)
def rendered(request: pytest.FixtureRequest, program: Callable[[str], str], tmp_path: Path) -> Path:
    """An overlay as `kubectl apply -k` would send it."""
    folder = DEPLOY / "overlays" / request.param
    outcome = subprocess.run([program("kubectl"), "kustomize", folder], capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    path = tmp_path / f"{request.param}.yaml"
    path.write_text(outcome.stdout, encoding="utf-8")
    return path


def test_every_field_is_one_that_kubernetes_knows(rendered: Path, program: Callable[[str], str]) -> None:
    outcome = subprocess.run(
        [program("kubernetes-validate"), "--strict", rendered], capture_output=True, text=True
    )
    assert outcome.returncode == 0, outcome.stdout


def test_the_manifests_are_written_in_one_style(program: Callable[[str], str]) -> None:
    folders = [DEPLOY / "base", DEPLOY / "overlays"]
    outcome = subprocess.run(
        [program("yamllint"), "--strict", "--config-file", DEPLOY / "yamllint.yaml", *folders],
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stdout


def test_checkov_finds_nothing(rendered: Path, program: Callable[[str], str]) -> None:
    outcome = subprocess.run(
        [program("checkov"), "--framework", "kubernetes", "--file", rendered, "--compact", "--quiet"],
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stdout
