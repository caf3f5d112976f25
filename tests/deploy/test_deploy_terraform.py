"""terraform/ is well-formed, refuses what it must, and keeps checkov's rules but for named reasons."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deploy.conftest import ROOT
from tests.deploy.terraform_folder import TERRAFORM, begin, copy, done, environment, run

MODULES = sorted(path.name for path in (TERRAFORM / "modules").iterdir())
_SKIP = re.compile(r"#\s*checkov:skip=(\w+):?\s*(.*)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("terraform") / "terraform")


@pytest.fixture
def begun(folder: Path, program: Callable[[str], str]) -> Path:
    """The copy with its provider, which takes a few seconds once."""
    if not (folder / ".terraform").exists():
        begin(program("terraform"), folder)
    return folder


def test_it_is_formatted(program: Callable[[str], str]) -> None:
    done(run(program("terraform"), TERRAFORM, "fmt", "-check", "-diff", "-recursive", "."))


def test_it_is_valid(begun: Path, program: Callable[[str], str]) -> None:
    done(run(program("terraform"), begun, "validate", "-no-color"))


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_each_variable_and_output_is(module: str) -> None:
    """A reader learns a module from two files."""
    for file in ("variables.tf", "outputs.tf"):
        path = TERRAFORM / "modules" / module / file
        if path.exists():
            blocks = re.split(r"(?m)^(?=(?:variable|output) )", path.read_text(encoding="utf-8"))[1:]
            assert all("description" in block for block in blocks), path


def test_nothing_wrong_is_planned_and_nothing_forbidden_is_made(
    begun: Path, program: Callable[[str], str]
) -> None:
    """tests/*.tftest.hcl: what variables refuse, and what must never happen."""
    outcome = run(program("terraform"), begun, "test", "-no-color")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert re.search(r"Success! \d+ passed, 0 failed\.", outcome.stdout)


def test_checkov_finds_nothing(folder: Path, program: Callable[[str], str]) -> None:
    """Every rule that is skipped has a reason beside it, and would be broken without."""
    reasons = [
        (match[1], match[2])
        for path in TERRAFORM.rglob("*.tf")
        for match in map(_SKIP.search, path.read_text(encoding="utf-8").splitlines())
        if match
    ]
    assert all(len(reason) > 15 for _, reason in reasons)

    outcome = subprocess.run(
        [
            program("checkov"),
            *("--directory", str(folder), "--framework", "terraform", "--skip-path", r"\.terraform"),
            *("--skip-download", "--compact", "--output", "json"),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    report = json.loads(outcome.stdout)
    failed = [(c["check_id"], c["resource"], c["check_name"]) for c in report["results"]["failed_checks"]]
    assert failed == []
    assert report["summary"]["passed"] > 100
    assert {check["check_id"] for check in report["results"]["skipped_checks"]} == {
        rule for rule, _ in reasons
    }


# --- what the other parts of the deployment count on ----------------------------------------------------


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_a_pipeline_may_do_what_its_script_does() -> None:
    """Every call of AWS's Systems Manager in remote.sh is allowed to the role, and no other."""
    verbs = re.findall(r"\bssm (\w+(?:-\w+)+)", _text("deploy/scripts/remote.sh"))
    calls = {"ssm:" + "".join(word.title() for word in verb.split("-")) for verb in verbs}
    allowed = set(re.findall(r'"(ssm:[A-Z]\w+)"', _text("terraform/modules/ci_access/main.tf")))
    on_the_server = {"ssm:GetParameter"}
    assert on_the_server <= calls
    assert calls - on_the_server == allowed


@pytest.mark.parametrize("folder", ["postgres", "backups"])
def test_the_folders_of_the_volumes_are_made(folder: str) -> None:
    """overlays/ec2 mounts them as local volumes: the kubelet makes none."""
    assert f"path: /var/lib/inroad/{folder}" in _text("deploy/overlays/ec2/volumes.yaml")
    assert f'"$data/{folder}"' in _text("terraform/modules/nodes/user_data/server.sh")


@pytest.mark.parametrize("role", ["server", "agent"])
def test_nodes_have_the_labels_that_pods_ask_for(role: str) -> None:
    assert f"inroad/role={role}" in _text(f"terraform/modules/nodes/user_data/{role}.sh")
    overlay = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "deploy/overlays/ec2").glob("*.yaml")
    )
    assert re.search(rf"inroad/role(: |\n.*\n.*\[){role}", overlay)


def test_a_small_node_is_given_one_pod_of_the_app() -> None:
    """As the scheduler counts: its request, against a t2.micro's 949 MiB less what the kubelet keeps back."""
    (kept,) = re.findall(r'RESERVED_MEMORY = "(\d+)Mi" }', _text("terraform/modules/nodes/main.tf"))
    (wanted,) = re.findall(r"requests:\n.*\n +memory: (\d+)Mi", _text("deploy/base/deployment.yaml"))
    assert int(kept) >= 275 + 80  # as docs/runbook.md has it
    assert (949 - int(kept)) // int(wanted) == 1
