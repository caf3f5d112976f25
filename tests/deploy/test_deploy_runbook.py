"""What the runbook tells a person to type, look at or set is there, and its sums come out."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import app
from tests.deploy.conftest import DEPLOY, ROOT
from tests.deploy.test_deploy_monitoring import ALERTS, names_and_labels, shown

PAGE = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
CODE = [
    *re.findall(r"`([^`\n]+)`", PAGE),
    *"".join(re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)).splitlines(),
]
TYPED = [piece.partition("   #")[0].strip() for piece in CODE]
MANIFESTS = [
    document
    for path in DEPLOY.rglob("*.yaml")
    if not path.name.startswith("alerts.")
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
    if isinstance(document, dict) and "kind" in document and "metadata" in document
]
NAMES = {(each["kind"].lower(), each["metadata"]["name"]) for each in MANIFESTS}


def found(pattern: str) -> list[str]:
    """What a pattern finds in all that is typed, each once."""
    return sorted({match for piece in TYPED for match in re.findall(pattern, piece)})


def text_of(*patterns: str) -> str:
    paths = (path for pattern in patterns for path in ROOT.glob(pattern))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.is_file())


def test_it_is_one_page() -> None:
    assert PAGE.count("\n") <= 160
    assert all(len(line) <= 120 or line.startswith("|") for line in PAGE.splitlines())


@pytest.mark.parametrize("path", found(r"(?<![\w/.])(?:deploy|docs|terraform)/[\w./-]+"))
def test_a_file_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("script", found(r"(?<![\w/.-])([\w-]+\.sh)\b"))
def test_a_script_is_there_and_can_be_run(script: str) -> None:
    path = DEPLOY / "scripts" / script
    assert path.stat().st_mode & 0o111, f"{script} is not executable"


@pytest.mark.parametrize("command", found(r"python app\.py (\w+)"))
def test_the_app_knows_a_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        app.main([command, "--help"])
    assert left.value.code == 0
    flags = found(rf"python app\.py {command}[^`]* (--\w+)")
    assert all(flag in capsys.readouterr().out for flag in flags)


@pytest.mark.parametrize("module", found(r"python -m ([\w.]+)"))
def test_a_module_is_there(module: str) -> None:
    assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists()


@pytest.mark.parametrize(
    ("kind", "name"),
    sorted(
        {
            match
            for piece in TYPED
            for match in re.findall(r"(deployment|cronjob|statefulset)/([\w-]+)", piece)
        }
    ),
)
def test_an_object_is_in_the_manifests(kind: str, name: str) -> None:
    assert (kind, name) in NAMES or name == "traefik"  # k3s's own


def test_pods_labels_and_the_namespace_are_those_of_the_manifests() -> None:
    assert set(found(r"kubectl -n ([\w-]+)")) == {"inroad", "kube-system", "monitoring"}
    assert ("namespace", "inroad") in NAMES
    assert found(r"\b(postgres)-0\b") == ["postgres"]
    assert ("statefulset", "postgres") in NAMES
    assert ("deployment", "inroad-worker") in NAMES
    kinds = {kind for kind, _ in NAMES}
    assert {"cronjob", "horizontalpodautoscaler"} <= kinds
    components = {each["metadata"].get("labels", {}).get("app.kubernetes.io/component") for each in MANIFESTS}
    assert set(found(r"app\.kubernetes\.io/component=(\w+)")) <= components


def test_the_time_and_number_of_backups_are_the_cronjobs() -> None:
    [job] = [each for each in MANIFESTS if each["metadata"]["name"] == "inroad-backup"]
    minute, hour, *_ = job["spec"]["schedule"].split()
    assert f"at {int(hour):02}:{int(minute):02} UTC" in PAGE
    environment = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["env"]
    [kept] = [each["value"] for each in environment if each["name"] == "BACKUPS_KEPT"]
    assert f"keeps {kept};" in PAGE


def test_what_can_be_set_is_read_by_something() -> None:
    known = text_of(
        ".env.example", "settings.py", "deploy/scripts/*", "deploy/base/*", "deploy/components/*/*"
    )
    for name in found(r"\b[A-Z][A-Z]+(?:_[A-Z]+)+\b"):
        assert re.search(rf"\b{name}\b", known, re.IGNORECASE), name


def test_variables_and_outputs_are_terraforms() -> None:
    known = set(re.findall(r'^(?:variable|output) "(\w+)"', text_of("terraform/*.tf"), re.MULTILINE))
    named = {"agents", "domain", "data_disk_gib", "agent_instance_type"}
    named |= {"log_group", "ssm_token_parameter", "server_address", "shell"}
    assert all(name in PAGE for name in named)
    assert named <= known


def test_the_nodes_know_the_commands_of_the_server() -> None:
    known = text_of("terraform/modules/nodes/**/*")
    for name in ("inroad-backups", "inroad-publish"):
        assert name in PAGE
        assert name in known


def test_alerts_and_figures_are_ours() -> None:
    assert set(re.findall(r"\bInroad[A-Z]\w+", PAGE)) <= set(ALERTS)
    names = {name for piece in found(r"inroad_\w+(?:\{[^}]*\})?") for name in names_and_labels(piece)[0]}
    assert names <= set(shown())


# --- the sums ----------------------------------------------------------------------------------------------


def rounded(number: float, digits: int = 2) -> str:
    """As a person would say it: two digits, and thousands."""
    return f"{round(number, digits - len(str(int(number)))):,.0f}"


def test_what_a_small_node_sustains() -> None:
    round_s, hour_s = 0.093, 3600 * 0.10
    idle_s = 3600 * 0.012  # as the README says of the app
    assert f"{hour_s:.0f} CPU s an hour; less {idle_s:.0f} s of an idle app" in PAGE
    assert f"some {rounded((hour_s / 2 - idle_s) / round_s)} drafts an hour" in PAGE
    assert f"144 credits are {rounded(144 * 60 / round_s)} more" in PAGE
    assert f"| {int(1 / round_s)} drafts a second" in PAGE


def test_how_many_pods_fit() -> None:
    left = 949 - 275 - 80
    assert f"949 - 275 (k3s agent) - 80 (system) = {left} MiB" in PAGE
    web = yaml.safe_load(text_of("deploy/base/deployment.yaml"))
    limit = web["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]["memory"]
    assert left // int(limit.removesuffix("Mi")) == 1
    assert f"{limit.removesuffix('Mi')} MiB is a pod's limit" in PAGE


def test_how_long_a_start_may_take() -> None:
    web = yaml.safe_load(text_of("deploy/base/deployment.yaml"))["spec"]["template"]["spec"]["containers"][0]
    minutes = web["startupProbe"]["periodSeconds"] * web["startupProbe"]["failureThreshold"] / 60
    assert (minutes, "the startup probe gives it six." in PAGE) == (6, True)


def test_how_many_processes_the_database_takes() -> None:
    from sqlalchemy.pool import QueuePool

    pool = QueuePool(lambda: None)  # type: ignore[arg-type]
    each = pool.size() + pool._max_overflow
    [most] = re.findall(r"max_connections=(\d+)", text_of("deploy/base/database.yaml"))
    scaler = yaml.safe_load(text_of("deploy/base/autoscaler.yaml"))["spec"]
    assert f"({scaler['maxReplicas']} pods + 1 in a roll-out) × {each} of {most}" in PAGE
    assert int(most) // each == 5  # so the sixth is one too many


def test_figures_stand_in_the_readme_as_well() -> None:
    readme = text_of("README.md")
    for figure in ("174 MiB", "294 MiB", "5.6 to 10.0", "2.7 s", "1.2 s"):
        assert figure in readme
    for said in ("begins with 174 MiB, has 294 MiB", "5.6 to 10 drafts", "within 2.7 s", "within 1.2 s"):
        assert said in PAGE


def test_shell_commands_are_well_formed(program: Callable[[str], str], tmp_path: Path) -> None:
    lines = [
        line for line in TYPED if re.match(r"(?:kubectl|deploy/scripts|INROAD_|curl|echo|python) ?", line)
    ]
    assert len(lines) > 10
    script = tmp_path / "typed.sh"
    script.write_text(
        "#!/usr/bin/env bash\n" + "\n".join(line.replace("[BACKUP]", "B") for line in lines) + "\n"
    )
    done = subprocess.run([program("bash"), "-n", str(script)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# --- the README --------------------------------------------------------------------------------------------

DEPLOY_SECTION = text_of("README.md").partition("\n## Deploy\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"(?:`|\(|-k )((?:deploy|docs|terraform)/[\w./-]*)", DEPLOY_SECTION)))
)
def test_what_the_readme_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_its_memory_is_the_sum_of_what_compose_starts_by_itself() -> None:
    services = yaml.safe_load(text_of("compose.yaml"))["services"]
    stay = [each for each in services.values() if "profiles" not in each and each["restart"] != "no"]
    limits = [each["mem_limit"] for each in stay]
    assert f"{sum(int(limit.removesuffix('m')) for limit in limits)} MiB at most" in DEPLOY_SECTION
    profiles = {profile for each in services.values() for profile in each.get("profiles", ())}
    [offered] = re.findall(r'`PROFILES="([\w ]+)"`', DEPLOY_SECTION)
    assert set(offered.split()) == profiles


def test_its_costs_are_those_of_terraform() -> None:
    table = text_of("terraform/README.md")
    costs = [
        round(float(re.findall(rf"^\| {label}.*?\| ([\d.]+) \|", table, re.MULTILINE)[0]))
        for label in ("Agents on", "Always on")
    ]
    assert f"{costs[0]} $ a month, {costs[1]} $ without off-hours" in DEPLOY_SECTION


def test_its_figures_are_the_runbooks() -> None:
    for figure in ("some 1,500 drafts an hour", "93,000 more", "5.6 to 10 drafts a minute", "48 MiB"):
        assert figure in PAGE
        assert figure in " ".join(DEPLOY_SECTION.split())
    assert f"{len(ALERTS)} alerts" in DEPLOY_SECTION


def test_its_variables_are_the_pipelines() -> None:
    pipeline = text_of(".gitlab-ci.yml", "deploy/scripts/*", ".env.example", "settings.py")
    for name in re.findall(r"`(?:INROAD_URL=\S+ )?([A-Z][A-Z_]+)\b", DEPLOY_SECTION):
        assert name in pipeline
