"""Counters as numbers, minute by minute, and how many stand in which line."""

from telemetry import metrics
from telemetry.counted import counted
from telemetry.metrics import REGISTRY, Standing
from telemetry.recent import Recent, resident


def now(name: str) -> float:
    return REGISTRY.get_sample_value(name) or 0.0


def test_lines_are_counted_together() -> None:
    writing, waiting = now("inroad_writing"), now("inroad_waiting")
    page, api = Standing(), Standing()
    page.tell(3, 2)
    api.tell(1, 4)
    assert (now("inroad_writing"), now("inroad_waiting")) == (writing + 3, waiting + 1)
    page.tell(0, 2)
    api.tell(0, 4)
    assert (now("inroad_writing"), now("inroad_waiting")) == (writing, waiting)


def test_a_minute_holds_what_was_answered_in_it() -> None:
    recent = Recent(minutes=2)
    for requests in (3, 0, 1):
        for _ in range(requests):
            metrics.REQUESTS.labels("/", "GET", "2xx").inc()
        recent.note()
    assert [minute.requests for minute in recent.minutes] == [0, 1]
    assert recent.minutes[-1].memory == resident() > 1_000_000


def test_counters_are_told_by_one_label_the_most_first() -> None:
    before = counted().dropped
    for check, times in (("verbs", 2), ("numbers", 5)):
        metrics.SENTENCES_DROPPED.labels(check).inc(times)
    after = counted().dropped
    grown = {
        check: after[check] - before.get(check, 0) for check in after if after[check] != before.get(check, 0)
    }
    assert grown == {"numbers": 5, "verbs": 2}
    assert list(after.values()) == sorted(after.values(), reverse=True)
    assert counted().began > 0
