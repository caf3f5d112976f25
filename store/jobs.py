"""Work in the background, kept until it is done: who asked, whose turn it is, and which process holds it.

A job goes from queued to running to done, failed or cancelled. Who runs it says so again and again; a process
that has said nothing for a lease is taken to have died, and another one takes over. Every change of state
names the state, and the worker, that it changes from, so a cancelled or lost job cannot be finished.
"""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from errors import Cancelled, NotFound, TooMany
from store import MOST_TRIES
from store.database import Database
from store.folding import storable
from store.nouns import Job
from store.people import meet
from store.tables import jobs

LEASE_S = 60.0
"""Seconds without a word of its worker after which a job is taken over."""

MOST_OPEN = 20
KEPT = timedelta(days=7)
_OPEN = ("queued", "running")
_GAVE_UP = {
    "type": "gave-up",
    "title": f"This was begun {MOST_TRIES} times and never came to its end.",
    "detail": "What was written until then is kept. Ask for less at once, or report it.",
}


@dataclass(frozen=True)
class Standing:
    """How many jobs wait and run, and how many of the running were lost with their worker.

    Attributes:
        since: When the oldest of those that wait was asked for.
    """

    queued: int = 0
    running: int = 0
    lost: int = 0
    since: datetime | None = None


class Jobs:
    """The jobs of one database.

    Every method may raise `StoreError`, after which nothing has changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- for who asks

    def put(self, person: str, kind: str, request: str) -> Job:
        """Keep a request for work; it will be done, even if this process dies now.

        Args:
            person: Who asks.
            kind: Which handler does it.
            request: JSON.

        Raises:
            TooMany: when the person has 20 unfinished ones.
        """
        now = datetime.now(UTC)
        job = Job(
            id=secrets.token_hex(16),
            person=person,
            kind=kind,
            state="queued",
            request=storable(request),
            created_at=now,
        )
        with self._database.writing() as connection:
            meet(connection, person, now)
            open_ = select(func.count()).where(jobs.c.person == person, jobs.c.state.in_(_OPEN))
            if connection.execute(open_).scalar_one() >= MOST_OPEN:
                raise TooMany(
                    f"You have {MOST_OPEN} things under way already.", "Wait for one, or cancel one.", 30.0
                )
            connection.execute(insert(jobs).values(job.model_dump()))
        return job

    def load(self, person: str, id_: str) -> Job:
        """One job of a person.

        Raises:
            NotFound: when there is no such job, or it is another person's.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(*_COLUMNS).where(_mine(person, id_))).first()
        if row is None:
            raise _missing()
        return _job(row)

    def list(
        self, person: str, limit: int = 50, after: str | None = None
    ) -> tuple[tuple[Job, ...], str | None]:
        """The person's jobs without request and result, newest first, and the cursor of those that follow.

        Args:
            person: Whose.
            limit: How many at most.
            after: The cursor of the list before.

        Raises:
            NotFound: when no job of theirs has this cursor.
        """
        query = select(*_LINE).where(jobs.c.person == person)
        with self._database.reading() as connection:
            if after is not None:
                last = connection.execute(select(jobs.c.created_at).where(_mine(person, after))).scalar()
                if last is None:
                    raise _missing()
                earlier = and_(jobs.c.created_at == last, jobs.c.id < after)
                query = query.where(or_(jobs.c.created_at < last, earlier))
            query = query.order_by(jobs.c.created_at.desc(), jobs.c.id.desc()).limit(limit + 1)
            found = [_job(row) for row in connection.execute(query)]
        return tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None

    def cancel(self, person: str, id_: str) -> Job:
        """End a job that is not finished; one that is stays as it is.

        Raises:
            NotFound: as `load`.
        """
        with self._database.writing() as connection:
            gone = update(jobs).where(_mine(person, id_), jobs.c.state.in_(_OPEN))
            connection.execute(gone.values(state="cancelled", worker=None, finished_at=datetime.now(UTC)))
            row = connection.execute(select(*_COLUMNS).where(_mine(person, id_))).first()
        if row is None:
            raise _missing()
        return _job(row)

    # --- for who works

    def standing(self, lease_s: float = LEASE_S) -> Standing:
        """How all jobs stand; reads only, so that an idle process may ask often."""
        lost = func.sum(case((jobs.c.alive_at < _ago(lease_s), 1), else_=0))
        each = (jobs.c.state, func.count(), lost, func.min(jobs.c.created_at))
        query = select(*each).where(jobs.c.state.in_(_OPEN)).group_by(jobs.c.state)
        with self._database.reading() as connection:
            found = {state: tuple(told) for state, *told in connection.execute(query)}
        running, gone, _ = found.get("running", (0, 0, None))
        queued, _, since = found.get("queued", (0, 0, None))
        return Standing(queued=queued, running=running, lost=int(gone), since=since)

    def claim(self, worker: str, kinds: Collection[str], lease_s: float = LEASE_S) -> Job | None:
        """Take the job whose turn it is: of who has the fewest running, the oldest. None where nothing waits.

        One whose worker has said nothing for a lease is taken over; at the third time it has failed.

        Args:
            worker: Who takes it, at most 32 characters.
            kinds: What they can do.
            lease_s: Seconds without a word after which a worker is taken to have died.
        """
        # Not the worker's own: a computer that slept may come back before it has said that it lives.
        died = and_(jobs.c.alive_at < _ago(lease_s), jobs.c.worker != worker)
        lost = and_(jobs.c.state == "running", died)
        others = jobs.alias()
        busy = select(func.count()).where(others.c.person == jobs.c.person, others.c.state == "running")
        waits = or_(jobs.c.state == "queued", lost)
        turn = (
            select(jobs.c.id)
            .where(waits, jobs.c.kind.in_(kinds))
            .order_by(busy.scalar_subquery(), jobs.c.created_at, jobs.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=jobs)
        )
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            tried = update(jobs).where(waits, jobs.c.tries >= MOST_TRIES)
            gave_up = {"state": "failed", "worker": None, "problem": json.dumps(_GAVE_UP)}
            connection.execute(tried.values(**gave_up, finished_at=now))
            id_ = connection.execute(turn).scalar()
            if id_ is None:
                return None
            taken = {"state": "running", "worker": worker, "alive_at": now, "tries": jobs.c.tries + 1}
            connection.execute(update(jobs).where(jobs.c.id == id_).values(**taken))
            return _job(connection.execute(select(*_COLUMNS).where(jobs.c.id == id_)).one())

    def held(self, worker: str) -> frozenset[str]:
        """The ids of the jobs that a worker still holds: not cancelled, not taken over."""
        with self._database.reading() as connection:
            return frozenset(connection.scalars(select(jobs.c.id).where(_held(worker))))

    def beat(self, id_: str, worker: str, progress: str | None = None) -> bool:
        """Say that a job is still worked on, and how far it is (JSON); false where it is no longer held."""
        told = {} if progress is None else {"progress": storable(progress)}
        return self._change(id_, worker, told | {"alive_at": datetime.now(UTC)})

    def finish(self, id_: str, worker: str, *, result: str | None = None, problem: str | None = None) -> bool:
        """End a job with its result or its problem, both JSON; false where it is no longer held."""
        ended = {
            "worker": None,
            "finished_at": datetime.now(UTC),
            "state": "done" if problem is None else "failed",
            "result": None if result is None else storable(result),
            "problem": None if problem is None else storable(problem),
        }
        return self._change(id_, worker, ended)

    def give_back(self, id_: str, worker: str, *, tried: bool) -> bool:
        """Let another worker do a job; false where it is no longer held.

        Args:
            id_: The job.
            worker: Who held it.
            tried: Whether this was one of its three tries: a failure is, an orderly stop is not.
        """
        tries = jobs.c.tries if tried else jobs.c.tries - 1
        return self._change(id_, worker, {"state": "queued", "worker": None, "tries": tries})

    def purge(self, older_than: timedelta = KEPT) -> int:
        """Delete jobs that ended so long ago; returns how many."""
        limit = datetime.now(UTC) - older_than
        with self._database.writing() as connection:
            return connection.execute(delete(jobs).where(jobs.c.finished_at < limit)).rowcount

    def _change(self, id_: str, worker: str, values: dict[str, Any]) -> bool:
        with self._database.writing() as connection:
            changed = update(jobs).where(jobs.c.id == id_, _held(worker))
            return bool(connection.execute(changed.values(values)).rowcount)


_COLUMNS = tuple(jobs.c[name] for name in Job.model_fields)


def still_wanted(connection: Connection, person: str, id_: str) -> None:
    """Let nobody end a job until the transaction does, which keeps what it has made.

    Raises:
        Cancelled: when it is not at work: it was cancelled, or deleted with all else of the person.
    """
    at_work = select(jobs.c.id).where(_mine(person, id_), jobs.c.state == "running")
    if connection.execute(at_work.with_for_update(read=True)).first() is None:
        raise Cancelled


_NOT_LISTED: dict[str, ColumnElement[Any]] = {
    "request": literal("{}").label("request"),
    "result": null().label("result"),
}
_LINE = tuple(_NOT_LISTED.get(name, jobs.c[name]) for name in Job.model_fields)


def _job(row: Row[Any]) -> Job:
    return Job.model_validate(row._asdict())


def _mine(person: str, id_: str) -> ColumnElement[bool]:
    return and_(jobs.c.id == storable(id_), jobs.c.person == person)


def _held(worker: str) -> ColumnElement[bool]:
    return and_(jobs.c.state == "running", jobs.c.worker == worker)


def _ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


def _missing() -> NotFound:
    return NotFound("This job does not exist.", "Jobs that ended are kept for a week.")
