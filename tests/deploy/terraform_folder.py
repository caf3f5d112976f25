"""Terraform on a copy of terraform/, with the provider from a mirror on disk where there is one."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.conftest import ROOT

TERRAFORM = ROOT / "terraform"
_PLACES = ("/opt", "/usr/local", "/usr/share", "/var/lib")


def environment(**more: str) -> dict[str, str]:
    """Nothing of this machine's account: no credentials, no profile; no look for a newer Terraform either."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    config = os.environ.get("TF_CLI_CONFIG_FILE", "")
    if Path(config).is_file():
        kept["TF_CLI_CONFIG_FILE"] = config
    return kept | {
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        **more,
    }


def run(terraform: str, folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """`terraform WORDS` in `folder`; both streams as text."""
    return subprocess.run(
        [terraform, *words],
        cwd=folder,
        env=environment(**environ),
        capture_output=True,
        text=True,
        timeout=600,
    )


def done(outcome: subprocess.CompletedProcess[str]) -> str:
    """What a command that must succeed said."""
    assert outcome.returncode == 0, outcome.stdout[-4000:] + outcome.stderr[-4000:]
    return outcome.stdout


def copy(to: Path) -> Path:
    """A copy of terraform/ as it is committed: nothing that an earlier run left."""
    left = shutil.ignore_patterns(
        ".terraform", "*.tfstate*", "__pycache__", "*.tfplan", "*.tfvars", "backend*.tf", "plan"
    )
    shutil.copytree(TERRAFORM, to, ignore=left)
    return to


def begin(terraform: str, folder: Path) -> None:
    """`terraform init` with the committed lock file; the test is skipped where no provider can be had."""
    mirror = _mirror()
    words = [f"-plugin-dir={mirror}"] if mirror else []
    outcome = run(terraform, folder, "init", "-no-color", "-lockfile=readonly", *words)
    if outcome.returncode and mirror is None and "registry.terraform.io" in outcome.stderr:
        pytest.skip("the AWS provider is neither on this machine nor to be had from registry.terraform.io")
    done(outcome)


def _mirror() -> Path | None:
    """The folder that holds `registry.terraform.io`: INROAD_TERRAFORM_MIRROR, or where such are kept."""
    named = os.environ.get("INROAD_TERRAFORM_MIRROR")
    if named:
        return Path(named)
    for place in _PLACES:
        for pattern in ("registry.terraform.io", "*/registry.terraform.io", "*/*/registry.terraform.io"):
            found = next(Path(place).glob(pattern), None)
            if found is not None:
                return found.parent
    return None
