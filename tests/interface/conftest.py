"""What the tests of the page share: a stand-in for the rest, a server, and a browser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interface.verbs import Desk
from settings import Environment, Settings
from tests.interface import browsing, fake_outreach

ROOT = Path(__file__).parents[2]
SERVE = """
from tests.interface import fake_outreach
fake_outreach.install()
import interface, settings
interface.serve(settings.Settings(environment="test", port=0, max_users_writing=2))
"""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The verbs' shared things, with invented answers behind them."""
    fake_outreach.install(monkeypatch.setattr)
    made = Desk(Settings(environment=Environment.TEST, max_users_writing=2))
    yield made
    made.pool.shutdown(wait=False, cancel_futures=True)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server with invented answers."""
    environment = {**os.environ, "INROAD_ENV": "test"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("Inroad is at "), line
        yield line.split()[-1]
        server.terminate()


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
