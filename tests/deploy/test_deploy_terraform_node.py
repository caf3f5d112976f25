"""What a node does when it first starts, as Terraform gives it, against stand-ins for AWS and the system.

The scripts run whole: only programs that would change this machine or leave it are stood in for
(stand_ins/ec2_node.sh), and every path lies below a folder of the test.
"""

import base64
import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml

from tests.deploy.conftest import ROOT
from tests.deploy.terraform_folder import TERRAFORM, done, environment

USER_DATA = TERRAFORM / "modules" / "nodes" / "user_data"
STAND_IN = ROOT / "tests" / "deploy" / "stand_ins" / "ec2_node.sh"
STOOD_IN_FOR = (
    "aws",
    "blkid",
    "chown",
    "curl",
    "dnf",
    "install",
    "kubectl",
    "mkfs.xfs",
    "mkswap",
    "mount",
    "mountpoint",
    "sleep",
    "swapon",
    "systemctl",
    "xfs_growfs",
)
K3S = b"#!/bin/sh\nexit 0\n"
PROGRAMS = {
    "server": {
        "inroad-prune-nodes": "prune_nodes.sh",
        "inroad-backups": "backups.sh",
        "inroad-publish": "publish.sh",
        "inroad-pull-secret": "pull_secret.sh",
    },
    "agent": {"inroad-join": "join.sh"},
}
SETTINGS = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "CLUSTER": "inroad",
    "K3S_VERSION": "v1.36.5+k3s1",
    "K3S_SHA256": hashlib.sha256(K3S).hexdigest(),
    "SWAP_MIB": "1",
    "TOKEN_PARAMETER": "/inroad/inroad/join-token",
    "ADDRESS_PARAMETER": "/inroad/inroad/server-address",
    "LOG_GROUP": "/inroad/inroad",
    "METRICS_NAMESPACE": "Inroad/inroad",
    "RESERVED_MEMORY": "250Mi",
}
SERVER_SETTINGS = {
    "DATA_VOLUME": "vol-0123456789abcdef0",
    "ADDRESS_ALLOCATION": "eipalloc-0123456789abcdef0",
    "PUBLIC_ADDRESS": "203.0.113.10",
    "BACKUP_BUCKET": "inroad-backups-123456789012",
    "ECR_REPOSITORY": "",
    "POSTGRES_UID": "999",
    "TRAEFIK_KIND": "Deployment",
    "ACME_EMAIL": "",
}


class Node:
    """One instance: a root folder, and what the world around it remembers."""

    def __init__(self, folder: Path, name: str, address: str) -> None:
        self.root = folder / name
        self.world = folder / "world"
        for part in ("web", "disk", "parameters", "bucket", "bin"):
            (self.world / part).mkdir(parents=True, exist_ok=True)
        (self.world / "web" / "k3s").write_bytes(K3S)
        for program in STOOD_IN_FOR:
            (self.world / "bin" / program).unlink(missing_ok=True)
            (self.world / "bin" / program).symlink_to(STAND_IN)
        self.tell("instance", name)
        self.tell("address", address)
        self.tell("calls", "")
        for parent in ("etc", "dev", "opt/aws/amazon-cloudwatch-agent/bin"):
            (self.root / parent).mkdir(parents=True)
        (self.root / "dev" / "xvdf").touch()
        agent = self.root / "opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl"
        agent.symlink_to(STAND_IN)

    def tell(self, what: str, text: str) -> None:
        (self.world / what).write_text(text, encoding="utf-8")

    def asked(self, what: str) -> str:
        return (self.world / what).read_text(encoding="utf-8")

    def keeps(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def runs(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        path = f"{self.world / 'bin'}:{os.environ['PATH']}"
        return subprocess.run(
            [str(word) for word in words],
            env={"PATH": path, "INROAD_ROOT": str(self.root), "STAND_IN": str(self.world)},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def starts(self, user_data: str) -> subprocess.CompletedProcess[str]:
        script = self.root / "user_data.sh"
        script.write_text(user_data, encoding="utf-8")
        return self.runs("bash", script)

    def calls(self, beginning: str = "") -> list[str]:
        return [line for line in self.asked("calls").splitlines() if line.startswith(beginning)]


@pytest.fixture
def user_data(program: Callable[[str], str], tmp_path: Path) -> Callable[..., str]:
    """The user data of a role, made by Terraform from the template that the launch templates use."""
    terraform = program("terraform")

    def make(role: str, **settings: str) -> str:
        return _rendered(terraform, role, tuple(sorted(settings.items())))

    return make


@cache
def _rendered(terraform: str, role: str, settings: tuple[tuple[str, str], ...]) -> str:
    known = SETTINGS | (SERVER_SETTINGS if role == "server" else {}) | dict(settings)
    programs = ", ".join(f'"{name}" = file("{USER_DATA / file}")' for name, file in PROGRAMS[role].items())
    expression = (
        f'base64encode(templatefile("{USER_DATA}/user_data.sh.tftpl", {{settings = {json.dumps(known)}, '
        f'node = file("{USER_DATA}/node.sh"), role = file("{USER_DATA}/{role}.sh"), '
        f"programs = {{{programs}}}}}))"
    )
    with TemporaryDirectory() as empty:
        outcome = subprocess.run(
            [terraform, "console"],
            cwd=empty,
            env=environment(),
            input=expression,
            capture_output=True,
            text=True,
            timeout=60,
        )
    return base64.b64decode(done(outcome).strip().strip('"')).decode()


@pytest.fixture
def server(tmp_path: Path) -> Node:
    """A server's first instance: an empty disk, a region that knows nothing yet."""
    node = Node(tmp_path, "i-0aaaaaaaaaaaaaaa1", "10.20.0.11")
    node.tell("disk/blkid", "2")
    for parameter in ("join-token", "server-address"):
        node.tell(f"parameters/,inroad,inroad,{parameter}", "unset")
    return node


def _successful(outcome: subprocess.CompletedProcess[str]) -> str:
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout + outcome.stderr


def test_a_server_takes_its_address_and_disk_and_says_how_to_join(
    user_data: Callable[..., str], server: Node
) -> None:
    assert _successful(server.starts(user_data("server"))).endswith("inroad: The server is ready.\n")
    order = [
        "aws ec2 associate-address --allocation-id eipalloc-0123456789abcdef0 --instance-id i-0aaa",
        "aws ec2 attach-volume --volume-id vol-0123456789abcdef0 --instance-id i-0aaaaaaaaaaaaaaa1",
        "mkfs.xfs -q -L inroad-data",
        "systemctl enable --now k3s",
        "aws ssm put-parameter --overwrite --type SecureString --name /inroad/inroad/join-token",
    ]
    calls = server.calls()
    places = [next(i for i, call in enumerate(calls) if call.startswith(wanted)) for wanted in order]
    assert places == sorted(places)
    assert server.asked("parameters/,inroad,inroad,server-address") == "10.20.0.11"


def test_the_token_is_on_the_disk_and_in_ssm_and_nowhere_else(
    user_data: Callable[..., str], server: Node
) -> None:
    said = _successful(server.starts(user_data("server")))

    token, for_agents = (server.keeps(f"var/lib/inroad/k3s/{name}") for name in ("token", "agent-token"))
    assert len(token) == len(for_agents) == 64
    assert token != for_agents
    assert server.asked("parameters/,inroad,inroad,join-token") == f"K10cahash::node:{for_agents}"
    for secret in (token, for_agents):
        assert secret not in said
        assert secret not in server.asked("calls")
        assert secret not in server.keeps("etc/rancher/k3s/config.yaml")
        assert secret not in server.keeps("etc/inroad/node.env")
    for path in ("var/lib/inroad/k3s/token", "var/lib/inroad/k3s/agent-token", "etc/inroad/join-token"):
        assert (server.root / path).stat().st_mode & 0o077 == 0


def test_the_token_is_renewed_by_one_command(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))
    before = server.keeps("var/lib/inroad/k3s/agent-token")
    _successful(server.runs(server.root / "usr/local/sbin/inroad-publish", "--new-token"))

    after = server.keeps("var/lib/inroad/k3s/agent-token")
    assert after != before
    assert server.asked("parameters/,inroad,inroad,join-token") == f"K10cahash::node:{after}"
    assert after not in server.asked("calls")


def test_agents_that_cannot_be_told_are_said(user_data: Callable[..., str], server: Node) -> None:
    outcome = server.starts(
        user_data("server").replace("enable $now", "never-enable").replace("{1..120}", "{1..2}")
    )

    assert outcome.returncode == 1
    assert "k3s did not start within ten minutes. Read: journalctl -u k3s" in outcome.stderr
    assert "then run inroad-publish" in outcome.stderr


def test_k3s_is_told_what_the_manifests_count_on(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server", RESERVED_MEMORY="900Mi")))

    config = yaml.safe_load(server.keeps("etc/rancher/k3s/config.yaml"))
    assert config["node-name"] == "inroad-server"
    assert config["node-label"] == ["inroad/role=server", "inroad/instance=i-0aaaaaaaaaaaaaaa1"]
    assert config["secrets-encryption"] is True
    assert config["disable"] == ["servicelb"]
    assert config["write-kubeconfig-mode"] == "0600"
    kubelet = yaml.safe_load(server.keeps("var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-inroad.conf"))
    assert kubelet["systemReserved"] == {"memory": "900Mi"}
    assert (kubelet["containerLogMaxSize"], kubelet["containerLogMaxFiles"]) == ("10Mi", 3)
    assert kubelet["imageGCHighThresholdPercent"] < 85
    assert server.keeps("swapfile") != ""
    unit = server.keeps("etc/systemd/system/k3s.service")
    assert "ExecStart=/usr/local/bin/k3s server" in unit
    assert "RequiresMountsFor=/var/lib/inroad /var/lib/rancher/k3s/server" in unit


def test_the_disk_holds_what_makes_it_the_same_cluster(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))

    mounts = {line.split()[1]: line.split()[0] for line in server.keeps("etc/fstab").splitlines()}
    assert mounts["/var/lib/inroad"] == "LABEL=inroad-data"
    assert mounts["/var/lib/rancher/k3s/server"] == "/var/lib/inroad/k3s/server"
    assert mounts["/var/lib/rancher/k3s/storage"] == "/var/lib/inroad/k3s/storage"
    assert mounts["/etc/rancher/node"] == "/var/lib/inroad/k3s/node"
    made = server.calls("install ")
    assert f"install -d -o 999 -g 999 -m 700 {server.root}/var/lib/inroad/postgres" in made
    assert f"install -d -o 999 -g 999 -m 750 {server.root}/var/lib/inroad/backups" in made


def test_the_next_server_goes_on_with_the_disk(
    user_data: Callable[..., str], server: Node, tmp_path: Path
) -> None:
    _successful(server.starts(user_data("server")))
    before = {name: server.keeps(f"var/lib/inroad/k3s/{name}") for name in ("token", "agent-token")}
    joined_by = server.asked("parameters/,inroad,inroad,join-token")

    after = Node(tmp_path, "i-0bbbbbbbbbbbbbbb2", "10.20.0.22")
    (server.root / "var/lib/inroad").rename(tmp_path / "disk")
    (after.root / "var/lib").mkdir(parents=True)
    (tmp_path / "disk").rename(after.root / "var/lib/inroad")
    after.tell("disk/held", "3")
    said = _successful(after.starts(user_data("server")))

    assert "The data disk holds a file system: going on with it." in said
    assert after.calls("mkfs.xfs") == []
    assert len(after.calls("aws ec2 attach-volume")) == 4
    assert {name: after.keeps(f"var/lib/inroad/k3s/{name}") for name in before} == before
    assert after.asked("parameters/,inroad,inroad,join-token") == joined_by
    assert after.asked("parameters/,inroad,inroad,server-address") == "10.20.0.22"


def test_a_disk_that_cannot_be_read_is_left_alone(user_data: Callable[..., str], server: Node) -> None:
    server.tell("disk/blkid", "8")
    outcome = server.starts(user_data("server"))

    assert outcome.returncode == 1
    assert "The data disk cannot be read (blkid 8), so it is left alone." in outcome.stderr
    assert server.calls("mkfs.xfs") == []
    assert server.calls("systemctl enable --now k3s") == []


@pytest.mark.parametrize("role", ["server", "agent"])
def test_a_k3s_of_other_bytes_is_never_run(user_data: Callable[..., str], server: Node, role: str) -> None:
    (server.world / "web" / "k3s").write_bytes(K3S + b"something else\n")
    outcome = server.starts(user_data(role))

    assert outcome.returncode == 1
    assert "What was downloaded is not the pinned k3s v1.36.5+k3s1." in outcome.stderr
    assert not (server.root / "usr/local/bin/k3s").exists()
    assert server.calls("systemctl enable --now k3s") == []


def test_k3s_comes_from_its_release(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))

    (download,) = (call for call in server.calls("curl") if "github.com" in call)
    assert download.endswith(" https://github.com/k3s-io/k3s/releases/download/v1.36.5%2Bk3s1/k3s")
    assert "--proto =https" in download
    assert (server.root / "usr/local/bin/k3s").stat().st_mode & 0o111
    assert (server.root / "usr/local/bin/kubectl").readlink() == Path("k3s")
    sudo = server.root / "etc/sudoers.d/inroad"
    assert "/usr/local/sbin:/usr/local/bin:" in sudo.read_text(encoding="utf-8")
    assert sudo.stat().st_mode & 0o777 == 0o440


def test_a_disk_held_for_ever_is_said(user_data: Callable[..., str], server: Node) -> None:
    server.tell("disk/held", "1000")
    outcome = server.starts(user_data("server").replace("again 120 5 attach", "again 3 5 attach"))

    assert outcome.returncode == 1
    assert "The data disk vol-0123456789abcdef0 cannot be attached. See who holds it:" in outcome.stderr


def test_a_server_works_without_the_agent_that_ships_logs(
    user_data: Callable[..., str], server: Node
) -> None:
    server.tell("broken", "dnf\n")
    said = _successful(server.starts(user_data("server")))

    assert "The CloudWatch agent cannot be installed: logs stay on this node." in said
    assert "The server is ready." in said


def test_the_log_that_is_shipped_is_the_apps(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))

    config = json.loads(server.keeps("opt/aws/amazon-cloudwatch-agent/etc/inroad.json"))
    (files,) = config["logs"]["logs_collected"]["files"]["collect_list"]
    assert files["file_path"] == "/var/log/containers/inroad*.log"
    assert files["log_group_name"] == "/inroad/inroad"
    assert files["publish_multi_logs"] is True
    assert config["metrics"]["namespace"] == "Inroad/inroad"
    assert config["metrics"]["append_dimensions"] == {"AutoScalingGroupName": "${aws:AutoScalingGroupName}"}


@pytest.mark.parametrize(
    ("settings", "kind", "resolver", "selector"),
    [
        ({}, "Deployment", False, {"inroad/role": "server"}),
        ({"ACME_EMAIL": "ops@example.org"}, "Deployment", True, {"inroad/role": "server"}),
        ({"TRAEFIK_KIND": "DaemonSet"}, "DaemonSet", False, None),
    ],
)
def test_traefik_answers_on_the_hosts_own_ports(
    user_data: Callable[..., str],
    server: Node,
    settings: dict[str, str],
    kind: str,
    resolver: bool,
    selector: dict[str, str] | None,
) -> None:
    _successful(server.starts(user_data("server", **settings)))

    manifest = yaml.safe_load(server.keeps("var/lib/inroad/k3s/server/manifests/inroad-traefik.yaml"))
    assert (manifest["kind"], manifest["metadata"]["name"]) == ("HelmChartConfig", "traefik")
    values = yaml.safe_load(manifest["spec"]["valuesContent"])
    assert values["deployment"]["kind"] == kind
    assert values["ports"] == {"web": {"hostPort": 80}, "websecure": {"hostPort": 443}}
    assert values["updateStrategy"]["rollingUpdate"] == {"maxUnavailable": 1, "maxSurge": 0}
    assert values.get("nodeSelector") == selector
    arguments = values["additionalArguments"]
    assert "--entrypoints.web.http.redirections.entrypoint.to=:443" in arguments
    assert ("--certificatesresolvers.letsencrypt.acme.email=ops@example.org" in arguments) is resolver


def test_an_empty_disk_gets_the_backups_of_the_bucket(user_data: Callable[..., str], server: Node) -> None:
    (server.world / "bucket" / "inroad-2026-11-01.dump").write_text("rows", encoding="utf-8")
    _successful(server.starts(user_data("server")))

    assert server.keeps("var/lib/inroad/backups/inroad-2026-11-01.dump") == "rows"


def test_backups_that_are_there_are_not_fetched_over(user_data: Callable[..., str], server: Node) -> None:
    (server.world / "bucket" / "inroad-2026-11-01.dump").write_text("older", encoding="utf-8")
    (server.root / "var/lib/inroad/backups").mkdir(parents=True)
    (server.root / "var/lib/inroad/backups/inroad-2026-11-01.dump").write_text("here", encoding="utf-8")
    server.tell("disk/blkid", "0")
    _successful(server.starts(user_data("server")))

    assert server.keeps("var/lib/inroad/backups/inroad-2026-11-01.dump") == "here"


def test_finished_backups_go_to_the_bucket_every_hour(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))
    assert "OnUnitInactiveSec=1h" in server.keeps("etc/systemd/system/inroad-backups-push.timer")
    assert "systemctl enable --now inroad-backups-push.timer" in server.calls()
    for name in ("inroad-2026-11-02.dump", "inroad-2026-11-03.part"):
        (server.root / "var/lib/inroad/backups" / name).write_text("rows", encoding="utf-8")

    _successful(server.runs(server.root / "usr/local/sbin/inroad-backups", "push"))
    assert [file.name for file in (server.world / "bucket").iterdir()] == ["inroad-2026-11-02.dump"]
    assert "--delete" not in server.calls("aws s3 sync")[-1]

    outcome = server.runs(server.root / "usr/local/sbin/inroad-backups", "restore")
    assert (outcome.returncode, outcome.stderr) == (2, "usage: inroad-backups push|pull\n")


def test_nodes_whose_instance_is_gone_are_deleted(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))
    assert "OnUnitInactiveSec=1min" in server.keeps("etc/systemd/system/inroad-prune-nodes.timer")
    gone, here = "ip-10-20-0-31-aaaa i-0ccccccccccccccc3", "ip-10-20-0-32-bbbb i-0ddddddddddddddd4"
    server.tell("nodes", f"{gone}\n{here}\nof-no-instance <none>\n")
    server.tell("instances", "i-0aaaaaaaaaaaaaaa1\ti-0ddddddddddddddd4\n")

    _successful(server.runs(server.root / "usr/local/sbin/inroad-prune-nodes"))
    assert server.calls("kubectl delete") == ["kubectl delete node ip-10-20-0-31-aaaa --wait=false"]


@pytest.mark.parametrize("instances", ["", "None\n", "i-0ddddddddddddddd4\n"])
def test_no_node_is_deleted_by_a_list_without_the_server_itself(
    user_data: Callable[..., str], server: Node, instances: str
) -> None:
    _successful(server.starts(user_data("server")))
    server.tell("nodes", "ip-10-20-0-31-aaaa   i-0ccccccccccccccc3\n")
    server.tell("instances", instances)

    outcome = server.runs(server.root / "usr/local/sbin/inroad-prune-nodes")
    assert outcome.returncode == 1
    assert server.calls("kubectl delete") == []


def test_a_cluster_without_agents_has_nothing_to_delete(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))
    server.tell("nodes", "")
    server.tell("instances", "i-0aaaaaaaaaaaaaaa1\n")

    _successful(server.runs(server.root / "usr/local/sbin/inroad-prune-nodes"))
    assert server.calls("kubectl delete") == []


def test_images_of_ecr_can_be_pulled_for_longer_than_a_token_lives(
    user_data: Callable[..., str], server: Node
) -> None:
    registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
    _successful(server.starts(user_data("server", ECR_REPOSITORY=f"{registry}/inroad")))
    assert "OnUnitInactiveSec=10min" in server.keeps("etc/systemd/system/inroad-pull-secret.timer")

    server.tell("namespaces", "namespace/inroad\nnamespace/inroad-staging\n")
    _successful(server.runs(server.root / "usr/local/sbin/inroad-pull-secret"))
    secrets = list(yaml.safe_load_all(server.asked("applied")))
    assert [secret["metadata"]["namespace"] for secret in secrets] == ["inroad", "inroad-staging"]
    for secret in secrets:
        assert secret["metadata"]["name"] == "registry"
        config = json.loads(base64.b64decode(secret["data"][".dockerconfigjson"]))
        assert base64.b64decode(config["auths"][registry]["auth"]) == b"AWS:a-token-of-ecr"
    assert "a-token-of-ecr" not in server.asked("calls")


def test_without_ecr_nobody_renews_its_token(user_data: Callable[..., str], server: Node) -> None:
    _successful(server.starts(user_data("server")))
    assert not (server.root / "etc/systemd/system/inroad-pull-secret.timer").exists()


@pytest.fixture
def agent(tmp_path: Path) -> Node:
    """An agent of a cluster whose server has said how to join it."""
    node = Node(tmp_path, "i-0ccccccccccccccc3", "10.20.1.31")
    node.tell("parameters/,inroad,inroad,join-token", "K10cahash::node:secret")
    node.tell("parameters/,inroad,inroad,server-address", "10.20.0.11")
    return node


def test_an_agent_waits_for_a_server_and_joins_it(user_data: Callable[..., str], agent: Node) -> None:
    agent.tell("parameters/unset-for", "5")
    outcome = agent.starts(user_data("agent"))
    said = _successful(outcome)

    assert outcome.stdout.splitlines()[-1] == "inroad: The agent is ready."
    assert yaml.safe_load(agent.keeps("etc/rancher/k3s/config.yaml.d/server.yaml")) == {
        "server": "https://10.20.0.11:6443"
    }
    config = yaml.safe_load(agent.keeps("etc/rancher/k3s/config.yaml"))
    assert config["with-node-id"] is True
    assert config["node-label"] == ["inroad/role=agent", "inroad/instance=i-0ccccccccccccccc3"]
    assert agent.keeps(config["token-file"].removeprefix("/")) == "K10cahash::node:secret"
    assert (agent.root / "etc/inroad/join-token").stat().st_mode & 0o077 == 0
    assert "secret" not in said + agent.asked("calls")
    assert agent.calls("systemctl")[1:3] == ["systemctl enable k3s-agent", "systemctl restart k3s-agent"]
    assert agent.calls("aws ec2") == []


def test_an_agent_without_a_server_says_so_and_goes_on_asking(
    user_data: Callable[..., str], agent: Node
) -> None:
    agent.tell("parameters/unset-for", "100000")
    outcome = agent.starts(user_data("agent").replace("again 60 5 inroad-join", "again 3 5 inroad-join"))

    assert "No server has said in five minutes how to join it; asking goes on." in _successful(outcome)
    assert agent.calls("systemctl restart") == []

    agent.tell("parameters/unset-for", "0")
    _successful(agent.runs(agent.root / "usr/local/sbin/inroad-join"))
    assert agent.calls("systemctl restart") == ["systemctl restart k3s-agent"]


def test_an_agent_follows_the_server_to_another_address(user_data: Callable[..., str], agent: Node) -> None:
    _successful(agent.starts(user_data("agent")))
    join = agent.root / "usr/local/sbin/inroad-join"
    assert "OnUnitInactiveSec=1min" in agent.keeps("etc/systemd/system/inroad-join.timer")

    agent.tell("calls", "")
    _successful(agent.runs(join))
    assert agent.calls("systemctl restart") == []

    agent.tell("parameters/,inroad,inroad,server-address", "10.20.0.22")
    assert "The server is at 10.20.0.22: joining it." in _successful(agent.runs(join))
    assert agent.calls("systemctl restart") == ["systemctl restart k3s-agent"]
    assert "10.20.0.22" in agent.keeps("etc/rancher/k3s/config.yaml.d/server.yaml")


def test_an_agent_stays_where_it_is_while_ssm_does_not_answer(
    user_data: Callable[..., str], agent: Node
) -> None:
    _successful(agent.starts(user_data("agent")))
    agent.tell("calls", "")
    agent.tell("broken", "aws\n")

    assert agent.runs(agent.root / "usr/local/sbin/inroad-join").returncode != 0
    assert "10.20.0.11" in agent.keeps("etc/rancher/k3s/config.yaml.d/server.yaml")
    assert agent.keeps("etc/inroad/join-token") == "K10cahash::node:secret"
    assert agent.calls("systemctl restart") == []


@pytest.mark.parametrize("role", ["server", "agent"])
def test_what_a_node_runs_is_clean_shell(
    user_data: Callable[..., str], program: Callable[[str], str], tmp_path: Path, role: str
) -> None:
    script = tmp_path / f"{role}.sh"
    script.write_text(user_data(role), encoding="utf-8")
    scripts = [script, STAND_IN, *(USER_DATA / file for file in PROGRAMS[role].values())]
    outcome = subprocess.run([program("shellcheck"), *map(str, scripts)], capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("role", ["server", "agent"])
def test_systemd_takes_the_units(
    user_data: Callable[..., str], program: Callable[[str], str], request: pytest.FixtureRequest, role: str
) -> None:
    node: Node = request.getfixturevalue(role)
    _successful(node.starts(user_data(role)))

    folder = node.root / "etc" / "systemd" / "system"
    units = sorted([*folder.glob("*.service"), *folder.glob("*.timer")])
    assert len(units) == {"server": 5, "agent": 3}[role]
    for unit in units:  # where the programs lie in this test, for systemd looks whether they are there
        text = unit.read_text(encoding="utf-8")
        unit.write_text(text.replace("/usr/local/", f"{node.root}/usr/local/"), encoding="utf-8")
    outcome = subprocess.run(
        [program("systemd-analyze"), "verify", "--man=no", *map(str, units)], capture_output=True, text=True
    )
    complaints = [line for line in outcome.stderr.splitlines() if str(folder) in line or "inroad" in line]
    assert (outcome.returncode, complaints) == (0, [])
