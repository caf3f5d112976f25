"""What many tests share."""

from collections.abc import Iterator

import pytest

from tests.groq_stand_in import StandIn


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A model server on this machine, honest unless a test changes its `persona` or `script`."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with StandIn() as server:
        yield server
