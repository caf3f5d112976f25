"""Stand-ins of the programs that a deploy calls: they record calls, answer from a state, and fail on purpose.

A stand-in is a few lines of bash that hand the call to this process and print what it answers, so that a test
holds the cluster's state as plain Python objects and a whole deploy takes a second.
"""

import base64
import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Self

from tests.deploy.conftest import DEPLOY

_STUB = r"""#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/{port}
said=
for each in "$@"; do case $each in - | --password-stdin) IFS= read -r -d '' said ;; esac; done
printf '%s\0' {name} "$#" "$@" "$said" >&3
IFS= read -r code <&3
IFS= read -r -d '' out <&3
IFS= read -r -d '' err <&3
printf %s "$out"
printf %s "$err" >&2
exit "$code"
"""


class Call(NamedTuple):
    """One call of a program: its name, its arguments and, where it asked for it, its standard input."""

    program: str
    words: tuple[str, ...]
    said: str

    def __str__(self) -> str:
        return " ".join((self.program, *self.words))


class Answer(NamedTuple):
    """What a program prints, and its exit code."""

    out: str = ""
    err: str = ""
    code: int = 0


class StandIns:
    """Programs in a folder for PATH; `answers` says by name who answers for each."""

    def __init__(self, folder: Path, answers: dict[str, Callable[[Call], Answer]]) -> None:
        self.folder = folder
        self.calls: list[Call] = []
        self._answers = answers
        self._server: socketserver.ThreadingTCPServer | None = None

    def __enter__(self) -> Self:
        stand_ins = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                name, count = self._word(), int(self._word())
                call = Call(name, tuple(self._word() for _ in range(count)), self._word())
                stand_ins.calls.append(call)
                answer = stand_ins._answers[name](call)
                self.wfile.write(f"{answer.code}\n{answer.out}\0{answer.err}\0".encode())

            def _word(self) -> str:
                found = bytearray()
                while (byte := self.rfile.read(1)) not in (b"\0", b""):
                    found += byte
                return found.decode()

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.folder.mkdir()
        for name in self._answers:
            self.put(self.folder / name, name)
        (self.folder / "python3").symlink_to(sys.executable)  # a version manager's own would take its time
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    def put(self, path: Path, name: str) -> None:
        """Let the program at a path be the stand-in of a name."""
        assert self._server is not None
        path.write_text(_STUB.replace("{port}", str(self._server.server_address[1])).replace("{name}", name))
        path.chmod(0o755)

    def of(self, program: str) -> list[Call]:
        """The calls of one program."""
        return [call for call in self.calls if call.program == program]


# --- a cluster, as kubectl shows it ------------------------------------------------------------------------


@dataclass
class Lease:
    """The lock: who holds it since when, and for how long."""

    version: int
    holder: str
    seconds: int
    since: str

    def grow_old(self) -> None:
        """As if it had been taken a day ago."""
        self.since = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")


@dataclass
class Deployment:
    """What a Deployment has had as image, by revision; and the Secret's version that its pods carry."""

    revision: int
    images: dict[int, str]
    secret: str = "0"

    @property
    def image(self) -> str:
        return self.images[self.revision]

    def move(self, image: str, secret: str) -> None:
        """Apply a template: another one is a new revision."""
        if (image, secret) != (self.image, self.secret):
            self.secret = secret
            self.revision = max(self.images) + 1
            self.images[self.revision] = image

    def undo(self, revision: int) -> None:
        """Take back, as Kubernetes does: the old revision gets a new number."""
        image = self.images.pop(revision)
        self.revision = max(self.images) + 1
        self.images[self.revision] = image


@dataclass
class Cluster:
    """Enough of a cluster for a deploy, with what a test wants to go wrong in it."""

    nodes: str = "server Ready\nagent Ready\n"
    answers: bool = True
    namespaces: set[str] = field(default_factory=lambda: {"inroad"})
    lease: Lease | None = None
    tells_of_the_lease: bool = True
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)
    deployments: dict[str, Deployment] = field(default_factory=dict)
    deployed: dict[str, str] = field(default_factory=dict)
    backs_up: bool = True
    jobs: dict[str, list[str]] = field(default_factory=dict)
    waiting: str = ""
    gives_logs: bool = True
    database_comes_up: bool = True
    never_ready: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    serves: tuple[str, ...] = ("inroad",)
    hangs: threading.Event | None = None
    goes_on: threading.Event = field(default_factory=threading.Event)
    manifests: str = "kind: List\n"
    rendered: tuple[str, str] = ("", "0")
    ran: list[str] = field(default_factory=list)

    def run(self, image: str, overlay: str = "ec2") -> None:
        """Let an image have been deployed before."""
        for name in self.serves:
            self.deployments[name] = Deployment(3, {3: image})
        self.secrets["inroad"] = {"DATABASE_URL": "postgresql://…", "POSTGRES_PASSWORD": "of-before-1234"}
        self.deployed = {"overlay": overlay, "before": "", "after": "inroad 3"}

    @property
    def image(self) -> str:
        """What serves now."""
        return self.deployments["inroad"].image

    # What each program is asked.

    def smoke(self, _: Call) -> Answer:
        if self.image in self.broken:
            return Answer(err="smoke: FAILED at 'draft': it is broken\n", code=1)
        return Answer(f"smoke: all works with {self.image}\n")

    def kubectl(self, call: Call) -> Answer:
        words = list(call.words)
        namespace = "inroad"
        if words[0] == "--namespace":
            namespace = words[1]
            words = words[2:]
        if words[0] == "kustomize":
            return self._render(Path(words[1]))
        if not self.answers:
            return Answer(err="The connection to the server was refused\n", code=1)
        verb, kind = words[0], words[1]
        if kind in ("namespace", "nodes"):
            return self._of_all(verb, kind, words[2] if len(words) > 2 else "")
        if namespace not in self.namespaces:
            return Answer() if verb == "get" else Answer(err="namespaces not found\n", code=1)
        if verb == "apply":
            return self._apply(words, call.said)
        if verb == "rollout":
            return self._rollout(words)
        if verb in ("create", "replace") and "--filename" in words:
            return self._lock(verb, json.loads(call.said))
        if kind == "job" and verb in ("delete", "create"):
            self.ran.append(f"{verb} {words[2]}")
            return Answer()
        return self._get(verb, words)

    def _render(self, folder: Path) -> Answer:
        made = (folder / "kustomization.yaml").read_text()
        name = re.search(r"newName: (\S+)", made)
        tag, digest = re.search(r'newTag: "(\S+)"', made), re.search(r"digest: (\S+)", made)
        secret = re.search(r'secret-version: "(\S+)"', made)
        assert name is not None
        assert secret is not None
        tail = f":{tag[1]}" if tag else f"@{digest[1] if digest else ''}"
        self.rendered = name[1] + tail, secret[1]
        return Answer(self.manifests)

    def _of_all(self, verb: str, kind: str, name: str) -> Answer:
        if kind == "nodes":
            return Answer(self.nodes)
        if verb == "create":
            self.namespaces.add(name)
        if verb == "delete":
            self.namespaces.discard(name)
        return Answer(code=0 if name in self.namespaces or verb == "delete" else 1)

    def _lock(self, verb: str, wanted: dict[str, dict[str, str]]) -> Answer:
        if verb == "create" and self.lease is not None:
            return Answer(err="Error from server (AlreadyExists): it exists\n", code=1)
        given = wanted["metadata"].get("resourceVersion")
        now = self.lease.version if self.lease else 0
        if verb == "replace" and given != str(now):
            return Answer(err="Error from server (Conflict): it has been modified\n", code=1)
        spec = wanted["spec"]
        self.lease = Lease(
            now + 1, spec["holderIdentity"], int(spec["leaseDurationSeconds"]), spec["renewTime"]
        )
        return Answer(str(self.lease.version))

    def _apply(self, words: list[str], said: str) -> Answer:
        if words[words.index("--filename") + 1] == "-":
            return self._apply_one(said)
        selector = words[words.index("--selector") + 1]
        if selector in self.refused:
            return Answer(err="Error from server (Forbidden): exceeded quota\n", code=1)
        self.ran.append(f"apply {selector}")
        if "notin" in selector:
            return Answer("statefulset.apps/postgres\nservice/postgres\n")
        if " in " not in selector:
            return Answer("job.batch/inroad-migrate\n")
        image, secret = self.rendered
        for name in self.serves:
            if name in self.deployments:
                self.deployments[name].move(image, secret)
            else:
                self.deployments[name] = Deployment(1, {1: image}, secret)
        return Answer("".join(f"deployment.apps/{name}\n" for name in self.serves) + "service/inroad\n")

    def _apply_one(self, said: str) -> Answer:
        if said.startswith("{"):
            self.deployed = json.loads(said)["data"]
            return Answer()
        found = re.search(r"name: (\S+)", said)
        assert found is not None
        data = said.split("\ndata:\n")[1]
        self.secrets[found[1]] = {
            key: base64.b64decode(value).decode() for key, value in re.findall(r"  (\S+): (\S+)", data)
        }
        self.ran.append(f"secret {found[1]}")
        return Answer()

    def _rollout(self, words: list[str]) -> Answer:
        verb, (kind, name) = words[1], words[2].split("/")
        if kind == "statefulset":
            return Answer(code=0 if self.database_comes_up else 1)
        deployment = self.deployments[name]
        if verb == "undo":
            self.ran.append(f"undo {name}")
            deployment.undo(int(words[words.index("--to-revision") + 1]))
            return Answer()
        if self.hangs is not None:
            self.hangs.set()
            self.goes_on.wait(20)
        if deployment.image in self.never_ready:
            return Answer(err="error: deployment exceeded its progress deadline\n", code=1)
        self.ran.append(f"ready {name} {deployment.image}")
        return Answer()

    def _get(self, verb: str, words: list[str]) -> Answer:
        match verb, words[1]:
            case "get", "lease":
                assert self.lease is not None
                if not self.tells_of_the_lease:
                    return Answer(err="Unable to connect to the server: i/o timeout\n", code=1)
                return Answer(
                    f"{self.lease.version}|{self.lease.holder}|{self.lease.since}|{self.lease.seconds}"
                )
            case "get", "secret":
                path = words[-1].removeprefix("jsonpath=").strip("{}")
                if path == ".metadata.resourceVersion":
                    return Answer(str(abs(hash(frozenset(self.secrets["inroad"].items())))))
                value = self.secrets.get("inroad", {}).get(path.removeprefix(".data."), "")
                return Answer(base64.b64encode(value.encode()).decode())
            case "get", "deployments":
                return Answer("".join(f"{name} {each.revision}\n" for name, each in self.deployments.items()))
            case "get", "replicasets":
                return Answer(
                    "".join(
                        f"{name} {revision} {image}\n"
                        for name, each in self.deployments.items()
                        for revision, image in each.images.items()
                    )
                )
            case "get", "cronjob":
                return Answer("cronjob.batch/inroad-backup\n" if self.backs_up else "")
            case "get", "job":
                states = self.jobs.get(words[2], [" Complete "])
                return Answer(states.pop(0) if len(states) > 1 else states[0])
            case "get", "pods":
                return Answer(self.waiting)
            case "get", "configmap":
                key = words[-1].removeprefix("jsonpath={.data.").rstrip("}")
                return Answer(self.deployed.get(key, ""))
            case "create", "configmap":
                pairs = (word.split("=", 1) for word in words if "=" in word and not word.startswith("--"))
                return Answer(json.dumps({"data": dict(pairs)}))
            case "logs", _:
                return Answer("inroad: a line of the log\n", code=0 if self.gives_logs else 1)
            case _:
                return Answer("inroad: an event\n")


# --- the scripts, with stand-ins beside them ---------------------------------------------------------------


@dataclass
class Workplace:
    """A copy of the scripts whose programs are stand-ins, and the variables that a pipeline sets."""

    scripts: Path
    stand_ins: StandIns
    variables: dict[str, str]

    def start(self, script: str, *words: str, **variables: str) -> "subprocess.Popen[str]":
        """Start a script; a variable set to "" is not set."""
        mine = {"PATH": f"{self.stand_ins.folder}:{os.environ['PATH']}", "HOME": str(self.scripts)}
        mine |= {"LC_ALL": "C.UTF-8"} | self.variables | variables
        return subprocess.Popen(
            [str(self.scripts / script), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={name: value for name, value in mine.items() if value},
        )

    def run(self, script: str, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run a script to its end."""
        process = self.start(script, *words, **variables)
        out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def copy_of_scripts(folder: Path, overlays: tuple[str, ...] = ("ec2", "kind", "review")) -> Path:
    """The scripts in a folder of their own, beside overlays that nobody reads."""
    scripts = folder / "deploy" / "scripts"
    shutil.copytree(DEPLOY / "scripts", scripts)
    for overlay in overlays:
        (folder / "deploy" / "overlays" / overlay).mkdir(parents=True)
        (folder / "deploy" / "overlays" / overlay / "kustomization.yaml").write_text("resources: []\n")
    return scripts
