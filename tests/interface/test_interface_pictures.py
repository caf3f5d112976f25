"""How often something under way is drawn."""

import time

import pytest

from interface.pacing import Pictures


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_what_is_drawn_at_once_is_drawn_each_time(clock: list[float]) -> None:
    pictures = Pictures()
    for _ in range(3):
        assert pictures.is_due
        pictures.begin()
        pictures.end()


def test_who_takes_long_to_draw_is_left_alone_as_long(clock: list[float]) -> None:
    pictures = Pictures(least=0.1)
    clock[0] += 0.1
    pictures.begin()
    clock[0] += 0.6
    pictures.end()
    clock[0] += 0.5
    assert not pictures.is_due
    clock[0] += 0.2
    assert pictures.is_due


def test_however_quick_no_more_than_so_often(clock: list[float]) -> None:
    pictures = Pictures(least=0.1)
    assert not pictures.is_due
    clock[0] += 0.11
    assert pictures.is_due
