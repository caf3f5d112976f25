"""A service that is killed at any moment has kept what it acknowledged, and ends the jobs it accepted."""

from benchmarks import killed_service
from tests.store.conftest import address, empty_file, server, shared_database

__all__ = ["address", "empty_file", "server", "shared_database"]


def test_kill_9_under_load(address: str) -> None:
    outcome = killed_service.survive(address, kills=3, seed=5)
    assert outcome.acknowledged.total() > 0
    assert outcome.jobs > 0
