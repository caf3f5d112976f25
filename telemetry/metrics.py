"""The counters and gauges of this process, as Prometheus reads them at /metrics.

Labels take values from closed lists only, so that no address, name or text becomes one.
"""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector

from telemetry.machine import Machine

REGISTRY = CollectorRegistry(auto_describe=True)

REQUESTS = Counter(
    "inroad_requests", "Requests by route and status class", ["route", "method", "status"], registry=REGISTRY
)
REQUEST_SECONDS = Histogram(
    "inroad_request_seconds",
    "Seconds until a request was answered",
    ["route"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
READINGS = Counter(
    "inroad_readings", "Pages read, by rung and outcome", ["rung", "outcome"], registry=REGISTRY
)
DRAFTS = Counter(
    "inroad_drafts", "Drafts finished, by kind and writer", ["kind", "writer"], registry=REGISTRY
)
DRAFT_SECONDS = Histogram(
    "inroad_draft_seconds",
    "Seconds to match and write a draft",
    ["writer"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
    registry=REGISTRY,
)
SENTENCES_DROPPED = Counter(
    "inroad_sentences_dropped", "Sentences that did not pass, by check", ["check"], registry=REGISTRY
)
TOKENS = Counter("inroad_tokens", "Tokens of model calls", ["direction"], registry=REGISTRY)
MODEL_ERRORS = Counter("inroad_model_errors", "Model calls that failed", ["source"], registry=REGISTRY)
WRITING = Gauge("inroad_writing", "People who have something read or written now", registry=REGISTRY)
WAITING = Gauge("inroad_waiting", "People who wait for their turn", registry=REGISTRY)
JOBS = Gauge("inroad_jobs", "Background jobs by state", ["state"], registry=REGISTRY)
JOBS_OLDEST = Gauge(
    "inroad_jobs_oldest_waiting_seconds",
    "Seconds since the job was asked for that waits longest",
    registry=REGISTRY,
)
QUEUE_CONNECTED = Gauge(
    "inroad_queue_connected",
    "Whether the queue tells of new jobs",
    ["queue"],
    registry=REGISTRY,
)
SIGN_INS = Counter(
    "inroad_sign_ins", "Attempts to sign in, by how they ended", ["outcome"], registry=REGISTRY
)
DATABASE_BYTES = Gauge("inroad_database_bytes", "Size of the database", registry=REGISTRY)
DATABASE_CONNECTIONS = Gauge("inroad_database_connections", "Connections that are in use", registry=REGISTRY)
READY = Gauge("inroad_ready", "Whether requests can be served: 1, or 0", registry=REGISTRY)
DATABASE_UP = Gauge("inroad_database_up", "Whether the database answers: 1, or 0", registry=REGISTRY)
LAST_BACKUP = Gauge(
    "inroad_last_backup_timestamp_seconds",
    "When the last backup was made, in seconds since 1970; 0 is never",
    registry=REGISTRY,
)
UNDER_WAY = Gauge(
    "inroad_requests_under_way", "Requests that are being answered, this one too", ["kind"], registry=REGISTRY
)
LOOP_LAG = Histogram(
    "inroad_loop_lag_seconds",
    "How late the event loop came to what was due, asked once a second",
    buckets=(0.005, 0.02, 0.1, 0.5, 1, 5),
    registry=REGISTRY,
)
DISK_BYTES = Gauge("inroad_disk_bytes", "Size of the disk that data are kept on", registry=REGISTRY)
DISK_FREE = Gauge("inroad_disk_free_bytes", "What is free there", registry=REGISTRY)
BUILD = Info("inroad_build", "What runs here", registry=REGISTRY)
ProcessCollector(registry=REGISTRY)
REGISTRY.register(Machine())


class Lag:
    """How late what is repeated comes: an event loop that is held up comes late to everything.

    Args:
        every_s: How often `note` is to be called.
    """

    def __init__(self, every_s: float) -> None:
        self._every_s = every_s
        self._due: float | None = None

    def note(self) -> None:
        """Take down how late this call is."""
        now = time.monotonic()
        if self._due is not None:
            LOOP_LAG.observe(max(0.0, now - self._due))
        self._due = now + self._every_s


class Standing:
    """One line's part in how many people are written for and wait, as there are several lines."""

    def __init__(self) -> None:
        self._told = (0, 0)

    def tell(self, inside: int, places: int) -> None:
        """Say how many are in the line now, of whom as many as there are places are at work."""
        now = min(inside, places), max(0, inside - places)
        WRITING.inc(now[0] - self._told[0])
        WAITING.inc(now[1] - self._told[1])
        self._told = now
