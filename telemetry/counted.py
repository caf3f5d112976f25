"""The counters of this process in plain numbers, for a page or a program to show."""

from collections import Counter
from dataclasses import dataclass

from telemetry.metrics import REGISTRY

LONG_WAIT_S = 60
"""Seconds after which a job that nobody begins is worth a word: longer than it takes a worker to look."""


@dataclass(frozen=True)
class Counted:
    """What was counted since the process began; each by name, the most first.

    Attributes:
        began: Seconds since 1970.
        requests: By class of status.
        rungs: By which rung pages were read.
        drafts: By writer.
        dropped: Sentences that did not pass, by check.
        tokens: By direction.
        model_errors: By source.
        sign_ins: By outcome.
        writing: People who have something read or written now.
        waiting: People who wait for that.
        job_waits_s: Seconds that the first of the background jobs that nobody has begun has waited.
    """

    began: float
    requests: dict[str, int]
    rungs: dict[str, int]
    drafts: dict[str, int]
    dropped: dict[str, int]
    tokens: dict[str, int]
    model_errors: dict[str, int]
    sign_ins: dict[str, int]
    writing: int
    waiting: int
    job_waits_s: int


def counted() -> Counted:
    """What was counted until now."""
    return Counted(
        began=REGISTRY.get_sample_value("process_start_time_seconds") or 0.0,
        requests=_by("inroad_requests_total", "status"),
        rungs=_by("inroad_readings_total", "rung"),
        drafts=_by("inroad_drafts_total", "writer"),
        dropped=_by("inroad_sentences_dropped_total", "check"),
        tokens=_by("inroad_tokens_total", "direction"),
        model_errors=_by("inroad_model_errors_total", "source"),
        sign_ins=_by("inroad_sign_ins_total", "outcome"),
        writing=int(REGISTRY.get_sample_value("inroad_writing") or 0),
        waiting=int(REGISTRY.get_sample_value("inroad_waiting") or 0),
        job_waits_s=job_waits_s(),
    )


def job_waits_s() -> int:
    """How long the first of the background jobs has waited that nobody has begun, as last seen."""
    return int(REGISTRY.get_sample_value("inroad_jobs_oldest_waiting_seconds") or 0)


def _by(name: str, label: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for family in REGISTRY.collect():
        for sample in family.samples:
            if sample.name == name:
                found[sample.labels[label]] += int(sample.value)
    return dict(found.most_common())
