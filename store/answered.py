"""Answers to writing calls, by the key under which a client repeats one, so that nothing is done twice."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from errors import Conflict
from store.database import Database
from store.nouns import Answer
from store.people import meet
from store.tables import answered

KEPT = timedelta(hours=24)
ABANDONED = timedelta(minutes=10)
"""How long a call may run; one that has no answer after that died with its process."""


class Answered:
    """The answers of the last 24 hours.

    Every method may raise `StoreError`, after which nothing has changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, person: str, key: str, request: str) -> Answer | None:
        """Begin a call, or find what it was answered; None where it is to be done now.

        Args:
            person: Who calls.
            key: What they call it, the same for each repetition; 255 characters at most.
            request: A digest of the call. An answer that is found may be to another one.

        Raises:
            Conflict: while the first of them is still being done.
        """
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            meet(connection, person, now)  # one at a time of this person
            _drop_stale(connection, now, answered.c.person == person)
            row = connection.execute(select(answered).where(_one(person, key))).first()
            if row is None:
                first = {"person": person, "key": key, "request": request, "headers": "{}", "created_at": now}
                connection.execute(insert(answered).values(first))
                return None
        if row.status is None and row.request == request:
            raise Conflict("This call is still being done.", "Ask again in a moment.")
        return Answer(
            request=row.request,
            status=row.status or 0,
            body=row.body or b"",
            headers=json.loads(row.headers),
        )

    def keep(self, person: str, key: str, answer: Answer) -> None:
        """Keep the answer of a call that was begun."""
        values = {"status": answer.status, "headers": json.dumps(answer.headers), "body": answer.body}
        with self._database.writing() as connection:
            same = and_(_one(person, key), answered.c.request == answer.request)
            connection.execute(update(answered).where(same).values(values))

    def forget(self, person: str, key: str) -> None:
        """Let a call that was begun and came to nothing be done again."""
        with self._database.writing() as connection:
            unanswered = and_(_one(person, key), answered.c.status.is_(None))
            connection.execute(delete(answered).where(unanswered))

    def purge(self) -> int:
        """Delete what is kept no longer; returns how many."""
        with self._database.writing() as connection:
            return _drop_stale(connection, datetime.now(UTC))


def _one(person: str, key: str) -> ColumnElement[bool]:
    return and_(answered.c.person == person, answered.c.key == key)


def _drop_stale(connection: Connection, now: datetime, *conditions: ColumnElement[bool]) -> int:
    old = answered.c.created_at < now - KEPT
    abandoned = and_(answered.c.status.is_(None), answered.c.created_at < now - ABANDONED)
    return connection.execute(delete(answered).where(old | abandoned, *conditions)).rowcount
