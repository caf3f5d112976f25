"""The manifests are valid, refer to what is there, and keep what is promised of roll-outs and limits."""

import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from math import ceil
from pathlib import Path

import pytest

import settings
from tests.deploy.conftest import DEPLOY
from tests.deploy.manifests import (
    OVERLAYS,
    RENDERINGS,
    Object,
    Rendered,
    Workload,
    amount,
    most_pods,
    rendering,
    selects,
    text_of,
    with_kustomization,
)

# What benchmarks.load and benchmarks.starved measured of one pod.
USED_MIB = (345, 371)
START_ON_A_TENTH_OF_A_CPU_S = 37
ENDS_WITHIN_S = 26

SECRET_KEYS = {
    "DATABASE_URL",
    "POSTGRES_PASSWORD",
    "GROQ_API_KEY",
    "METRICS_TOKEN",
    "QUEUE_URL",
    "RABBITMQ_PASSWORD",
}
COMPONENTS = {"cluster", "database", "backup", "migrate", "web", "worker", "queue", "index"}


@pytest.fixture(params=RENDERINGS)
def rendered(request: pytest.FixtureRequest, program: Callable[[str], str]) -> Rendered:
    return rendering(program("kubectl"), request.param)


# --- valid -------------------------------------------------------------------------------------------


@pytest.fixture
def files(program: Callable[[str], str], tmp_path: Path) -> list[Path]:
    paths = []
    for name in RENDERINGS:
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(text_of(program("kubectl"), name), encoding="utf-8")
    paths.append(tmp_path / "monitoring.yaml")
    beside = _run(program("kubectl"), "kustomize", DEPLOY / "monitoring")
    paths[-1].write_text(beside.stdout, encoding="utf-8")
    return paths


def test_every_field_is_one_that_kubernetes_knows(files: list[Path], program: Callable[[str], str]) -> None:
    outcome = _run(program("kubernetes-validate"), "--strict", *files)
    assert outcome.returncode == 0, outcome.stdout
    unknown = set(re.findall("schema for kind ([A-Za-z]+)", outcome.stdout + outcome.stderr))
    assert unknown <= {"PodMonitor"}, unknown


def test_checkov_finds_nothing(files: list[Path], program: Callable[[str], str]) -> None:
    named = [argument for path in files for argument in ("--file", str(path))]
    outcome = _run(program("checkov"), "--framework", "kubernetes", *named, "--compact", "--quiet")
    assert outcome.returncode == 0, outcome.stdout
    assert "Passed checks: 0" not in outcome.stdout
    assert "Passed checks" in outcome.stdout


def test_the_manifests_are_written_in_one_style(program: Callable[[str], str]) -> None:
    folders = [DEPLOY / name for name in ("base", "overlays", "components", "monitoring")]
    outcome = _run(program("yamllint"), "--strict", "--config-file", DEPLOY / "yamllint.yaml", *folders)
    assert outcome.returncode == 0, outcome.stdout


def test_every_check_that_is_left_out_says_why(rendered: Rendered) -> None:
    for one in rendered.objects:
        for key, value in one["metadata"].get("annotations", {}).items():
            if key.startswith("checkov.io/skip"):
                assert re.fullmatch(r"CKV_K8S_\d+=.{20,}", value), value


def _run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


# --- names and references ----------------------------------------------------------------------------


def test_deploy_finds_every_object_by_its_component(rendered: Rendered) -> None:
    for one in rendered.objects:
        labels = one["metadata"]["labels"]
        assert labels["app.kubernetes.io/name"] == "inroad", one["metadata"]
        assert labels["app.kubernetes.io/component"] in COMPONENTS, one["metadata"]


def test_everything_lies_in_one_namespace(rendered: Rendered) -> None:
    everywhere = {"Namespace", "PriorityClass", "StorageClass", "PersistentVolume"}
    [space] = rendered.of_kind("Namespace")
    for one in rendered.objects:
        expected = None if one["kind"] in everywhere else space["metadata"]["name"]
        assert one["metadata"].get("namespace") == expected, one["metadata"]
    names = [(one["kind"], one["metadata"]["name"]) for one in rendered.objects]
    assert len(names) == len(set(names))


def test_what_pods_refer_to_is_there(rendered: Rendered) -> None:
    for workload in rendered.workloads:
        pod = workload.pod
        rendered.one("ServiceAccount", pod["serviceAccountName"])
        if "priorityClassName" in pod:
            rendered.one("PriorityClass", pod["priorityClassName"])
        volumes = {volume["name"]: volume for volume in pod.get("volumes", ())}
        for volume in volumes.values():
            if "configMap" in volume:
                rendered.one("ConfigMap", volume["configMap"]["name"])
            if "persistentVolumeClaim" in volume:
                rendered.one("PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"])
        claimed = {claim["metadata"]["name"] for claim in _claim_templates(workload)}
        for container in workload.containers:
            mounted = {mount["name"] for mount in container["volumeMounts"]}
            assert mounted == set(volumes) | claimed, workload.name
            _check_environment(rendered, container)
            _check_scripts(rendered, workload, container)


def _claim_templates(workload: Workload) -> list[Object]:
    claims: list[Object] = workload.object["spec"].get("volumeClaimTemplates", [])
    return claims


def _check_environment(rendered: Rendered, container: Object) -> None:
    for source in container.get("envFrom", ()):
        rendered.one("ConfigMap", source["configMapRef"]["name"])
    for variable in container.get("env", ()):
        key = variable.get("valueFrom", {}).get("secretKeyRef")
        if key is not None:
            assert key["name"] == "inroad"
            assert key["key"] in SECRET_KEYS


def _check_scripts(rendered: Rendered, workload: Workload, container: Object) -> None:
    """A script that is named in a command lies in the ConfigMap that is mounted there."""
    for part in container.get("command", ()):
        if part.startswith("/scripts/"):
            [map_name] = [v["configMap"]["name"] for v in workload.pod["volumes"] if "configMap" in v]
            assert part.removeprefix("/scripts/") in rendered.one("ConfigMap", map_name)["data"]


def test_keys_that_may_be_missing_are_optional_and_the_others_are_not(rendered: Rendered) -> None:
    needed = {
        variable["valueFrom"]["secretKeyRef"]["key"]: variable["valueFrom"]["secretKeyRef"].get(
            "optional", False
        )
        for workload in rendered.workloads
        for container in workload.containers
        for variable in container.get("env", ())
        if "valueFrom" in variable
    }
    assert {key for key, optional in needed.items() if optional} == {"GROQ_API_KEY", "METRICS_TOKEN"}


def test_the_app_knows_every_setting_it_is_given(rendered: Rendered, monkeypatch: pytest.MonkeyPatch) -> None:
    known = set()
    for name, field in settings.Settings.model_fields.items():
        aliases = getattr(field.validation_alias, "choices", [name])
        known |= {str(alias).upper() for alias in aliases}
    for workload in rendered.workloads:
        for container in workload.containers:
            if not container["image"].startswith("inroad:"):
                continue
            [source] = container["envFrom"]
            given = dict(rendered.one("ConfigMap", source["configMapRef"]["name"])["data"])
            given |= {one["name"]: one.get("value", "") for one in container.get("env", ())}
            assert set(given) <= known | {"INROAD_ENV", "QUEUE_URL"}
            with monkeypatch.context() as environment:
                for key, value in given.items():
                    environment.setenv(key, value)
                environment.setenv("JOB_WORKERS", "2")
                loaded = settings.load(env_file=Path("/nowhere"))
                assert loaded.accounts
                assert loaded.host == "0.0.0.0"


def test_services_lead_to_the_ports_of_pods(rendered: Rendered) -> None:
    for service in rendered.of_kind("Service"):
        chosen = [w for w in rendered.workloads if selects(_labels(service["spec"]["selector"]), w.labels)]
        if service["metadata"]["name"] == "closed":
            assert not chosen
            continue
        [workload] = chosen
        assert workload.kind in ("Deployment", "StatefulSet")
        named = {port["name"] for container in workload.containers for port in container["ports"]}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= named


def _labels(labels: dict[str, str]) -> Object:
    return {"matchLabels": labels}


def test_each_controller_chooses_its_own_pods_alone(rendered: Rendered) -> None:
    for workload in rendered.workloads:
        selector = workload.object["spec"].get("selector")
        if selector is not None:
            chosen = [other.name for other in rendered.workloads if selects(selector, other.labels)]
            assert chosen == [workload.name]
        for spread in workload.pod.get("topologySpreadConstraints", ()):
            assert selects(spread["labelSelector"], workload.labels)
            assert spread["whenUnsatisfiable"] == "ScheduleAnyway"


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_image_is_put_in_by_its_digest(overlay: str, program: Callable[[str], str]) -> None:
    digest = "sha256:" + "5a" * 32
    images = {"images": [{"name": "inroad", "newName": "registry.example/team/inroad", "digest": digest}]}
    text = with_kustomization(program("kubectl"), overlay, images)
    assert f"image: registry.example/team/inroad@{digest}" in text
    assert "image: inroad:" not in text


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_can_be_put_into_another_namespace_under_another_address(
    overlay: str, program: Callable[[str], str]
) -> None:
    literal = "INROAD_PUBLIC_URL=https://seven.example"
    more = {
        "namespace": "inroad-review-7",
        "configMapGenerator": [
            {"name": "inroad", "namespace": _namespace(overlay), "behavior": "merge", "literals": [literal]}
        ],
    }
    moved = Rendered(with_kustomization(program("kubectl"), overlay, more))
    [space] = moved.of_kind("Namespace")
    assert space["metadata"]["name"] == "inroad-review-7"
    web = moved.workload("Deployment", "inroad")
    settings_of = moved.one("ConfigMap", web.containers[0]["envFrom"][0]["configMapRef"]["name"])
    assert settings_of["data"]["INROAD_PUBLIC_URL"] == "https://seven.example"


def _namespace(overlay: str) -> str:
    return "inroad-review" if overlay == "review" else "inroad"


def test_no_image_is_whatever_is_newest(rendered: Rendered) -> None:
    for workload in rendered.workloads:
        for container in workload.containers:
            _, _, tag = container["image"].rpartition("/")[2].partition(":")
            assert tag not in ("", "latest"), container["image"]
            assert container["imagePullPolicy"] == "IfNotPresent"


# --- restricted --------------------------------------------------------------------------------------

_VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected"}


def test_the_namespace_admits_restricted_pods_alone(rendered: Rendered) -> None:
    [space] = rendered.of_kind("Namespace")
    for mode in ("enforce", "audit", "warn"):
        assert space["metadata"]["labels"][f"pod-security.kubernetes.io/{mode}"] == "restricted"
        assert space["metadata"]["labels"][f"pod-security.kubernetes.io/{mode}-version"] == "latest"


def test_every_pod_is_admitted_as_restricted(rendered: Rendered) -> None:
    """The fields of https://kubernetes.io/docs/concepts/security/pod-security-standards, one by one."""
    for workload in rendered.workloads:
        pod, whole = workload.pod, workload.pod["securityContext"]
        assert not {"hostNetwork", "hostPID", "hostIPC", "hostUsers"} & set(pod)
        assert whole["runAsNonRoot"] is True
        assert whole["runAsUser"] > 0
        assert whole["seccompProfile"] == {"type": "RuntimeDefault"}
        assert not {"sysctls", "seLinuxOptions", "appArmorProfile", "windowsOptions"} & set(whole)
        for volume in pod.get("volumes", ()):
            [kind] = set(volume) - {"name"}
            assert kind in _VOLUMES
        for container in workload.containers:
            own = container["securityContext"]
            assert own["allowPrivilegeEscalation"] is False
            assert own["runAsNonRoot"] is True
            assert own["capabilities"] == {"drop": ["ALL"]}
            assert set(own) <= {
                "allowPrivilegeEscalation",
                "capabilities",
                "readOnlyRootFilesystem",
                "runAsNonRoot",
            }
            assert not any("hostPort" in port for port in container.get("ports", ()))
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                for asked in ("httpGet", "tcpSocket"):
                    assert "host" not in container.get(probe, {}).get(asked, {})


def test_no_pod_has_a_token_of_the_cluster(rendered: Rendered) -> None:
    for account in rendered.of_kind("ServiceAccount"):
        assert account["automountServiceAccountToken"] is False
    for workload in rendered.workloads:
        assert workload.pod["automountServiceAccountToken"] is False
        assert workload.pod["enableServiceLinks"] is False


def test_pods_write_only_where_it_is_meant(rendered: Rendered) -> None:
    for workload in rendered.workloads:
        writable = set()
        for container in workload.containers:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            writable |= {m["mountPath"] for m in container["volumeMounts"] if not m.get("readOnly")}
        if workload.is_the_app:
            assert writable == {"/tmp", "/data"}
        for volume in workload.pod.get("volumes", ()):
            if "emptyDir" in volume:
                assert amount(volume["emptyDir"]["sizeLimit"]) <= amount("512Mi")


def test_the_app_runs_as_the_user_of_its_image(rendered: Rendered) -> None:
    for workload in rendered.workloads:
        user = workload.pod["securityContext"]["runAsUser"]
        assert (user == 10001) == (workload.is_the_app or workload.name == "chroma")


# --- resources ---------------------------------------------------------------------------------------


def test_every_container_says_what_it_needs_and_may_take(rendered: Rendered) -> None:
    limits = rendered.one("LimitRange")["spec"]["limits"][0]
    for workload in rendered.workloads:
        for container in workload.containers:
            requests, most = container["resources"]["requests"], container["resources"]["limits"]
            assert set(requests) == {"cpu", "memory", "ephemeral-storage"}
            assert set(most) == {"memory", "ephemeral-storage"}
            for resource, limit in most.items():
                assert amount(requests[resource]) <= amount(limit) <= amount(limits["max"][resource])
        disk = sum(
            amount(volume["emptyDir"]["sizeLimit"])
            for volume in workload.pod.get("volumes", ())
            if "emptyDir" in volume
        )
        assert disk <= sum(amount(c["resources"]["limits"]["ephemeral-storage"]) for c in workload.containers)


def test_the_quota_holds_everything_at_its_largest(rendered: Rendered) -> None:
    hard = rendered.one("ResourceQuota")["spec"]["hard"]
    looking = rendered.one("LimitRange")["spec"]["limits"][0]
    needed = {f"requests.{key}": amount(value) for key, value in looking["defaultRequest"].items()}
    needed |= {f"limits.{key}": amount(value) for key, value in looking["default"].items()}
    needed["pods"] = Decimal(1)
    for workload in rendered.workloads:
        count = most_pods(rendered, workload)
        needed["pods"] += count
        for container in workload.containers:
            for bound, resources in container["resources"].items():
                for resource, value in resources.items():
                    needed[f"{bound}.{resource}"] += count * amount(value)
    claims = rendered.of_kind("PersistentVolumeClaim")
    claims += [claim for workload in rendered.workloads for claim in _claim_templates(workload)]
    needed["persistentvolumeclaims"] = Decimal(len(claims))
    needed["requests.storage"] = Decimal(
        sum(amount(c["spec"]["resources"]["requests"]["storage"]) for c in claims)
    )
    ports = sum(service["spec"].get("type") == "NodePort" for service in rendered.of_kind("Service"))
    needed["services.nodeports"] = Decimal(ports)
    needed["services.loadbalancers"] = Decimal(0)
    assert set(hard) == set(needed)
    for name, value in needed.items():
        assert value <= amount(hard[name]), f"{name}: {value} of {hard[name]}"


def test_the_database_takes_every_connection_that_pods_may_open(rendered: Rendered) -> None:
    databases = [w for w in rendered.workloads if w.name == "postgres"]
    if not databases:
        pytest.skip("the database is outside of this cluster")
    arguments = databases[0].containers[0]["args"]
    [most] = [int(a.partition("=")[2]) for a in arguments if a.startswith("max_connections=")]
    pools = 15  # of one process: SQLAlchemy keeps 5, and opens 10 more
    processes = sum(
        most_pods(rendered, w) for w in rendered.workloads if w.kind == "Deployment" and w.is_the_app
    )
    for_jobs, for_the_owner = 2, 3
    # Two pods that are ending have closed theirs by the time that two new ones are that busy.
    assert (processes - 1) * pools + for_jobs + for_the_owner <= most


# --- roll-out and scaling ----------------------------------------------------------------------------


def _deployments_of_the_app(rendered: Rendered) -> list[Workload]:
    return [w for w in rendered.workloads if w.kind == "Deployment" and w.is_the_app]


def test_a_bad_image_takes_no_pod_away(rendered: Rendered) -> None:
    for workload in _deployments_of_the_app(rendered):
        spec = workload.object["spec"]
        assert "replicas" not in spec
        assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
        assert spec["revisionHistoryLimit"] >= 2


def test_probes_bear_a_node_without_cpu_credits(rendered: Rendered) -> None:
    for workload in _deployments_of_the_app(rendered):
        [container] = workload.containers
        start, ready, live = (container[f"{kind}Probe"] for kind in ("startup", "readiness", "liveness"))
        longest = start["periodSeconds"] * start["failureThreshold"]
        assert longest >= 4 * START_ON_A_TENTH_OF_A_CPU_S
        assert workload.object["spec"]["progressDeadlineSeconds"] > longest
        assert live["httpGet"]["path"] == start["httpGet"]["path"] == "/health/live"
        assert ready["httpGet"]["path"] == "/health/ready"
        assert live["periodSeconds"] * live["failureThreshold"] >= 120
        assert min(probe["timeoutSeconds"] for probe in (start, ready, live)) >= 10


def test_a_pod_has_time_to_end_what_it_writes(rendered: Rendered) -> None:
    for workload in _deployments_of_the_app(rendered):
        [container] = workload.containers
        wait = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        assert (wait > 0) == (workload.name == "inroad")
        assert workload.pod["terminationGracePeriodSeconds"] > wait + ENDS_WITHIN_S


def _wanted(rendered: Rendered, name: str, pods: int, cpu: str, memory: str) -> int:
    """What the autoscaler asks for in the end, by its documented algorithm, with each pod using as much."""
    spec = rendered.one("HorizontalPodAutoscaler", name)["spec"]
    requests = rendered.workload("Deployment", name).containers[0]["resources"]["requests"]
    used = {"cpu": amount(cpu), "memory": amount(memory)}
    proposals = []
    for metric in spec["metrics"]:
        resource, target = metric["resource"]["name"], metric["resource"]["target"]["averageUtilization"]
        ratio = used[resource] / amount(requests[resource]) * 100 / target
        proposals.append(pods if abs(ratio - 1) <= Decimal("0.1") else ceil(ratio * pods))
    wanted = min(max(max(proposals), spec["minReplicas"]), spec["maxReplicas"])
    return wanted if wanted == pods else _wanted(rendered, name, wanted, cpu, memory)


@pytest.mark.parametrize("overlay", ["ec2", "kind", "large"])
def test_pods_come_with_load_and_go_with_it(overlay: str, program: Callable[[str], str]) -> None:
    rendered = rendering(program("kubectl"), overlay)
    spec = rendered.one("HorizontalPodAutoscaler")["spec"]
    least, most = spec["minReplicas"], spec["maxReplicas"]
    assert (least, most) == ((2, 6) if overlay == "large" else (1, 3))
    for used in USED_MIB:
        assert _wanted(rendered, "inroad", least, "10m", f"{used}Mi") == least
        assert _wanted(rendered, "inroad", least, "900m", f"{used}Mi") == most
        assert _wanted(rendered, "inroad", most, "10m", f"{used}Mi") == least
    if overlay == "large":
        limit = rendered.workload("Deployment", "inroad").containers[0]["resources"]["limits"]["memory"]
        assert amount("900Mi") < amount(limit)
        assert _wanted(rendered, "inroad", least, "10m", "900Mi") > least


def test_autoscalers_have_something_to_scale_by(rendered: Rendered) -> None:
    for autoscaler in rendered.of_kind("HorizontalPodAutoscaler"):
        target = autoscaler["spec"]["scaleTargetRef"]
        workload = rendered.workload(target["kind"], target["name"])
        for metric in autoscaler["spec"]["metrics"]:
            assert all(metric["resource"]["name"] in c["resources"]["requests"] for c in workload.containers)
        behaviour = autoscaler["spec"]["behavior"]
        assert behaviour["scaleDown"]["stabilizationWindowSeconds"] >= 300
        assert [policy["value"] for policy in behaviour["scaleDown"]["policies"]] == [1]
    if rendered.of_kind("HorizontalPodAutoscaler"):
        measured = [m["resource"]["name"] for m in rendered.one("HorizontalPodAutoscaler")["spec"]["metrics"]]
        assert measured == ["cpu", "memory"]


def test_a_node_with_the_only_pod_can_be_drained(rendered: Rendered) -> None:
    for budget in rendered.of_kind("PodDisruptionBudget"):
        spec = budget["spec"]
        assert spec["maxUnavailable"] == 1
        assert "minAvailable" not in spec
        assert spec["unhealthyPodEvictionPolicy"] == "AlwaysAllow"
        chosen = [w.name for w in rendered.workloads if selects(spec["selector"], w.labels)]
        assert chosen == [budget["metadata"]["name"]]
    budgets = {budget["metadata"]["name"] for budget in rendered.of_kind("PodDisruptionBudget")}
    assert budgets == {workload.name for workload in _deployments_of_the_app(rendered)}


def test_people_stay_with_the_pod_that_has_their_page(rendered: Rendered) -> None:
    service = rendered.one("Service")
    assert service["spec"]["sessionAffinity"] == "ClientIP"
    cookie = "traefik.ingress.kubernetes.io/service.sticky.cookie"
    assert service["metadata"]["annotations"][cookie] == "true"


def test_the_metrics_are_not_led_to_the_world(rendered: Rendered) -> None:
    for ingress in rendered.of_kind("Ingress"):
        [rule] = ingress["spec"]["rules"]
        leads = {path["path"]: path["backend"]["service"]["name"] for path in rule["http"]["paths"]}
        assert leads == {"/metrics": "closed", "/": "inroad"}
        assert all(path["pathType"] == "Prefix" for path in rule["http"]["paths"])
        assert ingress["spec"]["tls"]


# --- EC2 ---------------------------------------------------------------------------------------------


def test_what_people_keep_lies_on_the_data_disk_of_the_server(program: Callable[[str], str]) -> None:
    rendered = rendering(program("kubectl"), "ec2")
    database = rendered.workload("StatefulSet", "postgres")
    [data] = _claim_templates(database)
    claims = {
        "data-postgres-0": data,
        "inroad-backups": rendered.one("PersistentVolumeClaim", "inroad-backups"),
    }
    paths = {}
    for volume in rendered.of_kind("PersistentVolume"):
        spec = volume["spec"]
        claim = claims[spec["claimRef"]["name"]]["spec"]
        assert claim["volumeName"] == volume["metadata"]["name"]
        assert claim["storageClassName"] == spec["storageClassName"] == "inroad-local"
        assert claim["accessModes"] == spec["accessModes"]
        assert amount(claim["resources"]["requests"]["storage"]) <= amount(spec["capacity"]["storage"])
        assert spec["persistentVolumeReclaimPolicy"] == "Retain"
        [term] = spec["nodeAffinity"]["required"]["nodeSelectorTerms"]
        assert term["matchExpressions"] == [{"key": "inroad/role", "operator": "In", "values": ["server"]}]
        paths[spec["claimRef"]["name"]] = spec["local"]["path"]
    assert paths == {
        "data-postgres-0": "/var/lib/inroad/postgres",
        "inroad-backups": "/var/lib/inroad/backups",
    }
    kept = database.object["spec"]["persistentVolumeClaimRetentionPolicy"]
    assert kept == {"whenDeleted": "Retain", "whenScaled": "Retain"}


def test_a_pod_fits_on_the_smallest_node(program: Callable[[str], str]) -> None:
    rendered = rendering(program("kubectl"), "ec2")
    usable, k3s_agent, system = amount("949Mi"), amount("275Mi"), amount("80Mi")
    limit = amount(rendered.workload("Deployment", "inroad").containers[0]["resources"]["limits"]["memory"])
    assert limit + k3s_agent + system <= usable
    affinity = rendered.workload("Deployment", "inroad").pod["affinity"]
    for kind in affinity.values():
        assert set(kind) == {"preferredDuringSchedulingIgnoredDuringExecution"}


def test_a_review_gives_way_and_leaves_nothing(program: Callable[[str], str]) -> None:
    rendered = rendering(program("kubectl"), "review")
    assert not any("priorityClassName" in workload.pod for workload in rendered.workloads)
    for kind in ("PriorityClass", "PersistentVolume", "StorageClass", "CronJob", "HorizontalPodAutoscaler"):
        assert not rendered.of_kind(kind)
    database = rendered.workload("StatefulSet", "postgres")
    assert database.object["spec"]["persistentVolumeClaimRetentionPolicy"]["whenDeleted"] == "Delete"


@pytest.mark.parametrize("overlay", ["ec2", "review"])
def test_the_database_stays_where_its_disk_is(overlay: str, program: Callable[[str], str]) -> None:
    """An agent is ended every evening, and with it what lies on its disk."""
    database = rendering(program("kubectl"), overlay).workload("StatefulSet", "postgres")
    assert database.pod["nodeSelector"] == {"inroad/role": "server"}
