"""The row of a person, which everything that is kept of them hangs on."""

from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from errors import NotFound, StoreError
from store.tables import people

VISITOR = "visitor-"
"""How the ids of those begin whose data goes with their page."""

ACCOUNT = "account-"
"""How the ids of people who sign in begin. Their rows come and go with the account."""

_LONGEST_ID = 200


def meet(connection: Connection, person: str, now: datetime | None = None) -> None:
    """Make sure that a person is known, and let nobody else meet or delete them until the transaction ends.

    Args:
        connection: A transaction that writes.
        person: Who it is. One that nobody signs in as is made known here; two at once make one.
        now: When they were seen.

    Raises:
        NotFound: when this is an account that was deleted: what comes late does not bring it back.
    """
    if not 0 < len(person) <= _LONGEST_ID:
        raise StoreError("This person cannot be told from others.")
    now = now or datetime.now(UTC)
    if person.startswith(ACCOUNT):
        seen = connection.execute(update(people).where(people.c.id == person).values(seen_at=now))
        if seen.rowcount == 0:
            raise NotFound("This account does not exist any more.", "Make a new one.")
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_once
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_once  # type: ignore[assignment]
    row = insert_once(people).values(id=person, created_at=now, seen_at=now)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now}))


def is_here(connection: Connection, person: str) -> bool:
    """Whether there is such a person; if so, they were seen, and nobody else meets or deletes them."""
    seen = update(people).where(people.c.id == person).values(seen_at=datetime.now(UTC))
    return connection.execute(seen).rowcount > 0


def locked(connection: Connection, *persons: str) -> tuple[str, ...]:
    """Those of these people who are there, locked as by `meet`, always in the same order."""
    query = select(people.c.id).where(people.c.id.in_(persons)).order_by(people.c.id)
    return tuple(connection.scalars(query.with_for_update()))
