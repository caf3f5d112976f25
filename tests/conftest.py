"""What many tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import settings
from chains.budget import InProcess, shared
from tests.groq_stand_in import StandIn

_LONGEST = (
    "interface/test_interface_browser",
    "test_isolation",
    "scraping/test_scraping_render",
    "matching/test_matching_disk",
    "background/test_bell",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first, so that no processor is left with one of them at the end."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: not str(item.path.relative_to(tests)).startswith(_LONGEST))


@pytest.fixture(autouse=True, scope="session")
def data_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test leaves anything in the folder of one's own evidence."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INROAD_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()


@pytest.fixture(autouse=True)
def unspent_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test has spent what another may ask for: servers of tests come to the same port again."""
    books = InProcess()
    monkeypatch.setattr(shared(), "_own", books)
    monkeypatch.setattr(shared(), "keeper", books)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A model server on this machine, honest unless a test changes its `persona` or `script`."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with StandIn() as server:
        yield server
