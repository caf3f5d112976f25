"""The image run as a pod runs it: read-only, without rights, with a bound on its memory and its processor."""

import http.client
import json
import os
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.confined import Watched, watching
from benchmarks.serving import Server, cpu_seconds

ENGINE = shlex.split(os.environ.get("CONTAINER_ENGINE", "docker"))
"""What runs containers, with its options: `podman --runtime runc`."""

_HARD = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "host"]
_FILES = ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"]
_STOP_S = 40
_CPU_PERIOD_US = 100_000


def engine(*arguments: str) -> str:
    """What the engine says."""
    done = subprocess.run([*ENGINE, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{shlex.join(ENGINE)} {arguments[0]}: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()


class Container:
    """A running container of the image.

    Attributes:
        started: When it was told to start, by the clock of `time.monotonic`.
        url: Where it serves.
    """

    def __init__(
        self, image: str, memory_mib: int, cpus: float, scratch_mib: int, environment: dict[str, str]
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        places = [f"--tmpfs={place}:rw,mode=1777,size={scratch_mib}m" for place in ("/tmp", "/data")]
        bounds = [f"--memory={memory_mib}m", f"--memory-swap={memory_mib}m"]
        bounds += [f"--cpu-period={_CPU_PERIOD_US}", f"--cpu-quota={round(cpus * _CPU_PERIOD_US)}"]
        told = [f"--env={name}={value}" for name, value in (environment | {"PORT": str(port)}).items()]
        self.started = time.monotonic()
        self.id = engine("run", "--detach", *_HARD, *_FILES, *places, *bounds, *told, image)
        self.url = f"http://127.0.0.1:{port}/"

    @property
    def state(self) -> dict[str, object]:
        return dict(json.loads(engine("inspect", "--format", "{{json .State}}", self.id)))

    @property
    def pid(self) -> int:
        return int(str(self.state["Pid"]))

    @property
    def is_running(self) -> bool:
        return bool(self.state["Running"])

    def exec(self, *command: str) -> str:
        return engine("exec", self.id, *command)

    def signal(self, name: str) -> None:
        engine("kill", "--signal", name, self.id)

    def log(self) -> str:
        done = subprocess.run([*ENGINE, "logs", self.id], capture_output=True, text=True, check=True)
        return done.stdout + done.stderr

    def peak_mib(self) -> float:
        """The most that the kernel counted against its bound, in either version of control groups."""
        lines = Path(f"/proc/{self.pid}/cgroup").read_text(encoding="ascii").splitlines()
        paths = {kinds: path for _, kinds, path in (line.split(":", 2) for line in lines)}
        root = Path("/sys/fs/cgroup")
        places = (
            [root / "memory" / paths["memory"][1:] / "memory.max_usage_in_bytes"] if "memory" in paths else []
        )
        places += [root / paths[""][1:] / "memory.peak"] if "" in paths else []
        return next(int(place.read_text()) / 2**20 for place in places if place.exists())

    def first_answer(self, path: str, within_s: float) -> float:
        """Seconds from the start until a path is answered with 200.

        Raises:
            TimeoutError: when it is not within so many seconds.
        """
        host, port = self.url.removeprefix("http://").strip("/").split(":")
        while time.monotonic() - self.started < within_s:
            connection = http.client.HTTPConnection(host, int(port), timeout=30)
            try:
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    return time.monotonic() - self.started
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(0.2)
        raise TimeoutError(f"no 200 of {path} within {within_s:g} s\n{self.log()[-2_000:]}")

    def remove(self) -> None:
        subprocess.run([*ENGINE, "rm", "--force", self.id], check=True, capture_output=True)


@contextmanager
def running(
    image: str,
    memory_mib: int,
    environment: dict[str, str] | None = None,
    *,
    cpus: float = 1.0,
    scratch_mib: int = 64,
) -> Iterator[Container]:
    """A container that is removed in the end."""
    container = Container(image, memory_mib, cpus, scratch_mib, environment or {})
    try:
        yield container
    finally:
        container.remove()


@contextmanager
def contained(image: str, memory_mib: int, **environment: str) -> Iterator[Watched]:
    """The image with one processor and so much memory, watched as `confined` watches a process."""
    with running(image, memory_mib, environment) as container:
        cold = container.first_answer("/health/ready", within_s=120)
        pid = container.pid
        server = Server(pid, container.url, cold, cpu_seconds(pid))
        bound = f"{memory_mib} MiB by the container's cgroup, one processor by its quota, read-only"
        with watching(Watched(server, bound, counted_mib=container.peak_mib), None) as watched:
            yield watched
