"""A server with one processor and a bound on its memory, as a small machine gives it; and what it uses."""

import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.serving import Server, serving

_V1, _V2 = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")
_SERVING_CPU = 0


@dataclass
class Watched:
    """Resident memory over time: (seconds, MiB), one a second.

    Attributes:
        counted_mib: Asks the kernel for the most that it counted against the bound, where that can be known.
    """

    server: Server
    bound: str
    seen: list[tuple[float, float]] = field(default_factory=list)
    counted_mib: Callable[[], float] | None = None

    @property
    def peak_mib(self) -> float:
        return max(mib for _, mib in self.seen)

    def slope_mib_per_minute(self, after_s: float = 60.0) -> float:
        """The straight line through what was seen, without the first minute, in which caches fill."""
        points = [(at, mib) for at, mib in self.seen if at >= after_s] or self.seen
        mean_at = sum(at for at, _ in points) / len(points)
        mean = sum(mib for _, mib in points) / len(points)
        spread = sum((at - mean_at) ** 2 for at, _ in points)
        return 60 * sum((at - mean_at) * (mib - mean) for at, mib in points) / spread if spread else 0.0


@contextmanager
def confined(arguments: list[str], memory_mib: int, **environment: str) -> Iterator[Watched]:
    """Start a server on one processor with so much memory; whoever calls keeps to the other processors.

    The bound is a memory cgroup where this user may make one: the kernel then ends what needs more. Elsewhere
    the server is ended here once its resident memory is above.
    """
    others = os.sched_getaffinity(0)
    group = _group(memory_mib)
    os.environ.update(environment)
    try:
        with serving(arguments, {_SERVING_CPU}, group) as server:
            os.sched_setaffinity(0, (others - {_SERVING_CPU}) or others)
            bound = "memory cgroup" if group else "watched RSS"
            watched = Watched(server, f"{memory_mib} MiB by {bound}, one processor")
            with watching(watched, None if group else memory_mib):
                yield watched
    finally:
        os.sched_setaffinity(0, others)
        if group:
            group.rmdir()


@contextmanager
def watching(watched: Watched, most_mib: int | None) -> Iterator[Watched]:
    """Look at a server's memory once a second; with a bound, end it where it takes more."""
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(watched, over, most_mib), daemon=True)
    thread.start()
    yield watched
    over.set()
    thread.join()


def _group(memory_mib: int) -> Path | None:
    name, size = f"inroad-{secrets.token_hex(4)}", str(memory_mib * 1024 * 1024)
    for root, file in ((_V1, "memory.limit_in_bytes"), (_V2, "memory.max")):
        group = root / name
        try:
            group.mkdir()
            (group / file).write_text(size, encoding="ascii")
        except OSError:
            if group.exists():
                group.rmdir()
            continue
        return group
    return None


def _watch(watched: Watched, over: threading.Event, most_mib: int | None) -> None:
    began = time.monotonic()
    while not over.is_set():
        try:
            mib = watched.server.rss_mib
        except (OSError, StopIteration):  # it has gone
            return
        watched.seen.append((time.monotonic() - began, mib))
        if most_mib is not None and mib > most_mib:
            os.kill(watched.server.pid, signal.SIGKILL)
        over.wait(1.0)
