"""Alerts and dashboard speak of what the app really shows; each alert fires when it should, and only then."""

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from samples import SAMPLES
from telemetry.machine import Machine
from telemetry.metrics import REGISTRY
from tests.deploy.conftest import DEPLOY, ROOT
from tests.deploy.manifests import Rendered
from tests.groq_stand_in import StandIn
from tests.waiting import until

MONITORING = DEPLOY / "monitoring"
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
[GROUP] = yaml.safe_load((MONITORING / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
ALERTS = {rule["alert"]: rule for rule in GROUP["rules"]}
SCRAPE = yaml.safe_load((MONITORING / "prometheus.yaml").read_text(encoding="utf-8"))

SCENES = ("alerts.test.yaml", "alerts.days.test.yaml")

FROM_PROMETHEUS = {"up", "ALERTS"}
FROM_THE_PROCESS = {
    "process_start_time_seconds",
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
}
FROM_THE_PROCESS |= {"process_open_fds"}
OF_EVERY_TARGET = {"job", "instance", "component", "le", "alertstate"}
_WORDS = set(
    re.findall(
        r"\w+",
        "and avg by changes count for histogram_quantile increase label_values max min min_over_time or rate "
        "sum time topk unless vector",
    )
)
_ENDS = {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_count", "_sum"], "info": ["_info"]}


def queries() -> list[tuple[str, str]]:
    """Every query of the dashboard, with the title of its panel."""
    return [
        (panel["title"], target["expr"])
        for panel in DASHBOARD["panels"]
        for target in panel.get("targets", [])
    ]


def panels() -> list[dict[str, Any]]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def shown() -> dict[str, set[str]]:
    """The samples that the app has, with the labels of each."""
    found: dict[str, set[str]] = {name: set() for name in FROM_PROMETHEUS | FROM_THE_PROCESS}
    for collector in REGISTRY._collector_to_names:
        if isinstance(collector, MetricWrapperBase):
            for end in _ENDS[str(collector._type)]:
                found[f"{collector._name}{end}"] = set(collector._labelnames)
    found["inroad_build_info"] = {"revision", "tables", "python"}
    return found | {f"{family.name}{end}": set() for family in machine().collect() for end in ("", "_total")}


def machine() -> Machine:
    """One that tells everything."""
    made = Machine()
    made.memory = made.memory_limit = lambda: 1  # type: ignore[method-assign]
    made.throttled = made.stolen = lambda: 1.0  # type: ignore[method-assign]
    return made


def names_and_labels(query: str) -> tuple[set[str], set[str]]:
    """The metrics and labels that a query speaks of."""
    labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", query))
    for group in re.findall(r"(?:by|on)\s*\(([^)]*)\)", query):
        labels |= {label.strip() for label in group.split(",")}
    bare = re.sub(r"\"[^\"]*\"|(?:by|on)\s*\([^)]*\)|\{[^}]*\}|\[[^]]*\]", " ", query)
    return set(re.findall(r"[a-zA-Z_]\w+", bare)) - _WORDS, labels


@pytest.mark.parametrize(
    ("where", "query"), [*queries(), *((name, rule["expr"]) for name, rule in ALERTS.items())]
)
def test_a_query_speaks_only_of_what_the_app_shows(where: str, query: str) -> None:
    names, labels = names_and_labels(query)
    known = shown()
    assert names
    assert names <= set(known), f"{where} asks for what nobody shows: {names - set(known)}"
    allowed = OF_EVERY_TARGET.union(*(known[name] for name in names))
    assert labels <= allowed, f"{where} asks for labels that nobody gives: {labels - allowed}"


def test_a_query_of_something_else_is_found_out() -> None:
    assert names_and_labels('sum by (le, who) (rate(inroad_x_bucket{a="b", c=~"d"}[5m])) * 60 > 2') == (
        {"inroad_x_bucket"},
        {"le", "who", "a", "c"},
    )
    assert "inroad_requests" not in shown()
    assert shown()["inroad_requests_total"] == {"route", "method", "status"}


# --- alerts ------------------------------------------------------------------------------------------------


def headings(path: Path) -> set[str]:
    """The anchors of a page, as GitLab and GitHub make them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_says_how_bad_what_and_what_to_do(alert: str) -> None:
    rule = ALERTS[alert]
    assert rule["labels"]["severity"] in {"page", "warning", "info"}
    assert set(rule["annotations"]) == {"summary", "description", "runbook"}
    file, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert anchor in headings(ROOT / file)


def test_a_model_that_is_down_wakes_nobody() -> None:
    assert ALERTS["InroadModelFails"]["labels"]["severity"] == "info"


def test_each_alert_fires_in_a_scene_and_all_are_silent_when_all_is_well() -> None:
    scenes = [
        scene
        for name in SCENES
        for scene in yaml.safe_load((MONITORING / name).read_text(encoding="utf-8"))["tests"]
    ]
    fired, well = set(), scenes[0]
    for scene in scenes:
        for check in scene["promql_expr_test"]:
            assert check["expr"] == 'count by (alertname) (ALERTS{alertstate="firing"})'
            fired |= {re.findall(r'"(\w+)"', sample["labels"])[0] for sample in check["exp_samples"]}
    assert fired == set(ALERTS)
    assert not any(check["exp_samples"] for check in well["promql_expr_test"])
    said = {name for series in well["input_series"] for name in names_and_labels(series["series"])[0]}
    asked = {name for rule in ALERTS.values() for name in names_and_labels(rule["expr"])[0]}
    assert asked <= said, "silent only because nobody said anything"


def test_the_rules_hold_in_their_scenes(program: Callable[[str], str]) -> None:
    for arguments in (("check", "rules", "alerts.yaml"), ("test", "rules", *SCENES)):
        done = subprocess.run(
            [program("promtool"), *arguments], cwd=MONITORING, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_operator_of_prometheus_calls_it_by_the_same_name() -> None:
    monitor = yaml.safe_load((DEPLOY / "components" / "prometheus-operator" / "pod-monitor.yaml").read_text())
    job = monitor["metadata"]["labels"][monitor["spec"]["jobLabel"]]
    assert job == SCRAPE["scrape_configs"][0]["job_name"] == "inroad"
    of_component = [each["targetLabel"] for each in monitor["spec"]["podMetricsEndpoints"][0]["relabelings"]]
    assert of_component == ["component"]  # as SCRAPE, whose labels a real Prometheus shows below


# --- the dashboard -----------------------------------------------------------------------------------------


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    assert (DASHBOARD["uid"], DASHBOARD["title"]) == ("inroad", "Inroad")
    assert DASHBOARD["schemaVersion"] >= 36
    assert DASHBOARD.get("id") is None  # that of one Grafana would clash in another
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    variables = {each["name"]: each for each in DASHBOARD["templating"]["list"]}
    assert variables["datasource"]["query"] == "prometheus"
    name, label = re.findall(r"label_values\((\w+)\{.*\}, (\w+)\)", variables["instance"]["query"]["query"])[
        0
    ]
    assert name in shown()
    assert label == "instance"


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: str(panel["title"]))
def test_a_panel_says_what_it_shows_in_which_unit(panel: dict[str, Any]) -> None:
    assert panel["type"] in {"stat", "table", "timeseries"}
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]
    source = {"type": "prometheus", "uid": "${datasource}"}
    assert [each["datasource"] for each in (panel, *panel["targets"])] == [source] * (
        1 + len(panel["targets"])
    )
    refs = [target["refId"] for target in panel["targets"]]
    assert len(refs) == len(set(refs))
    if panel["type"] == "stat":
        assert len(panel["fieldConfig"]["defaults"]["thresholds"]["steps"]) > 1


def test_no_panel_lies_on_another() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells


# --- Prometheus in the cluster -----------------------------------------------------------------------------


@pytest.fixture
def rendered(program: Callable[[str], str]) -> Rendered:
    """What `kubectl apply -k deploy/monitoring` sends; test_deploy_kubernetes.py asks whether it is valid."""
    done = subprocess.run([program("kubectl"), "kustomize", MONITORING], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return Rendered(done.stdout)


def test_it_reads_our_rules_and_finds_the_pods_of_inroad_and_nothing_else(rendered: Rendered) -> None:
    [settings] = [one["data"] for one in rendered.of_kind("ConfigMap")]
    assert set(yaml.safe_load(settings["prometheus.yaml"])["rule_files"]) == {"alerts.yaml"} < set(settings)
    [role] = rendered.of_kind("Role")
    discovery = SCRAPE["scrape_configs"][0]["kubernetes_sd_configs"][0]
    assert discovery == {"role": "pod", "namespaces": {"names": [role["metadata"]["namespace"]]}}
    assert role["rules"] == [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]}]
    pod = rendered.one("Deployment", "prometheus")["spec"]["template"]
    assert SCRAPE["scrape_configs"][0]["authorization"]["credentials_file"] == "/etc/prometheus/metrics-token"
    sources = {name for each in pod["spec"]["volumes"][0]["projected"]["sources"] for name in each}
    assert sources == {"configMap", "secret"}


def test_the_policy_of_inroad_lets_it_in(rendered: Rendered) -> None:
    server = rendered.one("Deployment", "prometheus")
    name = "app.kubernetes.io/name"
    asks = {
        "namespaceSelector": {"kubernetes.io/metadata.name": server["metadata"]["namespace"]},
        "podSelector": {name: server["spec"]["template"]["metadata"]["labels"][name]},
    }
    policies = yaml.safe_load_all((DEPLOY / "base" / "network-policies.yaml").read_text(encoding="utf-8"))
    [to_web] = [one["spec"]["ingress"][0] for one in policies if one["metadata"]["name"] == "to-web"]
    let_in = [{name: each[name]["matchLabels"] for name in each} for each in to_web["from"]]
    assert asks in let_in
    assert {"protocol": "TCP", "port": 7860} in to_web["ports"]


# --- the real thing ----------------------------------------------------------------------------------------

TOKEN = "let me see"
SECONDS = 15
SILENT = {
    "ALERTS",
    "inroad_memory_limit_bytes",
    "inroad_cpu_throttled_seconds_total",
    "inroad_queue_connected",
}
"""What may be absent: nothing fires, this machine may set no limits, and here is no broker."""


def port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def model() -> Iterator[StandIn]:
    """A model server, as Groq's."""
    with StandIn() as server:
        yield server


@pytest.fixture
def inroad(tmp_path: Path, model: StandIn) -> Iterator[str]:
    """The address of the real app as it runs in production."""
    at = f"http://127.0.0.1:{(own := port())}"
    environment = os.environ | {
        "INROAD_ENV": "production",
        "HOST": "127.0.0.1",
        "PORT": str(own),
        "INROAD_DATA_DIR": str(tmp_path / "data"),
        "INROAD_ACCOUNTS": "true",
        "INROAD_REVISION": "0a1b2c3",
        "METRICS_TOKEN": TOKEN,
        "GROQ_API_KEY": model.key,
        "GROQ_API_BASE": model.address,
    }
    command = [sys.executable, str(ROOT / "app.py")]
    with (tmp_path / "app.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=log, stderr=log)
    try:
        wait_for(f"{at}/health/ready", process)
        subprocess.run([*command, "backup", "one.backup"], env=environment, cwd=tmp_path, check=True)
        yield at
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    def answers() -> bool:
        assert process.poll() is None, "it ended instead"
        with contextlib.suppress(OSError, http.client.HTTPException):
            urllib.request.urlopen(url, timeout=5).close()
            return True
        return False

    until(answers, every_s=0.25)


@contextlib.contextmanager
def prometheus(path: str, folder: Path, app: str) -> Iterator[str]:
    """A real Prometheus with our settings, but for how it finds the app: it is told of a pod by hand."""
    settings = json.loads(json.dumps(SCRAPE))
    settings["global"] |= {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
    settings["rule_files"] = [str(MONITORING / "alerts.yaml")]
    [job] = settings["scrape_configs"]
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    job["authorization"]["credentials_file"] = str(folder / "token")
    del job["kubernetes_sd_configs"]  # Debian's is built without
    found = {"pod_ip": "127.0.0.1", "pod_phase": "Running", "pod_name": "inroad-1", "pod_node_name": "agent"}
    marks = yaml.safe_load((DEPLOY / "base" / "deployment.yaml").read_text(encoding="utf-8"))["spec"][
        "template"
    ]
    for name, value in (
        marks["metadata"]["annotations"] | {"prometheus.io/port": app.rpartition(":")[2]}
    ).items():
        found[f"pod_annotation_{re.sub(r'[^a-z]', '_', name)}"] = value
    found["pod_label_app_kubernetes_io_component"] = "web"
    labels = {f"__meta_kubernetes_{name}": value for name, value in found.items()}
    job["static_configs"] = [{"targets": ["placeholder"], "labels": labels}]
    (folder / "prometheus.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    listens = f"127.0.0.1:{port()}"
    arguments = (f"--config.file={folder / 'prometheus.yaml'}", f"--storage.tsdb.path={folder / 'series'}")
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen(
            [path, *arguments, f"--web.listen-address={listens}"], stdout=log, stderr=log, cwd=folder
        )
    try:
        wait_for(f"http://{listens}/-/ready", process)
        yield f"http://{listens}"
    finally:
        process.terminate()
        process.wait(30)


def ask(at: str, path: str, **parameters: str) -> Any:
    with urllib.request.urlopen(f"{at}{path}?{urllib.parse.urlencode(parameters)}", timeout=10) as answer:
        told = json.load(answer)
    assert told["status"] == "success", told
    return told["data"]


def post(url: str, body: object) -> int:
    data = json.dumps(body).encode()
    asked = urllib.request.Request(
        url, data, {"content-type": "application/json", "origin": url.partition("/api")[0]}
    )
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def use(app: str, model: StandIn) -> None:
    """Something of everything that is counted."""
    draft = {"opening": {"url": SAMPLES[0].url}, "sender": {"sample": "job-seeker"}}
    assert post(f"{app}/api/v1/openings", {"url": SAMPLES[0].url}) == 200
    assert post(f"{app}/api/v1/drafts", draft) == 200
    for model.persona in ("one true line among lies", "hangs up before answering"):
        assert post(f"{app}/api/v1/drafts", draft | {"writer": "model"}) == 200
    who = {"email": "jo@example.org", "password": "not the password at all"}
    assert post(f"{app}/api/v1/account/sign-in", who) == 401


def test_a_real_prometheus_finds_every_figure_in_the_real_app(
    program: Callable[[str], str], tmp_path: Path, inroad: str, model: StandIn
) -> None:
    with prometheus(program("prometheus"), tmp_path, inroad) as at:
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            use(inroad, model)
            time.sleep(2)
        [target] = ask(at, "/api/v1/targets")["activeTargets"]
        assert (target["health"], target["lastError"]) == ("up", "")
        assert target["scrapeUrl"] == f"{inroad}/metrics"
        assert {"pod", "node", "component", "instance"} < set(target["labels"])

        [group] = ask(at, "/api/v1/rules")["groups"]
        assert {
            rule["name"]: (rule["health"], rule.get("lastError")) for rule in group["rules"]
        } == dict.fromkeys(ALERTS, ("ok", None))
        alerts = ask(at, "/api/v1/alerts")["alerts"]
        firing = {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}
        assert firing <= {"InroadModelFails"}  # as it hangs up

        nothing = {}
        for title, query in queries():
            now = query.replace("$instance", ".*")
            if not ask(at, "/api/v1/query", query=now)["result"]:
                nothing[title] = names_and_labels(query)[0]
        assert {title for title, names in nothing.items() if not names & SILENT} == set()
