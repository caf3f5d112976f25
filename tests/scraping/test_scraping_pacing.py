"""Turns at a host, on a clock that moves only when somebody sleeps."""

import threading
from datetime import UTC, datetime

import pytest

from errors import Cancelled
from scraping.pacing import Pace, seconds_to_wait


class Clock:
    """Time that passes by sleeping only."""

    def __init__(self) -> None:
        self.now = 50.0
        self.naps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pace_on(clock: Clock, interval_s: float = 1.0) -> Pace:
    return Pace(interval_s, clock=clock, sleep=clock.sleep)


def test_the_first_request_goes_at_once_and_the_next_a_second_later(clock: Clock) -> None:
    pace = pace_on(clock)
    pace.wait("acme.example")
    assert clock.naps == []
    pace.wait("acme.example")
    assert clock.now == pytest.approx(51)
    pace.wait("acme.example")
    assert clock.now == pytest.approx(52)


def test_hosts_do_not_wait_for_each_other(clock: Clock) -> None:
    pace = pace_on(clock)
    for host in ("acme.example", "beta.example", "gamma.example"):
        pace.wait(host)
    assert clock.naps == []


def test_time_already_passed_counts(clock: Clock) -> None:
    pace = pace_on(clock)
    pace.wait("acme.example")
    clock.now += 0.75
    pace.wait("acme.example")
    assert sum(clock.naps) == pytest.approx(0.25)


def test_an_interval_of_nothing_waits_for_nothing(clock: Clock) -> None:
    pace = pace_on(clock, 0)
    for _ in range(5):
        pace.wait("acme.example")
    assert clock.naps == []


def test_a_pause_holds_everybody_back(clock: Clock) -> None:
    pace = pace_on(clock, 0)
    pace.pause("acme.example", 3)
    pace.pause("acme.example", 1)
    pace.wait("acme.example")
    assert clock.now == pytest.approx(53)


def test_cancel_is_looked_for_ten_times_a_second(clock: Clock) -> None:
    pace = pace_on(clock, 10)
    pace.wait("acme.example")
    with pytest.raises(Cancelled):
        pace.wait("acme.example", lambda: clock.now > 50.25)
    assert max(clock.naps) <= 0.1
    assert clock.now == pytest.approx(50.3)


def test_a_turn_given_up_is_free_for_the_next(clock: Clock) -> None:
    pace = pace_on(clock)
    pace.wait("acme.example")
    with pytest.raises(Cancelled):
        pace.wait("acme.example", lambda: True)
    pace.wait("acme.example")
    assert clock.now == pytest.approx(51)


def test_threads_get_one_turn_each(clock: Clock) -> None:
    """Each sleeper notes until when it means to sleep; the clock stands still, so no two may be the same."""
    turns: list[float] = []
    lock = threading.Lock()
    here = threading.local()

    def now() -> float:
        return clock.now + float(getattr(here, "slept", 0.0))

    def sleep(seconds: float) -> None:
        here.slept = getattr(here, "slept", 0.0) + seconds

    pace = Pace(1, clock=now, sleep=sleep)

    def work() -> None:
        pace.wait("acme.example")
        with lock:
            turns.append(round(now()))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(turns) == list(range(50, 58))


def test_hosts_of_long_ago_are_forgotten(clock: Clock) -> None:
    pace = pace_on(clock)
    for number in range(3_000):
        pace.wait(f"host-{number}.example")
        clock.now += 0.01
    assert len(pace._free_at) <= 1_100


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3),
        (" 0 ", 0),
        ("9" * 5_000, float("inf")),
        ("Tue, 24 Nov 2026 08:00:04 GMT", 4),
        ("Tue, 24 Nov 2026 07:00:00 GMT", 0),
        ("Tuesday, 24-Nov-26 08:00:04 GMT", 4),
        ("Tue Nov 24 08:00:04 2026", 4),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("Tue, 99 Nov 2026 08:00:04 GMT", None),
        ("Tue, 24 Nov 99999999999999999999 08:00:04 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    now = datetime(2026, 11, 24, 8, 0, 0, tzinfo=UTC).timestamp()
    assert seconds_to_wait(header, now) == seconds
