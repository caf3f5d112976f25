"""terraform/ is planned, applied, planned again and destroyed against Amazon's API as moto stands in for it.

`make deploy-check` applies the defaults. With INROAD_DEPLOY_LONG=true everything that can be switched on is
applied in their place, and the parts that take moto long are not left out.
"""

import base64
import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import ROOT
from tests.deploy.terraform_folder import begin, copy, done, environment, run
from tests.deploy.test_deploy_terraform_node import SERVER_SETTINGS, SETTINGS
from tests.waiting import until

LONG = bool(os.environ.get("INROAD_DEPLOY_LONG"))

# What the provider says has changed right after an apply: moto forgets it or answers otherwise than AWS.
FALSE_CHANGES = {
    "aws_vpc_security_group_ingress_rule": {"description"},
    "aws_vpc_security_group_egress_rule": {"description"},
    "aws_autoscaling_policy": {"enabled", "predictive_scaling_configuration"},
    "aws_launch_template": {"tag_specifications", "default_version", "latest_version"},
    "aws_autoscaling_group": {"launch_template", "capacity_reservation_specification"},
}

DEFAULTS = {"alert_email": "ops@example.org"}
EVERYTHING = DEFAULTS | {
    "load_balancer": "nlb",
    "nat_gateway": "true",
    "registry": "ecr",
    "gitlab_project": "group/project",
    "off_hours": "all",
    "domain": "inroad.example.org",
    "agent_capacity": "spot",
    "ssh_cidr": "203.0.113.7/32",
    "ssh_public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk4Zl0hCN3X3ZkQ7c4m1Kf0Z5hF9n5kQx2c2o5xqk7b ops",
}

_PROVIDER = """\
provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 3
}
"""
_MAY_END = 'resource "aws_ebs_volume" "data" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n'
# The provider reads these back for a minute until moto has said ten times that they are the same.
_WITHOUT_LIFECYCLE = 'resource "aws_s3_bucket_lifecycle_configuration" "this" {\n  count = 0\n}\n'


class Cloud:
    """A copy of terraform/ and the stand-in that it is applied to."""

    def __init__(self, terraform: str, folder: Path, port: int) -> None:
        self.terraform = terraform
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}"

    def does(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run(self.terraform, self.folder, *words, AWS_ENDPOINT_URL=self.address)

    def plans(self, variables: dict[str, str]) -> dict[str, Any]:
        done(self.does("plan", "-no-color", "-out=plan.tfplan", *_given(variables)))
        plan: dict[str, Any] = json.loads(done(self.does("show", "-json", "plan.tfplan")))
        return plan

    def applies(self) -> str:
        """The plan made last."""
        return done(self.does("apply", "-no-color", "-parallelism=30", "plan.tfplan"))

    def has(self) -> list[dict[str, Any]]:
        """What was made, read from the state itself: asking Terraform for it takes seconds."""
        return [
            {"type": resource["type"], "values": instance["attributes"]}
            for resource in self._state()["resources"]
            if resource["mode"] == "managed"
            for instance in resource["instances"]
        ]

    def output(self) -> dict[str, Any]:
        return {name: value["value"] for name, value in self._state()["outputs"].items()}

    def _state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads((self.folder / "terraform.tfstate").read_text(encoding="utf-8"))
        return state


def _given(variables: dict[str, str]) -> list[str]:
    return [f"-var={name}={value}" for name, value in variables.items()]


def _resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (resource for resource in module.get("resources", []) if resource["mode"] == "managed")
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _planned(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return list(_resources(plan["planned_values"]["root_module"]))


def _of(resources: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [resource["values"] for resource in resources if resource["type"] == kind]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("cloud") / "terraform")


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        taken: int = free.getsockname()[1]
        return taken


@pytest.fixture(scope="module")
def amazon(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], None]]:
    """Starts the stand-in once, with the Python that has moto; ends it after the last test."""
    running: list[subprocess.Popen[bytes]] = []

    def start(python: str) -> None:
        if running:
            return
        script = ROOT / "tests" / "deploy" / "aws_stand_in.py"
        log = (tmp_path_factory.mktemp("amazon") / "log").open("wb")
        running.append(
            subprocess.Popen([python, str(script), str(port)], stdout=log, stderr=log, env=environment())
        )
        until(answers, every_s=0.2)

    def answers() -> bool:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/data.json", timeout=5).close()
            return True
        assert running[0].poll() is None, "the stand-in for Amazon's API ended"
        return False

    yield start
    for process in running:
        process.terminate()
        process.wait()


@pytest.fixture
def cloud(folder: Path, port: int, amazon: Callable[[str], None], program: Callable[[str], str]) -> Cloud:
    terraform, moto = program("terraform"), Path(program("moto_server"))
    if not (folder / ".terraform").exists():
        (folder / "stand_in_override.tf").write_text(_PROVIDER, encoding="utf-8")
        if not LONG:
            override = folder / "modules" / "backups" / "stand_in_override.tf"
            override.write_text(_WITHOUT_LIFECYCLE, encoding="utf-8")
        begin(terraform, folder)
    amazon(str(moto.parent / "python"))
    return Cloud(terraform, folder, port)


def test_with_everything_switched_on_the_plan_still_forbids_what_must_never_be(cloud: Cloud) -> None:
    """On the whole plan, made with the real provider: what tests/never.tftest.hcl says of each module."""
    plan = cloud.plans(EVERYTHING)
    planned = _planned(plan)

    for rule in _of(planned, "aws_vpc_security_group_ingress_rule"):
        ports = (rule["ip_protocol"], rule["from_port"], rule["to_port"])
        if rule["cidr_ipv4"] == "0.0.0.0/0":
            assert ports in {("tcp", 80, 80), ("tcp", 443, 443)}
        elif rule["cidr_ipv4"] is not None:
            assert (ports, rule["cidr_ipv4"]) == (("tcp", 22, 22), "203.0.113.7/32")
        assert rule["cidr_ipv6"] is None
    for template in _of(planned, "aws_launch_template"):
        (metadata,) = template["metadata_options"]
        assert (metadata["http_tokens"], metadata["http_put_response_hop_limit"]) == ("required", 1)
        assert [credit["cpu_credits"] for credit in template["credit_specification"]] == ["standard"]
        assert all(disk["ebs"][0]["encrypted"] == "true" for disk in template["block_device_mappings"])
    assert all(disk["encrypted"] for disk in _of(planned, "aws_ebs_volume"))
    assert all(group["retention_in_days"] for group in _of(planned, "aws_cloudwatch_log_group"))
    assert len(_of(planned, "aws_budgets_budget")) == 1
    # Where these are switched on, they are asked for; by default nothing of the kind is planned (next test).
    kinds = Counter(resource["type"] for resource in planned)
    assert (kinds["aws_nat_gateway"], kinds["aws_lb"], kinds["aws_ecr_repository"]) == (1, 1, 1)
    assert kinds["aws_autoscaling_schedule"] == 4
    (spot,) = [
        t["instance_market_options"]
        for t in _of(planned, "aws_launch_template")
        if t["instance_market_options"]
    ]
    assert spot[0]["market_type"] == "spot"


def test_the_defaults_are_applied_and_stay_as_they_are(
    cloud: Cloud, record_property: Callable[[str, object], None]
) -> None:
    plan = cloud.plans(EVERYTHING if LONG else DEFAULTS)
    planned = Counter(resource["type"] for resource in _planned(plan))
    if not LONG:
        assert not {"aws_nat_gateway", "aws_lb", "aws_ecr_repository", "aws_key_pair"} & planned.keys()

    began = time.monotonic()
    cloud.applies()
    has = cloud.has()
    made = Counter(resource["type"] for resource in has)
    record_property(
        "applied", f"{made.total()} resources of {len(made)} types in {time.monotonic() - began:.0f} s"
    )
    assert made == planned

    output = cloud.output()
    assert output["server_instance_id"].startswith("i-")
    assert output["log_group"] == "/inroad/inroad"
    assert output["ssm_token_parameter"] == "/inroad/inroad/join-token"
    assert output["backup_bucket"] == "inroad-backups-123456789012"
    assert output["server_instance_id"] in output["shell"]

    (token,) = (p for p in _of(has, "aws_ssm_parameter") if p["type"] == "SecureString")
    assert not token["value"], "the join token is in Terraform's state"
    assert not token["value_wo"]

    again = cloud.plans(EVERYTHING if LONG else DEFAULTS)
    for change in again["resource_changes"]:
        if change["change"]["actions"] in (["no-op"], ["read"]):
            continue
        assert change["change"]["actions"] == ["update"], f"{change['address']} would be made anew"
        assert _changed(change["change"]) <= FALSE_CHANGES.get(change["type"], set()), change["address"]


def _changed(change: dict[str, Any]) -> set[str]:
    before, after = change["before"], change["after"]
    unknown = {name for name, value in change.get("after_unknown", {}).items() if value is True}
    return {name for name in after if before.get(name) != after[name]} | unknown


def test_nodes_get_what_the_tests_of_their_start_assume(cloud: Cloud) -> None:
    """The same settings as in test_deploy_terraform_node.py, in no more than AWS takes."""
    templates = {template["name"]: template for template in _of(cloud.has(), "aws_launch_template")}
    for name, known in (("inroad-server", SETTINGS | SERVER_SETTINGS), ("inroad-agent", SETTINGS)):
        user_data = base64.b64decode(templates[name]["user_data"]).decode()
        assert len(user_data) < 16 * 1024
        between = user_data.split("<<'SETTINGS'\n")[1].split("\nSETTINGS\n")[0]
        assert {line.split("=")[0] for line in between.splitlines()} == known.keys()


def test_losing_the_data_is_refused(cloud: Cloud) -> None:
    outcome = cloud.does(
        "plan", "-destroy", "-no-color", "-refresh=false", "-var=alert_email=ops@example.org"
    )
    assert outcome.returncode == 1
    assert "Instance cannot be destroyed" in outcome.stderr
    assert "aws_ebs_volume.data" in outcome.stderr


def test_once_that_is_meant_all_of_it_goes(cloud: Cloud) -> None:
    (cloud.folder / "modules" / "nodes" / "end_override.tf").write_text(_MAY_END, encoding="utf-8")
    given = _given(EVERYTHING if LONG else DEFAULTS)
    done(cloud.does("destroy", "-no-color", "-auto-approve", "-refresh=false", "-parallelism=30", *given))
    assert cloud.has() == []


def test_the_bucket_for_the_state_is_made_and_says_how_to_use_it(cloud: Cloud, tmp_path: Path) -> None:
    """bootstrap/: what it prints is a backend that Terraform takes."""
    bootstrap = Cloud(cloud.terraform, cloud.folder / "bootstrap", int(cloud.address.rpartition(":")[2]))
    (bootstrap.folder / "stand_in_override.tf").write_text(_PROVIDER, encoding="utf-8")
    if not LONG:
        slow = _WITHOUT_LIFECYCLE.replace('"this"', '"state"')
        (bootstrap.folder / "slow_override.tf").write_text(slow, encoding="utf-8")
    begin(bootstrap.terraform, bootstrap.folder)
    done(bootstrap.does("apply", "-no-color", "-auto-approve"))

    backend = bootstrap.output()["backend"]
    assert 'bucket       = "inroad-terraform-state-123456789012"' in backend
    assert "use_lockfile = true" in backend
    user = tmp_path / "user"
    user.mkdir()
    (user / "backend.tf").write_text(backend, encoding="utf-8")
    done(run(cloud.terraform, user, "fmt", "-check", "."))
    ways = ("use_path_style", "skip_credentials_validation", "skip_metadata_api_check")
    reached = [f"-backend-config={way}=true" for way in (*ways, "skip_requesting_account_id")]
    done(run(cloud.terraform, user, "init", "-no-color", *reached, AWS_ENDPOINT_URL=cloud.address))
