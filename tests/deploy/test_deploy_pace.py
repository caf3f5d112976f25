"""The pace fails where the app became slower, on a fast and on a slow runner alike, and nowhere else."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks import pace


class Machine:
    """A clock that work moves on: `speed` 2 needs twice the time for everything; noise comes and goes."""

    def __init__(self, speed: float = 1.0, noise: Iterator[float] | None = None) -> None:
        self.now = 0.0
        self._speed, self._noise = speed, noise

    def work(self, seconds: float) -> Callable[[], None]:
        def run() -> None:
            self.now += seconds * self._speed * (next(self._noise) if self._noise else 1)

        return run

    def pace(self, seconds: float) -> pace.Pace:
        work = {"write a draft": self.work(seconds)}
        return pace.measure(work, self.work(0.001), lambda: self.now)


PINNED = Machine().pace(0.040)


def noise() -> Iterator[float]:
    while True:
        yield from (1.0, 3.0, 1.1, 1.0, 9.0, 1.2, 1.0)


@pytest.mark.parametrize("machine", [Machine(), Machine(8.0), Machine(0.25), Machine(2.0, noise())])
def test_a_slow_or_busy_runner_does_not_fail_it(machine: Machine) -> None:
    assert pace.slower(PINNED, machine.pace(0.040)) == []


@pytest.mark.parametrize("machine", [Machine(), Machine(8.0), Machine(0.25), Machine(2.0, noise())])
def test_what_became_slower_fails_on_any_runner(machine: Machine) -> None:
    assert pace.slower(PINNED, machine.pace(0.060)) == [
        "write a draft costs 60 loops, 50% more than the 40 of its pin."
    ]


def test_a_little_slower_is_tolerated_and_faster_is_no_fault() -> None:
    assert pace.slower(PINNED, {"write a draft": 40 * 1.29}) == []
    assert pace.slower(PINNED, {"write a draft": 1.0}) == []


def test_what_is_only_pinned_or_only_measured_fails() -> None:
    assert pace.slower(PINNED, {}) == ["write a draft is pinned, and not measured."]
    assert pace.slower({}, PINNED) == ["write a draft is measured, and not pinned: --pin."]


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[float, str], None]:
    """Let the pace be some number of loops, beside one that is pinned for a Python."""

    def say(loops: float, python: str) -> None:
        (tmp_path / "pace.json").write_text(json.dumps({"python": python, "loops": {"a": 10.0}}))
        monkeypatch.setattr(pace, "PINNED", tmp_path / "pace.json")
        monkeypatch.setattr(pace, "operations", dict)
        monkeypatch.setattr(pace, "measure", lambda _: {"a": loops})
        monkeypatch.setattr("os.environ", dict(os.environ))
        monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "11", "9"))

    return say


def test_it_fails_with_a_sentence(
    measured: Callable[[float, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    measured(12, "3.11")
    assert pace.main([]) == 0
    measured(14, "3.11")
    assert pace.main([]) == 1
    assert "a costs 14 loops, 40% more than the 10 of its pin." in capsys.readouterr().err
    measured(10, "3.13")
    assert pace.main([]) == 1
    assert "pinned for Python 3.13, and this is 3.11" in capsys.readouterr().err


def test_a_pin_does_not_get_slower_by_itself(measured: Callable[[float, str], None]) -> None:
    measured(14, "3.11")
    assert pace.main(["--pin"]) == 1
    assert json.loads(pace.PINNED.read_text())["loops"] == {"a": 10.0}
    assert pace.main(["--pin", "--accept-slower"]) == 0
    assert json.loads(pace.PINNED.read_text())["loops"] == {"a": 14}


def test_what_is_pinned_is_what_is_measured() -> None:
    assert set(json.loads(pace.PINNED.read_text())["loops"]) == set(pace.operations())
