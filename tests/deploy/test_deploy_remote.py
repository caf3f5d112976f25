"""A deploy over SSM or SSH is the same deploy: its words, its exit code, no secret where others may read."""

import base64
import io
import json
import os
import re
import signal
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.deploy.programs_stand_in import Answer, Call, Cluster, StandIns, Workplace, copy_of_scripts
from tests.waiting import until

NEW = f"registry.example/inroad@sha256:{'b' * 64}"
SECRETS = {
    "POSTGRES_PASSWORD": "pw-of-the-database-1",
    "GROQ_API_KEY": "gsk_key'of$groq-2",
    "INROAD_REGISTRY_PASSWORD": "deploy-token-3",
}
VARIABLES = SECRETS | {
    "INROAD_URL": "https://inroad.example",
    "INROAD_REGISTRY": "registry.example",
    "INROAD_REGISTRY_USER": "puller",
    "AWS_REGION": "eu-central-1",
    "CI_JOB_ID": "4711",
}


@dataclass
class Server:
    """Amazon's side: parameters, and a server that runs what it is sent."""

    folder: Path
    path: str = ""
    instances: tuple[str, ...] = ("i-1",)
    parameters: dict[str, str] = field(default_factory=dict)
    put: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    outcomes: list[dict[str, object]] = field(default_factory=list)
    hangs: threading.Event | None = None
    status: str = ""

    def aws(self, call: Call) -> Answer:
        verb = call.words[1]
        given = dict(zip(call.words[2::2], call.words[3::2], strict=False))
        if "--cli-input-json" in given:
            wanted = json.loads(Path(given["--cli-input-json"].removeprefix("file://")).read_text())
        match verb:
            case "put-parameter":
                assert wanted["Type"] == "SecureString"
                self.put.append(wanted["Name"])
                self.parameters[wanted["Name"]] = wanted["Value"]
            case "delete-parameter":
                del self.parameters[given["--name"]]
            case "get-parameter":
                return Answer(self.parameters[call.words[call.words.index("--name") + 1]])
            case "send-command":
                return self._run(wanted)
            case "list-command-invocations":
                found = [{"InstanceId": each} for each in self.instances]
                return Answer(json.dumps({"CommandInvocations": found}))
            case "get-command-invocation":
                running = {"Status": "InProgress", "StandardOutputContent": ""}  # until it has ended
                return Answer(json.dumps(self.outcomes[-1] if self.hangs is None else running))
        return Answer("{}")

    def _run(self, wanted: dict[str, object]) -> Answer:
        parameters = wanted["Parameters"]
        assert isinstance(parameters, dict)
        (commands,) = parameters["commands"]
        self.sent.append(json.dumps(wanted))
        assert len(self.sent[-1]) < 16_000
        if "InstanceIds" in wanted and not set(wanted["InstanceIds"]) <= set(self.instances):  # type: ignore[call-overload]
            return Answer(err="InvalidInstanceId: not in a valid state\n", code=254)
        if self.hangs is not None:
            self.hangs.set()
        else:
            ran = subprocess.run(
                ["sh", "-c", commands.replace("/var/tmp/", f"{self.folder}/")],
                capture_output=True,
                text=True,
                env={"PATH": self.path, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            )
            self.outcomes.append(
                {
                    "Status": self.status or ("Failed" if ran.returncode else "Success"),
                    "StatusDetails": self.status,
                    "StandardOutputContent": ran.stdout,
                    "StandardErrorContent": ran.stderr,
                    "ResponseCode": -1 if self.status else ran.returncode,
                }
            )
        return Answer(json.dumps({"Command": {"CommandId": f"command-{len(self.sent)}"}}))


@pytest.fixture
def cluster() -> Cluster:
    cluster = Cluster()
    cluster.run("registry.example/inroad:old")
    cluster.secrets["inroad"]["POSTGRES_PASSWORD"] = SECRETS["POSTGRES_PASSWORD"]
    return cluster


@pytest.fixture
def server(tmp_path: Path) -> Server:
    folder = tmp_path / "server"
    folder.mkdir()
    return Server(folder)


SSH = r"""#!/bin/bash
printf '%s\n' "$@" >>{folder}/ssh.log
if [ -e {folder}/unreachable ]; then echo "Host key verification failed." >&2; exit 255; fi
cp "${{@: 1:2}}" {folder}/key 2>/dev/null || cp "$2" {folder}/key
exec sh -c "${{@: -1}}"
"""
# Version 1 of the aws command, which is what PyPI has, knows no AWS_REGION.
AWS = r"""#!/bin/bash
if [ -z "${AWS_DEFAULT_REGION:-}" ] && [[ " $* " != *" --region "* ]]; then
    echo "You must specify a region." >&2; exit 253
fi
"""
SUDO = '#!/bin/bash\n[ "$1" = -n ] && shift\nexec env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"\n'


@pytest.fixture
def place(tmp_path: Path, cluster: Cluster, server: Server) -> Iterator[Workplace]:
    answers = {
        "kubectl": cluster.kubectl,
        "curl": lambda _: Answer("200"),
        "sleep": lambda _: Answer(),
        "smoke": cluster.smoke,
        "aws": server.aws,
    }
    scripts = copy_of_scripts(tmp_path)
    with StandIns(tmp_path / "bin", answers) as stand_ins:
        stand_ins.put(scripts / "smoke.sh", "smoke")
        for name, text in (("ssh", SSH.format(folder=server.folder)), ("sudo", SUDO)):
            (stand_ins.folder / name).write_text(text)
            (stand_ins.folder / name).chmod(0o755)
        aws = stand_ins.folder / "aws"
        aws.write_text(aws.read_text().replace("#!/bin/bash\n", AWS, 1))
        server.path = f"{stand_ins.folder}:{os.environ['PATH']}"
        yield Workplace(scripts, stand_ins, VARIABLES)


@pytest.fixture
def over_ssh(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "key").write_text("-----PRIVATE KEY-----")
    (tmp_path / "known").write_text("203.0.113.7 ssh-ed25519 AAAA\n")
    return {
        "INROAD_DEPLOY_OVER": "ssh",
        "INROAD_SERVER_HOST": "203.0.113.7",
        "INROAD_SERVER_KEY": str(tmp_path / "key"),
        "INROAD_SERVER_KNOWN": str(tmp_path / "known"),
    }


def no_secret_in(text: str) -> bool:
    """No secret, and no part of one as a shell would quote it."""
    return not any(secret[-8:] in text for secret in SECRETS.values()) and "gsk_key" not in text


def shipped(server: Server) -> dict[str, str]:
    """The files that were sent over SSM, by name."""
    pieces = re.findall(r"printf %s '([\w+/=]+)' >>", "".join(server.sent))
    with tarfile.open(fileobj=io.BytesIO(base64.b64decode("".join(pieces)))) as packed:
        files = {each.name: packed.extractfile(each) for each in packed.getmembers()}
        return {name: file.read().decode() for name, file in files.items() if file is not None}


# --- over SSM ----------------------------------------------------------------------------------------------


def test_over_ssm_the_same_deploy_runs_on_the_server_of_the_cluster(
    place: Workplace, cluster: Cluster, server: Server
) -> None:
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert cluster.image == NEW
    assert f"deploy: {NEW} runs at https://inroad.example" in outcome.stdout
    targets = json.loads(server.sent[0])["Targets"]
    assert {each["Key"]: each["Values"] for each in targets} == {
        "tag:inroad:cluster": ["inroad"],
        "tag:inroad:role": ["server"],
    }
    assert cluster.secrets["inroad"]["GROQ_API_KEY"] == SECRETS["GROQ_API_KEY"]


def test_over_ssm_secrets_go_as_a_parameter_that_is_deleted(
    place: Workplace, cluster: Cluster, server: Server
) -> None:
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW)
    assert server.put == ["/inroad/inroad/deploy-4711"]
    assert server.parameters == {}
    assert list(server.folder.iterdir()) == []  # the server keeps nothing of it
    calls = "\n".join(map(str, place.stand_ins.calls))
    assert no_secret_in("\n".join(server.sent) + calls + outcome.stdout + outcome.stderr)
    assert "secrets" in server.sent[-1]
    texts = shipped(server)
    assert "./deploy/scripts/deploy.sh" in texts
    assert no_secret_in(
        "\n".join(texts.values())
    )  # what SSM keeps of the command holds none, unpacked either


def test_what_is_shipped_looks_for_kubectl_where_k3s_puts_it(place: Workplace, server: Server) -> None:
    place.run("remote.sh", "deploy.sh", "ec2", NEW)
    assert "\nPATH=$PATH:/usr/local/bin\n" in shipped(server)["./run"]


def test_without_secrets_no_parameter_is_put(place: Workplace, server: Server) -> None:
    nothing = dict.fromkeys((*SECRETS, "INROAD_REGISTRY", "INROAD_REGISTRY_USER"), "")
    assert place.run("remote.sh", "deploy.sh", "ec2", NEW, **nothing).returncode == 0
    assert server.put == []


def test_over_ssm_the_exit_code_is_that_of_the_script(
    place: Workplace, cluster: Cluster, server: Server
) -> None:
    cluster.broken = {NEW}
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "It was taken back" in outcome.stdout
    cluster.broken = {NEW, "registry.example/inroad:old"}
    assert place.run("remote.sh", "deploy.sh", "ec2", NEW).returncode == 3
    assert server.parameters == {}


def test_a_server_that_is_off_is_said(place: Workplace, server: Server) -> None:
    server.instances = ()
    for given in ({}, {"INROAD_SERVER_INSTANCE": "i-9"}):
        outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW, **given)
        assert outcome.returncode == 4
        assert "takes" in outcome.stderr
        assert "off-hours switch it off" in outcome.stderr
        assert server.parameters == {}


def test_a_command_that_ends_without_a_code_is_no_success(place: Workplace, server: Server) -> None:
    server.status = "TimedOut"
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW)
    assert outcome.returncode == 4
    assert server.parameters == {}


def test_a_job_that_is_cancelled_cancels_the_command(place: Workplace, server: Server) -> None:
    server.hangs = threading.Event()
    process = place.start("remote.sh", "deploy.sh", "ec2", NEW)
    assert server.hangs.wait(20)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 143
    (cancelled,) = [call for call in place.stand_ins.of("aws") if "cancel-command" in call.words]
    assert "command-1" in cancelled.words
    assert server.parameters == {}


def test_a_full_disk_of_the_server_is_said(place: Workplace, server: Server) -> None:
    server.folder.rmdir()
    server.folder.write_text("no folder can be made here")
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW)
    assert outcome.returncode == 4
    assert "could not store what was shipped" in outcome.stderr
    assert "df -h" in outcome.stderr


# --- over SSH ----------------------------------------------------------------------------------------------


def test_over_ssh_the_same_deploy_runs_with_a_pinned_host_key(
    place: Workplace, cluster: Cluster, server: Server, over_ssh: dict[str, str]
) -> None:
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW, **over_ssh)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert cluster.image == NEW
    assert cluster.secrets["inroad"]["GROQ_API_KEY"] == SECRETS["GROQ_API_KEY"]
    words = (server.folder / "ssh.log").read_text()
    assert "StrictHostKeyChecking=yes" in words
    assert f"UserKnownHostsFile={over_ssh['INROAD_SERVER_KNOWN']}" in words
    assert "ec2-user@203.0.113.7" in words
    calls = "\n".join(map(str, place.stand_ins.calls))
    assert no_secret_in(words + calls + outcome.stdout + outcome.stderr)
    assert (server.folder / "key").read_text().endswith("-----\n")


def test_over_ssh_the_exit_code_is_that_of_the_script(
    place: Workplace, cluster: Cluster, over_ssh: dict[str, str]
) -> None:
    cluster.jobs["inroad-migrate"] = [" Failed "]
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW, **over_ssh)
    assert outcome.returncode == 1
    assert "The migration failed" in outcome.stderr


def test_another_host_key_is_no_deploy(
    place: Workplace, cluster: Cluster, server: Server, over_ssh: dict[str, str]
) -> None:
    (server.folder / "unreachable").touch()
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW, **over_ssh)
    assert outcome.returncode == 4
    assert "was not reached, or its host key is another" in outcome.stderr
    assert cluster.ran == []


def test_a_job_that_is_cancelled_ends_at_once_and_keeps_no_key(
    place: Workplace, server: Server, over_ssh: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    ssh = place.stand_ins.folder / "ssh"
    ssh.write_text(f"#!/bin/bash\ncat >/dev/null\ntouch {server.folder}/begun\nexec /bin/sleep 60\n")
    process = place.start(
        "remote.sh", "deploy.sh", "ec2", NEW, **over_ssh, TMPDIR=str(tmp_path / "temporary")
    )
    until((server.folder / "begun").exists)
    assert list((tmp_path / "temporary").glob("*/key"))
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 143
    assert "how far that came is not known" in err
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("name", ["INROAD_SERVER_KEY", "INROAD_SERVER_KNOWN"])
@pytest.mark.parametrize("value", ["-----BEGIN KEY-----\nprivate-4\n-----END KEY-----", "/nowhere/private-4"])
def test_a_key_in_place_of_its_file_is_not_repeated(
    place: Workplace, server: Server, over_ssh: dict[str, str], name: str, value: str
) -> None:
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW, **(over_ssh | {name: value}))
    assert outcome.returncode == 2
    assert f"{name} names no file" in outcome.stderr
    assert "private-4" not in outcome.stdout + outcome.stderr
    assert not (server.folder / "ssh.log").exists()


# --- and in general ----------------------------------------------------------------------------------------


def test_over_kubectl_it_runs_here(place: Workplace, cluster: Cluster) -> None:
    assert place.run("remote.sh", "deploy.sh", "ec2", NEW, INROAD_DEPLOY_OVER="kubectl").returncode == 0
    assert cluster.image == NEW


def test_over_kubectl_a_job_that_is_cancelled_gives_the_lock_back(place: Workplace, cluster: Cluster) -> None:
    cluster.hangs = threading.Event()
    process = place.start("remote.sh", "deploy.sh", "ec2", NEW, INROAD_DEPLOY_OVER="kubectl")
    assert cluster.hangs.wait(20)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 143
    assert cluster.lease is not None
    assert cluster.lease.holder == ""


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"INROAD_DEPLOY_OVER": "telnet"}, "Set it to ssm, ssh or kubectl."),
        ({"INROAD_DEPLOY_OVER": "ssh"}, "INROAD_SERVER_HOST is not set."),
        ({"AWS_REGION": ""}, "AWS_REGION is not set."),
        ({"METRICS_TOKEN": "x" * 5_000}, "more than the 4,096 bytes of a parameter"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_sent(
    place: Workplace, server: Server, given: dict[str, str], sentence: str
) -> None:
    outcome = place.run("remote.sh", "deploy.sh", "ec2", NEW, **given)
    assert outcome.returncode == 2
    assert sentence in outcome.stderr
    assert server.sent == []


@pytest.mark.parametrize("words", [("rollback.sh", "ec2"), ("restore.sh",), ("remove.sh",)])
def test_the_other_scripts_run_there_too(place: Workplace, cluster: Cluster, words: tuple[str, ...]) -> None:
    """Each says there that it cannot: the cluster does not answer, or it is no review."""
    cluster.answers = False
    outcome = place.run("remote.sh", *words)
    assert outcome.returncode == 1
    assert f"{words[0].removesuffix('.sh')}: " in outcome.stdout.partition("once it has ended ...")[2]


def test_only_scripts_of_ours_run_there(place: Workplace, server: Server) -> None:
    assert place.run("remote.sh", "../../bin/sh", "-c", "id").returncode == 2
    outcome = place.run("remote.sh", "deploy.sh", "ec2; id", "$(id)")
    assert "There is no overlay ec2; id." in outcome.stdout
    assert not re.search(r"uid=\d", outcome.stdout + outcome.stderr)
