"""A store with nothing in it, requests as a server sees them, and a count of the hashes that were made."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from accounts import passwords
from settings import Environment, Settings
from store import Store


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("empty") / "inroad.sqlite"
    Store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def config(empty_file: Path, tmp_path: Path) -> Settings:
    """Settings of a place with accounts, with a database of its own."""
    shutil.copyfile(empty_file, tmp_path / "inroad.sqlite")
    return settings_of(data_dir=tmp_path)


@pytest.fixture
def kept(config: Settings) -> Iterator[Store]:
    opened = Store(f"sqlite:///{config.data_dir / 'inroad.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each hash that is made, as it is made."""
    made: list[str] = []
    real_hash, real_verify = passwords._hash, passwords._verify

    def counted_hash(password: str) -> str:
        made.append("hash")
        return real_hash(password)

    def counted_verify(kept: str, password: str) -> bool:
        made.append("verify")
        return real_verify(kept, password)

    monkeypatch.setattr(passwords, "_hash", counted_hash)
    monkeypatch.setattr(passwords, "_verify", counted_verify)
    return made


def settings_of(**changes: object) -> Settings:
    return Settings.model_validate({"environment": Environment.TEST, "accounts": True} | changes)


def request(method: str = "GET", url: str = "http://inroad.example/", **headers: str) -> Request:
    """A request as a server sees it; `user_agent="x"` is the header User-Agent."""
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    named = {"host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "scheme": scheme,
        "path": f"/{path}",
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
        "client": ("192.0.2.7", 4711),
        "server": (host, 80),
    }
    return Request(scope)
