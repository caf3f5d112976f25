"""Kind: one command makes the cluster, brings the image in and deploys it there as into any other cluster."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.deploy.conftest import DEPLOY
from tests.deploy.programs_stand_in import Answer, Call, StandIns, Workplace, copy_of_scripts

KIND = DEPLOY / "kind"
CLUSTER = yaml.safe_load((KIND / "cluster.yaml").read_text())
IMAGE = "inroad:kind-0123456789ab"


class Computer:
    """What is there, and what a test wants to go wrong."""

    def __init__(self) -> None:
        self.clusters = ["other"]
        self.version = "kind v0.29.0 go1.24.2 linux/amd64"
        self.secret_is_there = False
        self.failing: set[str] = set()

    def kind(self, call: Call) -> Answer:
        verb = " ".join(call.words[:2])
        if verb in self.failing:
            return Answer(err="ERROR: of kind\n", code=1)
        match verb:
            case "get clusters":
                return Answer("\n".join(self.clusters) + "\n")
            case "create cluster":
                self.clusters.append("inroad")
            case "delete cluster":
                self.clusters.remove("inroad")
        return Answer(self.version) if verb == "version" else Answer()

    def docker(self, call: Call) -> Answer:
        if call.words[0] in self.failing:
            return Answer(err="ERROR: of docker\n", code=1)
        return Answer("sha256:0123456789abcdef0123\n") if call.words[0] == "image" else Answer()

    def kubectl(self, call: Call) -> Answer:
        if "secret" in call.words:
            return Answer(code=0 if self.secret_is_there else 1)
        failing = any(word in self.failing for word in call.words)
        return Answer(code=1 if failing else 0)

    def deploy(self, _: Call) -> Answer:
        return Answer(code=3 if "deploy" in self.failing else 0)


@pytest.fixture
def computer() -> Computer:
    return Computer()


@pytest.fixture
def place(tmp_path: Path, computer: Computer) -> Iterator[Workplace]:
    """kind.sh where kind, docker, kubectl and deploy.sh are stand-ins, at a port that is free."""
    scripts = copy_of_scripts(tmp_path)
    shutil.copytree(KIND, tmp_path / "deploy" / "kind")
    answers = {"kind": computer.kind, "docker": computer.docker, "kubectl": computer.kubectl}
    with StandIns(tmp_path / "bin", answers | {"deploy": computer.deploy}) as stand_ins:
        stand_ins.put(scripts / "deploy.sh", "deploy")
        at_port(tmp_path, 1)
        yield Workplace(scripts, stand_ins, {})


def at_port(folder: Path, port: int) -> None:
    text = (KIND / "cluster.yaml").read_text().replace("hostPort: 8080", f"hostPort: {port}")
    (folder / "deploy" / "kind" / "cluster.yaml").write_text(text)


def said(place: Workplace) -> list[str]:
    """What was asked of all programs, without the places of this run."""
    return [str(call) for call in place.stand_ins.calls]


def fails(place: Workplace, *words: str, code: int = 1) -> str:
    outcome = place.run("kind.sh", *words or ("up",))
    assert outcome.returncode == code, outcome
    return str(outcome.stderr)


# --- the cluster -------------------------------------------------------------------------------------------


def test_two_nodes_carry_pods_so_that_spreading_means_something() -> None:
    assert [node["role"] for node in CLUSTER["nodes"]] == ["control-plane", "worker", "worker"]


def test_the_node_port_of_the_overlay_is_reached_from_this_computer_alone() -> None:
    (mapping,) = CLUSTER["nodes"][0]["extraPortMappings"]
    overlay = (DEPLOY / "overlays" / "kind" / "kustomization.yaml").read_text()
    assert f"/spec/ports/0/nodePort, value: {mapping['containerPort']}" in overlay
    assert mapping["listenAddress"] == "127.0.0.1"


def test_the_metrics_server_is_valid_pinned_and_confined(program: Callable[[str], str]) -> None:
    file = KIND / "metrics-server.yaml"
    check = [program("kubernetes-validate"), "--strict", str(file)]
    outcome = subprocess.run(check, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    style = [program("yamllint"), "--strict", "--config-file", str(DEPLOY / "yamllint.yaml"), str(KIND)]
    assert subprocess.run(style, capture_output=True).returncode == 0
    (deployment,) = (each for each in yaml.safe_load_all(file.read_text()) if each["kind"] == "Deployment")
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    assert ":v0." in container["image"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert deployment["spec"]["template"]["spec"]["securityContext"]["runAsNonRoot"]


# --- all goes well -----------------------------------------------------------------------------------------


def test_it_makes_the_cluster_brings_the_image_in_and_deploys_it(place: Workplace) -> None:
    outcome = place.run("kind.sh", "up")
    assert outcome.returncode == 0, outcome.stderr
    asked = [line.split(" --kubeconfig")[0] for line in said(place)]
    order = [
        "kind create cluster --name inroad --config",
        "docker build --tag inroad:local",
        f"docker tag inroad:local {IMAGE}",
        f"kind load docker-image {IMAGE} --name inroad",
        "kubectl apply --filename",
        "kubectl --namespace kube-system rollout status deployment/metrics-server",
        f"deploy kind {IMAGE}",
    ]
    found = [next(i for i, line in enumerate(asked) if line.startswith(each)) for each in order]
    assert found == sorted(found)
    assert "Inroad is at http://localhost:1." in outcome.stdout


def test_kubectls_own_configuration_is_not_touched(place: Workplace) -> None:
    assert place.run("kind.sh", "up").returncode == 0
    for call in place.stand_ins.of("kind"):
        if call.words[0] in ("create", "export"):
            assert "--kubeconfig" in call.words


def test_a_cluster_that_is_there_is_used_again(place: Workplace, computer: Computer) -> None:
    computer.clusters.append("inroad")
    with socket.create_server(("127.0.0.1", 0)) as taken:  # by the cluster itself
        at_port(place.scripts.parents[1], taken.getsockname()[1])
        assert place.run("kind.sh", "up").returncode == 0
    assert not [line for line in said(place) if line.startswith("kind create")]


def test_load_says_which_image_it_brought_in(place: Workplace, computer: Computer) -> None:
    computer.clusters.append("inroad")
    assert place.run("kind.sh", "load").stdout == f"{IMAGE}\n"
    assert not place.stand_ins.of("deploy")


def test_down_deletes_our_cluster_and_no_other(place: Workplace, computer: Computer) -> None:
    computer.clusters.append("inroad")
    assert place.run("kind.sh", "down").returncode == 0
    assert computer.clusters == ["other"]


# --- it fails ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("start",), ("up", "now")])
def test_called_wrongly_it_says_how(place: Workplace, words: tuple[str, ...]) -> None:
    assert "kind.sh up | load | down" in fails(place, *words, code=2)
    assert place.stand_ins.calls == []


def test_a_kind_that_ignores_network_policies_is_refused(place: Workplace, computer: Computer) -> None:
    computer.version = "kind v0.23.0 go1.21.10 linux/amd64"
    assert "lets every pod reach everything" in fails(place)


def test_a_port_in_use_is_found_before_the_cluster_is_made(place: Workplace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        at_port(place.scripts.parents[1], taken.getsockname()[1])
        assert f"Port {taken.getsockname()[1]} of this computer is in use." in fails(place)
    assert not [line for line in said(place) if line.startswith("kind create")]


@pytest.mark.parametrize(
    ("what", "explained"),
    [
        ("info", "Docker does not answer."),
        ("create cluster", "The cluster could not be made"),
        ("export kubeconfig", "The cluster inroad does not answer."),
        ("build", "The image could not be built"),
        ("load docker-image", "The image could not be brought into the cluster"),
        ("apply", "The metrics server could not be set up"),
        ("rollout", "The metrics server did not become ready"),
    ],
)
def test_nothing_is_deployed_after_a_failure(
    place: Workplace, computer: Computer, what: str, explained: str
) -> None:
    computer.failing.add(what)
    happened, todo = fails(place).strip().splitlines()[-2:]
    assert explained in happened
    assert todo.startswith("kind: ")
    assert place.stand_ins.of("deploy") == []


def test_a_cluster_that_was_half_made_is_taken_away(place: Workplace, computer: Computer) -> None:
    computer.failing.add("create cluster")
    computer.clusters.append("inroad-of-somebody")
    fails(place)
    assert any(line.startswith("kind delete cluster --name inroad ") for line in said(place))


def test_what_the_deploy_says_of_itself_is_the_answer(place: Workplace, computer: Computer) -> None:
    computer.failing.add("deploy")
    fails(place, code=3)


def test_load_needs_a_cluster(place: Workplace) -> None:
    assert "There is no cluster inroad." in fails(place, "load")
