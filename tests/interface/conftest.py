"""What the tests of the page share: a stand-in for the rest, a server, and a browser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interface.desk import Desk
from settings import Environment, Settings
from tests.interface import browsing, fake_outreach

ROOT = Path(__file__).parents[2]
SERVE = """
from tests.interface import fake_outreach
fake_outreach.install()
import sys, serving, settings
serving.serve(settings.Settings(
    environment="test", port=0, max_users_writing=2, data_dir=sys.argv[1], keep_evidence=False
))
"""


PLACE = SERVE.replace("keep_evidence=False", "accounts=True")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    """The verbs' shared things, with invented answers behind them and a database of their own."""
    fake_outreach.install(monkeypatch.setattr)
    made = Desk(Settings(environment=Environment.TEST, max_users_writing=2, data_dir=tmp_path))
    yield made
    made.pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def serving(*command: str, **environment: str) -> Iterator[str]:
    """The address of a server that runs as long as the block."""
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "INROAD_ENV": "test", **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("Inroad is at "), line
        yield line.split()[-1]
        server.terminate()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with invented answers, where each page is another visitor's."""
    with serving("-c", SERVE, str(tmp_path_factory.mktemp("visitors"))) as at:
        yield at


@pytest.fixture(scope="session")
def place_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with invented answers, where people sign in."""
    with serving("-c", PLACE, str(tmp_path_factory.mktemp("place"))) as at:
        yield at


@pytest.fixture(scope="session")
def service_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the program itself, where people sign in."""
    folder = str(tmp_path_factory.mktemp("service"))
    with serving("app.py", PORT="0", INROAD_DATA_DIR=folder, INROAD_ACCOUNTS="true") as at:
        yield at


@pytest.fixture(scope="session")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the program itself, as on a laptop: one person, whose evidence is kept."""
    with serving("app.py", PORT="0", INROAD_DATA_DIR=str(tmp_path_factory.mktemp("laptop"))) as at:
        yield at


@pytest.fixture(scope="session")
def chromium() -> Iterator[browsing.Page]:
    """One headless browser for all tests; skipped where Debian's is not installed."""
    for program in (browsing.CHROMIUM, browsing.DRIVER):
        if not Path(program).exists():
            pytest.skip(f"{program} is not installed")
    with browsing.opened() as page:
        yield page


@pytest.fixture
def page(chromium: browsing.Page, address: str) -> browsing.Page:
    """The first screen, freshly opened, 1280 wide and light."""
    chromium.visit(address)
    return chromium
