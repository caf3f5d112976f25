"""The pool that does a process's share of the jobs.

One thread watches: it takes jobs while there is room, says that those at work are alive, and learns which of
them nobody wants any more. Each job has a thread of its own. What is put by this process is taken at once;
what others put, within seconds, or at once where a `Bell` tells.
"""

import contextlib
import json
import logging
import secrets
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

import store
from background.bell import Bell
from background.cleaning import clean
from background.handlers import Work, handlers
from errors import Cancelled, InroadError, NotFound, StoreError
from settings import Settings
from store import Job, Store
from telemetry import faults, metrics

log = logging.getLogger(__name__)

IDLE_LOOK_S = 5.0
"""Seconds between two looks at the database of a process that has nothing to do."""

_BUSY_LOOK_S = 0.5
_BEAT_S = 15.0  # a quarter of the lease
_REPORT_S = 2.0
_CLEAN_S = 3600.0
_FIRST_CLEAN_S = 60.0

_POOLS: "weakref.WeakSet[Pool]" = weakref.WeakSet()


def put(kept: Store, person: str, kind: str, request: BaseModel) -> Job:
    """Ask for work; once this returns it will be done, whatever becomes of this process.

    Args:
        kept: Where to keep the request.
        person: Who asks.
        kind: What it is: "read", "draft", "draft-many".
        request: The request as the handler of the kind reads it, without any secret.

    Raises:
        TooMany: when the person has too much under way.
    """
    job = kept.jobs.put(person, kind, request.model_dump_json(exclude_defaults=True))
    _wake_all()
    for pool in tuple(_POOLS):
        pool.ring(job.id)
    return job


def cancel(kept: Store, person: str, id_: str) -> Job:
    """End a job of a person that is not finished; who does it, in whatever process, stops within a second.

    Raises:
        NotFound: when there is no such job, or it is another person's.
    """
    job = kept.jobs.cancel(person, id_)
    _wake_all()
    return job


def _wake_all() -> None:
    for pool in tuple(_POOLS):
        pool.wake()


@dataclass
class _Run:
    """A job at work, what was last said of it, and when."""

    work: Work
    told: str
    alive_at: float


class Pool:
    """Does jobs, so many at a time, from `start` to `stop`.

    Args:
        settings: Where the jobs are, and how many to do at the same time. A database that is not there yet is
            not made.
    """

    def __init__(self, settings: Settings) -> None:
        self.worker = secrets.token_hex(16)
        self._settings = settings
        self._runs: dict[str, _Run] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._over = threading.Event()
        self._looking = threading.Lock()
        self._reached = True
        queue = settings.queue_url
        self._bell = Bell(queue.get_secret_value(), self) if queue is not None else None
        self._clean_at = time.monotonic() + _FIRST_CLEAN_S
        self._watcher = threading.Thread(target=self._watch, daemon=True, name="jobs")

    def start(self) -> None:
        _POOLS.add(self)
        self._watcher.start()
        if self._bell is not None:
            self._bell.start()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def ring(self, id_: str) -> None:
        """Let other processes look, too."""
        if self._bell is not None:
            self._bell.ring(id_)

    def has_room(self) -> bool:
        """Whether one more job could be begun."""
        return not self._stopping.is_set() and len(self._at_work()) < self._settings.job_workers

    def look(self) -> None:
        """Begin what waits while there is room, in the thread of who asks; the watcher goes on from there."""
        self._look_once()
        self._wake.set()

    def stop(self, within_s: float = 3.0) -> None:
        """Take no more jobs, and let go of those at work.

        One that ends within a third of the time is finished; the others are stopped and given back, for this
        or another process to do. What that left unsaid, the lease says.
        """
        _POOLS.discard(self)
        self._stopping.set()
        deadline = time.monotonic() + within_s
        self._wait_until(deadline - within_s * 2 / 3)
        unfinished = self._at_work()
        for run in unfinished:
            run.work.ended.set()
        self._wait_until(deadline - within_s / 6)
        self._over.set()
        self._wake.set()
        last = threading.Thread(target=self._give_back, daemon=True, name="jobs given back")
        last.start()
        for thread in (last, self._watcher):  # neither waits long for a database that is down
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
        if self._bell is not None:
            for run in unfinished:
                self._bell.ring(run.work.job.id)
            self._bell.stop(max(0.2, deadline - time.monotonic()))

    def _give_back(self) -> None:
        for run in self._at_work():
            with contextlib.suppress(StoreError):
                run.work.store.jobs.give_back(run.work.job.id, self.worker, tried=False)

    def _wait_until(self, moment: float) -> None:
        while self._at_work() and time.monotonic() < moment:
            time.sleep(0.02)

    def _at_work(self) -> tuple[_Run, ...]:
        with self._lock:
            return tuple(self._runs.values())

    # --- the watcher

    def _watch(self) -> None:
        while not self._over.is_set():
            self._look_once()
            self._wake.wait(_BUSY_LOOK_S if self._at_work() and self._reached else IDLE_LOOK_S)
            self._wake.clear()

    def _look_once(self) -> None:
        """One at a time; what goes wrong is logged."""
        with self._looking:
            try:
                self._look()
                self._reached = True
            except StoreError as error:
                if self._reached:
                    log.warning("jobs wait: %s", error.message)
                self._reached = False
            except Exception as error:  # noqa: BLE001  # whatever it is, the next look may go well
                faults.logged(log, error, "the pool")

    def _look(self) -> None:
        if not store.is_there(self._settings):
            return
        kept = store.open_store(self._settings)
        self._beat(kept)
        if not self._stopping.is_set():
            self._take(kept)
        if time.monotonic() >= self._clean_at:
            self._clean_at = time.monotonic() + _CLEAN_S
            threading.Thread(target=clean, args=(kept, self._settings), daemon=True, name="cleaning").start()

    def _beat(self, kept: Store) -> None:
        """Say of each job at work that it is, and how far; and end those that are not ours any more."""
        runs = self._at_work()
        held = kept.jobs.held(self.worker) if runs else frozenset()
        for run in runs:
            id_, progress, now = run.work.job.id, run.work.progress, time.monotonic()
            if id_ not in held:
                run.work.ended.set()
            elif progress != run.told or now - run.alive_at >= _BEAT_S:
                kept.jobs.beat(id_, self.worker, progress if progress != run.told else None)
                run.told, run.alive_at = progress, now

    def _take(self, kept: Store) -> None:
        """Begin jobs while there is room."""
        standing = kept.jobs.standing()
        metrics.JOBS.labels("queued").set(standing.queued)
        metrics.JOBS.labels("running").set(standing.running)
        waited = datetime.now(UTC) - standing.since if standing.since else timedelta()
        metrics.JOBS_OLDEST.set(max(0.0, waited.total_seconds()))
        if not (standing.queued or standing.lost):
            return
        while self.has_room():
            job = kept.jobs.claim(self.worker, tuple(handlers()))
            if job is None:
                return
            work = Work(job, kept, self._settings)
            with self._lock:
                self._runs[job.id] = _Run(work, job.progress, time.monotonic())
            threading.Thread(target=self._run, args=(work,), daemon=True, name=f"job {job.kind}").start()

    # --- a job's own thread

    def _run(self, work: Work) -> None:
        try:
            self._report(self._done(work))
        finally:
            with self._lock:
                self._runs.pop(work.job.id, None)
            self._wake.set()
            if self._bell is not None:
                self._bell.wake()

    def _done(self, work: Work) -> Callable[[], object]:
        """Do a job; returns what to tell the store about how it ended."""
        jobs, id_, me = work.store.jobs, work.job.id, self.worker
        try:
            result = handlers()[work.job.kind](work)
        except Cancelled:
            return lambda: jobs.give_back(id_, me, tried=False)
        except StoreError as error:
            problem = _problem(error)
            if isinstance(error, NotFound) or work.job.tries >= store.MOST_TRIES:
                return lambda: jobs.finish(id_, me, problem=problem)
            return lambda: jobs.give_back(id_, me, tried=True)
        except InroadError as error:
            problem = _problem(error)
            return lambda: jobs.finish(id_, me, problem=problem)
        except Exception as error:  # noqa: BLE001  # a fault of ours, told to who asked
            reference = faults.logged(log, error, f"a job to {work.job.kind}")
            advice = f"Please report it with the reference {reference}."
            broken = _problem(InroadError("Something broke here, not on your side.", advice), "broken")
            return lambda: jobs.finish(id_, me, problem=broken)
        progress = work.progress

        def finish() -> None:
            if jobs.beat(id_, me, progress):
                jobs.finish(id_, me, result=result)

        return finish

    def _report(self, tell: Callable[[], object]) -> None:
        """Tell the store, again and again while it cannot be reached: what was done is not done in vain."""
        while True:
            try:
                tell()
            except StoreError:
                if self._over.wait(_REPORT_S):
                    return
            else:
                return


def _problem(error: InroadError, kind: str = "") -> str:
    return json.dumps({"type": kind or error.kind, "title": error.message, "detail": error.advice})
