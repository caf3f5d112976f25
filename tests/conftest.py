"""What many tests share."""

from collections.abc import Iterator

import pytest

import settings
from tests.groq_stand_in import StandIn


@pytest.fixture(autouse=True, scope="session")
def data_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test leaves anything in the folder of one's own evidence."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INROAD_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A model server on this machine, honest unless a test changes its `persona` or `script`."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with StandIn() as server:
        yield server
