"""A PostgreSQL server that lives as long as it is needed, on a socket in a folder of its own."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg

_USER = "nobody"  # PostgreSQL refuses to run as root


def binaries() -> Path | None:
    """The folder of `initdb`, `pg_ctl` and `postgres`, or None where they are not installed."""
    on_path = shutil.which("pg_ctl")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    needed = ("initdb", "pg_ctl", "postgres")
    return next((each for each in folders if all((each / name).exists() for name in needed)), None)


def why_not() -> str:
    """Why no server can be started here; empty where one can."""
    if binaries() is None:
        return "PostgreSQL's server is not installed (Debian: postgresql)"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL refuses to run as root, and there is no setpriv"
    return ""


class Server:
    """Started on entry; `stop` and `start` play an outage. Nothing of it is left behind."""

    def __init__(self, *, durable: bool = False) -> None:
        self._options = "" if durable else "-c fsync=off -c full_page_writes=off"

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path must be short
        if os.geteuid() == 0:
            shutil.chown(self._folder, _USER)
        self._run("initdb", "-D", str(self._data), "-U", "inroad", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        options = f"-k {self._folder} -c listen_addresses='' {self._options}"
        self._run(
            "pg_ctl", "-D", str(self._data), "-l", str(self._folder / "log"), "-w", "-o", options, "start"
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server; `immediate` is how a crash looks to it."""
        self._run("pg_ctl", "-D", str(self._data), "-m", mode, "-w", "stop")

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"inroad_{uuid4().hex[:8]}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql://inroad@/{name}?host={self._folder}"

    def _run(self, program: str, *arguments: str) -> None:
        folder = binaries()
        assert folder is not None, why_not()
        command = [str(folder / program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={_USER}", "--regid=nogroup", "--clear-groups", *command]
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", env=environment)
