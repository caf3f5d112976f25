"""A RabbitMQ server that lives as long as it is needed, in a folder of its own and on ports of its own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

_PROGRAM = Path(
    "/usr/lib/rabbitmq/bin/rabbitmq-server"
)  # Debian's; the one on the path only changes the user
_USER = "rabbitmq"  # who the wrapper of the package would run it as
_DEPLOY = Path(__file__).parents[1] / "deploy"
DEPLOYED = (_DEPLOY / "components/queue/rabbitmq.conf",)
"""What clusters and Compose give their server holds here, too, and so does how they name the user."""

PASSWORD = "s3cret/of@it"
QUOTED = "s3cret%2Fof%40it"


def why_not() -> str:
    """Why no server can be started here; empty where one can."""
    if not _PROGRAM.exists():
        return "RabbitMQ's server is not installed (Debian: rabbitmq-server)"
    if shutil.which("epmd") is None:
        return "RabbitMQ needs Erlang's epmd (Debian: erlang-base)"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "RabbitMQ should not run as root, and there is no setpriv"
    return ""


class Server:
    """Started on entry; `kill` and `start` play an outage. Nothing of it is left behind.

    Args:
        tls: A folder with key.pem and cert.pem to listen with TLS, too.
    """

    def __init__(self, tls: Path | None = None) -> None:
        self._tls = tls

    def __enter__(self) -> Self:
        assert not why_not(), why_not()
        self._folder = Path(tempfile.mkdtemp(prefix="rabbit", dir="/tmp"))
        self.port, self._tls_port, self._names_port, self._nodes_port = _free_ports(4)
        (self._folder / "rabbitmq.conf").write_text(self._configuration())
        (self._folder / "plugins").write_text("[].\n")
        if self._tls is not None:
            for name in ("key.pem", "cert.pem"):
                shutil.copy(self._tls / name, self._folder / name)
        if os.geteuid() == 0:
            for path in (self._folder, *self._folder.iterdir()):
                shutil.chown(path, _USER)
        # Left to the server, it would stay behind as a daemon.
        self._names = self._run("epmd", "-port", str(self._names_port))
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._names.kill()
        self._names.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, password: str = QUOTED, vhost: str = "%2F") -> str:
        return f"amqp://inroad:{password}@127.0.0.1:{self.port}/{vhost}"

    def tls_url(self) -> str:
        return f"amqps://inroad:{QUOTED}@localhost:{self._tls_port}/%2F"

    def start(self) -> None:
        """Start it, and wait until it lets clients in."""
        self._server = self._run(str(_PROGRAM))
        deadline = time.monotonic() + 60
        while not self._answers():
            log = (self._folder / "output").read_text(errors="replace")[-2000:]
            assert self._server.poll() is None, f"RabbitMQ ended:\n{log}"
            assert time.monotonic() < deadline, f"RabbitMQ does not start:\n{log}"
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would."""
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()
        while self._answers():  # what the shell has started goes a moment later
            time.sleep(0.01)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def _configuration(self) -> str:
        lines = [file.read_text(encoding="utf-8") for file in DEPLOYED]
        lines += [f"listeners.tcp.1 = 127.0.0.1:{self.port}"]
        if self._tls is not None:
            lines += [
                f"listeners.ssl.1 = 127.0.0.1:{self._tls_port}",
                f"ssl_options.certfile = {self._folder}/cert.pem",
                f"ssl_options.keyfile = {self._folder}/key.pem",
                "ssl_options.verify = verify_none",
            ]
        return "\n".join(lines) + "\n"

    def _run(self, *command: str) -> "subprocess.Popen[bytes]":
        if os.geteuid() == 0:
            command = ("setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups", *command)
        folder = self._folder
        ours = {
            "HOME": folder,
            "ERL_EPMD_PORT": self._names_port,
            "RABBITMQ_NODENAME": f"inroad{self.port}@localhost",
            "RABBITMQ_DIST_PORT": self._nodes_port,
            "RABBITMQ_MNESIA_BASE": folder / "mnesia",
            "RABBITMQ_LOG_BASE": folder / "log",
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_CONFIG_FILE": folder / "rabbitmq.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": folder / "plugins",
            "RABBITMQ_GENERATED_CONFIG_DIR": folder / "generated",
            "RABBITMQ_PID_FILE": folder / "pid",
            "RABBITMQ_DEFAULT_USER": "inroad",
            "RABBITMQ_DEFAULT_PASS": PASSWORD,
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none",  # it shares its processors
        }
        with (folder / "output").open("ab") as output:
            return subprocess.Popen(
                command,
                cwd=folder,
                env=os.environ | {name: str(value) for name, value in ours.items()},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
