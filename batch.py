"""Many drafts, one after another or a few at a time: each kept as it comes, so that a second run goes on.

    for moved in batch.run(jobs, write, JsonLines(path)):
        ...                                     # every change of a job's state

A job that fails stops no other. What writes, and what makes of a draft a file, is the caller's.
"""

import contextlib
import json
import logging
import os
import queue
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Literal, Protocol

from pydantic import ValidationError

from domain import Draft, Estimate, Noun
from errors import Cancelled, DocumentError, InroadError, NoRoom

State = Literal["waiting", "writing", "done", "failed", "put off"]
_log = logging.getLogger(__name__)

# The longest that a stop goes unnoticed.
_LOOK_S = 0.1


class Job(Noun):
    """One draft to be written, or written: `done` has a draft, `failed` and `put off` have a reason.

    `estimate` says when its turn comes while it waits for a model. `before` is true of one that an earlier
    run has done.
    """

    id: str
    title: str
    url: str = ""
    state: State = "waiting"
    draft: Draft | None = None
    reason: str = ""
    estimate: Estimate | None = None
    before: bool = False


class Moved(Noun):
    """A job has changed, and how the whole stands."""

    job: Job
    done: int
    failed: int
    total: int


Write = Callable[[str, tuple[Draft, ...]], Generator[Estimate | Draft | None, None, None]]
"""Writes the job of an id, told the drafts that are finished. Yields its `Draft` last, and before that,
often, an `Estimate` while it waits or None while it writes. Raises `InroadError`."""


class Shelf(Protocol):
    """Where finished jobs are kept."""

    def kept(self) -> dict[str, Job]:
        """The jobs of earlier runs by their id."""

    def keep(self, job: Job) -> None:
        """Keep one; it is safe when this returns."""


class InMemory:
    """A shelf that lasts as long as itself."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def kept(self) -> dict[str, Job]:
        return dict(self._jobs)

    def keep(self, job: Job) -> None:
        self._jobs[job.id] = job


class JsonLines:
    """A file of one job a line, that only its owner may read. A line that a crash has cut is written anew.

    Raises:
        DocumentError: when it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def kept(self) -> dict[str, Job]:
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return {}
        except OSError:
            raise DocumentError(f"The file {self._path} cannot be read.", "Check its permissions.") from None
        found = {}
        for line in lines:
            with contextlib.suppress(ValidationError, ValueError):
                job = Job.model_validate(json.loads(line)) if line.strip() else None
                if job is not None:
                    found[job.id] = job
        return found

    def keep(self, job: Job) -> None:
        line = job.model_dump_json(exclude_defaults=True).encode() + b"\n"
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "ab") as file:
                # After a line that was cut, ours begins on a line of its own.
                file.write(b"\n" + line if self._is_cut() else line)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            raise DocumentError(
                f"The file {self._path} cannot be written.", "Make room, or check its permissions."
            ) from None

    def _is_cut(self) -> bool:
        with self._path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return False
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"


def run(
    jobs: Sequence[Job],
    write: Write,
    shelf: Shelf | None = None,
    *,
    workers: int = 1,
    cancelled: Callable[[], bool] | None = None,
) -> Generator[Moved, None, None]:
    """Do the jobs in order, a few at a time; yields every change of one, those done before first.

    Closing the generator ends it as `cancelled` does: at once for the caller, and for the writers as soon as
    they next yield. Of a job that is then being written, nothing is kept.

    Args:
        jobs: What to write; ids are unique.
        write: Writes one.
        shelf: Where finished jobs are kept, and found again; by default nowhere.
        workers: How many are written at the same time.
        cancelled: Asked often; true ends the run with `Cancelled`.

    Raises:
        Cancelled: when told so.
        DocumentError: when a finished job cannot be kept.
    """
    shelf = shelf or InMemory()
    room = _Room(jobs, write, shelf)
    yield from room.found()
    for _ in range(min(workers, room.left)):
        threading.Thread(target=room.work, daemon=True, name="batch").start()
    try:
        while room.left:
            with contextlib.suppress(queue.Empty):
                event = room.events.get(timeout=_LOOK_S)
                if isinstance(event, BaseException):
                    raise event
                yield room.moved(event)
            if cancelled is not None and cancelled():
                raise Cancelled
    finally:
        room.stop.set()


class _Room:
    """The writers at work, and what they have done."""

    def __init__(self, jobs: Sequence[Job], write: Write, shelf: Shelf) -> None:
        self.events: queue.Queue[Job | BaseException] = queue.Queue()
        self.stop = threading.Event()
        self._write, self._shelf = write, shelf
        self._kept = {id_: job for id_, job in shelf.kept().items() if job.state == "done"}
        self._states: dict[str, State] = {job.id: "waiting" for job in jobs}
        self._drafts: dict[str, Draft] = {}
        self._jobs = tuple(jobs)
        self._todo: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._put_off = ""

    @property
    def left(self) -> int:
        return sum(state in ("waiting", "writing") for state in self._states.values())

    def found(self) -> Iterator[Moved]:
        """The jobs that are done already; the others are put in the queue."""
        for job in self._jobs:
            before = self._kept.get(job.id)
            if before is not None and before.draft is not None:
                self._drafts[job.id] = before.draft
                yield self.moved(before.model_copy(update={"before": True}))
            else:
                self._todo.put(job)

    def moved(self, job: Job) -> Moved:
        self._states[job.id] = job.state
        states = list(self._states.values())
        return Moved(
            job=job,
            done=states.count("done"),
            failed=states.count("failed") + states.count("put off"),
            total=len(states),
        )

    def work(self) -> None:
        """Do one job after another until there is none, or the run is over."""
        while not self.stop.is_set():
            try:
                job = self._todo.get_nowait()
            except queue.Empty:
                return
            try:
                self._do(job)
            except BaseException as error:  # noqa: BLE001  # carried to the caller's thread and raised there
                self.events.put(error)
                return

    def _do(self, job: Job) -> None:
        if self._put_off:
            return self._tell(job, state="put off", reason=self._put_off)
        try:
            draft = self._written(job)
        except NoRoom as error:
            self._put_off = str(error)
            return self._tell(job, state="put off", reason=self._put_off)
        except InroadError as error:
            return self._tell(job, state="failed", reason=str(error))
        except Exception as error:  # noqa: BLE001  # one page that nobody thought of stops no other draft
            _log.warning("A draft failed: %s", type(error).__name__)
            return self._tell(
                job, state="failed", reason="This draft could not be written. Please report it."
            )
        if draft is not None and not self.stop.is_set():
            done = job.model_copy(update={"state": "done", "draft": draft})
            self._shelf.keep(done)
            self._drafts[job.id] = draft
            self.events.put(done)
        return None

    def _written(self, job: Job) -> Draft | None:
        """The draft, or None where the run ended before."""
        self._tell(job, state="writing")
        earlier = tuple(self._drafts[one.id] for one in self._jobs if one.id in self._drafts)
        waited: Estimate | None = None
        with contextlib.closing(self._write(job.id, earlier)) as events:
            for event in events:
                if self.stop.is_set():
                    return None
                if isinstance(event, Draft):
                    return event
                if event != waited:
                    waited = event
                    self._tell(job, state="waiting" if event else "writing", estimate=event)
        raise InroadError("No draft was written.", "Try again.")

    def _tell(self, job: Job, **changes: object) -> None:
        self.events.put(job.model_copy(update=changes))
