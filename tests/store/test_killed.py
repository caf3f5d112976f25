"""A process that is killed at any moment leaves everything acknowledged, and nothing half-saved."""

from benchmarks import killed


def test_kill_9(address: str) -> None:
    outcome = killed.survive(address, kills=5, seed=7)
    assert outcome.acknowledged > 0
