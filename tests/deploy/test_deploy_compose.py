"""Compose runs every service with no more than it needs, and uses every part that a profile starts."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.deploy.conftest import DEPLOY, ROOT
from tests.deploy.docker_stand_in import Docker

FILE = ROOT / "compose.yaml"
TEXT = FILE.read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
EXAMPLE = (DEPLOY / "compose" / "example.env").read_text(encoding="utf-8")
PARTS = ("model", "rabbitmq", "chroma")
OF_COMPOSE_ITSELF = {"COMPOSE_PROFILES"}

each_service = pytest.mark.parametrize("name", SERVICES)


@pytest.fixture
def docker(tmp_path: Path) -> Docker:
    """The command in a place of its own, where docker is a stand-in."""
    return Docker(tmp_path)


def networks(name: str) -> set[str]:
    return set(SERVICES[name]["networks"])


def names_used(text: str) -> set[str]:
    return set(re.findall(r"\$\{(\w+)", text))


# --- what every service holds to ---------------------------------------------------------------------------


@each_service
def test_an_image_is_ours_or_of_a_pinned_version(name: str) -> None:
    image = SERVICES[name]["image"]
    assert image == "inroad:local" or re.fullmatch(r"[a-z.]+\.io/[\w./-]+:(server-b)?\d[\w.-]*", image)


@each_service
def test_a_service_can_change_nothing_but_its_named_places(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert not service.get("privileged")
    assert not {"pid", "ipc", "network_mode", "devices", "userns_mode"} & service.keys()
    for volume in service.get("volumes", []):
        source, _, rest = volume.rpartition(":") if volume.endswith(":ro") else (volume, "", "")
        of_the_computer = volume.startswith((".", "/", "$"))
        assert not of_the_computer or rest == "ro", volume
        assert "docker.sock" not in source


@each_service
def test_a_service_has_an_end_to_memory_processes_and_log(name: str) -> None:
    service = SERVICES[name]
    assert service["mem_limit"]
    assert service["pids_limit"] <= 512
    assert service["logging"]["driver"] == "json-file"
    assert {"max-size", "max-file"} <= service["logging"]["options"].keys()


@each_service
def test_a_service_tells_whether_it_works_or_runs_once(name: str) -> None:
    service = SERVICES[name]
    if service["restart"] == "no":
        waiting = [
            each["depends_on"][name] for each in SERVICES.values() if name in each.get("depends_on", {})
        ]
        assert waiting == [{"condition": "service_completed_successfully"}] * len(waiting) != []
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] == "CMD"
        assert service["healthcheck"]["interval"]


@each_service
def test_a_service_runs_as_nobody_of_this_computer(name: str) -> None:
    """Those without a user have one in their image, or, without any power, own their volume as root."""
    user = SERVICES[name].get("user")
    assert user is None or re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert user or SERVICES[name]["image"] == "inroad:local" or name in ("proxy", "chroma")


def test_no_secret_is_written_in_the_file() -> None:
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASS|TOKEN|KEY|SECRET", key):
                assert re.fullmatch(r"\$\{\w+(:-|:\?[^}]*)\}", value), f"{name}: {key}"
            assert not re.search(r"://[^$/@]*:[^$/@]+@", str(value)), f"{name}: {key}"


# --- who reaches whom --------------------------------------------------------------------------------------


def test_only_the_proxy_is_reached_from_outside_and_by_default_from_this_computer_alone() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published.keys() == {"proxy"}
    assert all(port.startswith("${INROAD_BIND:-127.0.0.1}:") for port in published["proxy"])


def test_the_proxy_reaches_the_app_and_nothing_else() -> None:
    assert networks("proxy") == {"edge"}
    assert [name for name in SERVICES if "edge" in networks(name)] == ["proxy", "app"]


def test_the_app_believes_addresses_from_the_proxy_alone() -> None:
    subnet = COMPOSE["networks"]["edge"]["ipam"]["config"][0]["subnet"]
    assert SERVICES["app"]["environment"]["INROAD_TRUSTED_PROXIES"] == subnet
    assert "INROAD_TRUSTED_PROXIES" not in SERVICES["worker"]["environment"]


def test_only_what_reads_pages_or_serves_them_reaches_the_web() -> None:
    open_to_the_web = {name for name, network in COMPOSE["networks"].items() if not network.get("internal")}
    assert {name for name in SERVICES if networks(name) & open_to_the_web} == {"proxy", "app", "worker"}


@pytest.mark.parametrize("name", ["postgres", "rabbitmq", "chroma", "model"])
def test_each_server_has_a_network_that_only_its_clients_share(name: str) -> None:
    (own,) = networks(name)
    sharing = {other for other in SERVICES if own in networks(other)} - {name}
    assert sharing == {"app", "worker"} | ({"migrate"} if name == "postgres" else set())


# --- the order, and what is agreed with others -------------------------------------------------------------


def test_the_app_starts_on_a_database_that_is_up_to_date() -> None:
    for name in ("app", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert SERVICES["proxy"]["depends_on"]["app"] == {"condition": "service_healthy"}


def test_the_app_has_the_time_that_it_needs_to_stop() -> None:
    running = (ROOT / "serving" / "running.py").read_text()
    needed = sum(
        float(re.findall(rf"^{name} = ([\d.]+)", running, re.M)[0]) for name in ("LAST_DRAFTS_S", "CUT_OFF_S")
    )
    for name in ("app", "worker", "proxy"):
        grace = int(SERVICES[name]["stop_grace_period"].removesuffix("s"))
        assert grace >= 40 > needed


def test_two_processes_never_share_a_data_folder() -> None:
    holding = [name for name, each in SERVICES.items() if "evidence:/data" in each.get("volumes", [])]
    assert holding == ["app"]


def test_chroma_is_of_the_version_that_its_client_is_locked_to() -> None:
    locked = re.search(r"^chromadb==([\d.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert locked is not None
    assert SERVICES["chroma"]["image"].endswith(f":{locked[1]}")


def test_a_cluster_runs_the_same_images() -> None:
    manifests = "\n".join(path.read_text() for path in DEPLOY.rglob("*.yaml") if "overlays" not in path.parts)
    for name in ("postgres", "rabbitmq", "chroma"):
        assert f"image: {SERVICES[name]['image']}" in manifests


def test_all_settings_of_the_app_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    from settings import Settings

    known = {name.upper() for name in Settings.model_fields}
    for field in Settings.model_fields.values():
        alias = field.validation_alias
        known |= {str(choice) for choice in getattr(alias, "choices", ())}
    given = {*SERVICES["app"]["environment"], *SERVICES["worker"]["environment"]}
    assert given - known == set()


# --- variables ---------------------------------------------------------------------------------------------


def test_every_variable_has_a_default_or_says_what_to_do() -> None:
    for variable in re.findall(r"\$\{[^}]*\}", TEXT):
        assert re.fullmatch(r"\$\{\w+(:-[^}]*|:\?[A-Z][^}]*\.)\}", variable), variable


def test_every_variable_is_described_and_nothing_else_is() -> None:
    described = set(re.findall(r"^# ([A-Z][A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert described == names_used(TEXT) | OF_COMPOSE_ITSELF


def test_the_described_defaults_are_the_true_ones() -> None:
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]+)\}", TEXT))
    for name, value in re.findall(r"^# ([A-Z][A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE):
        if name in defaults and name != "JOB_WORKERS":  # described with the part that sets it
            assert defaults[name] == value, name


# --- parts by profile --------------------------------------------------------------------------------------


def test_the_parts_are_those_that_the_command_knows() -> None:
    assert {profile for each in SERVICES.values() for profile in each.get("profiles", [])} == set(PARTS)


@pytest.mark.parametrize(
    ("part", "variable"), [("model", "MODEL_SERVER_URL"), ("rabbitmq", "QUEUE_URL"), ("chroma", "CHROMA_URL")]
)
def test_a_part_that_is_started_is_used_by_the_app(part: str, variable: str, docker: Docker) -> None:
    docker.put("models/gguf/model.gguf")
    assert docker.run("up", part).returncode == 0
    address = urlsplit(docker.environment[variable])
    server = SERVICES[str(address.hostname)]
    assert server["profiles"] == [part]
    for name in ("app", "worker"):
        assert SERVICES[name]["environment"][variable] == f"${{{variable}:-}}"
        assert networks(name) & set(server["networks"])
    assert docker.environment["COMPOSE_PROFILES"] == part


def test_with_a_worker_the_app_leaves_background_jobs_to_it(docker: Docker) -> None:
    assert docker.run("up", "rabbitmq").returncode == 0
    assert docker.environment["JOB_WORKERS"] == "0"
    assert SERVICES["app"]["environment"]["JOB_WORKERS"] == "${JOB_WORKERS:-2}"
    assert SERVICES["worker"]["command"] == ["python", "app.py", "work"]
    assert int(SERVICES["worker"]["environment"]["JOB_WORKERS"]) > 0


# --- as Compose reads it -----------------------------------------------------------------------------------


def test_the_file_keeps_to_the_specification(program: Callable[[str], str]) -> None:
    check = [program("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(FILE)]
    outcome = subprocess.run(check, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


def test_the_file_is_tidy(program: Callable[[str], str]) -> None:
    check = [program("yamllint"), "--strict", "--config-file", str(DEPLOY / "yamllint.yaml"), str(FILE)]
    outcome = subprocess.run(check, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


def resolve(podman_compose: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables}
    profiles = [f"--profile={part}" for part in PARTS]
    command = [podman_compose, "--env-file", "/dev/null", "--file", str(FILE), *profiles, "config"]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)


@pytest.fixture
def podman_compose(program: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The real podman-compose, which asks podman for its version alone before it reads the file."""
    podman = tmp_path / "podman"
    podman.write_text("#!/bin/sh\necho podman version 5.6.0\n")
    podman.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return program("podman-compose")


def test_the_file_is_resolved_with_one_password_given(podman_compose: str) -> None:
    outcome = resolve(podman_compose, POSTGRES_PASSWORD="a1b2", INROAD_DOMAIN="inroad.example")
    assert outcome.returncode == 0, outcome.stderr
    environment = yaml.safe_load(outcome.stdout)["services"]["app"]["environment"]
    assert environment["DATABASE_URL"] == "postgresql://inroad:a1b2@postgres:5432/inroad"
    assert environment["INROAD_PUBLIC_URL"] == "https://inroad.example:443"


def test_without_the_password_it_says_what_to_do(podman_compose: str) -> None:
    outcome = resolve(podman_compose)
    assert outcome.returncode != 0
    assert "let make up do that" in outcome.stderr
