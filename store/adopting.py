"""A visitor who signs in: what they made before goes on as their account's."""

from sqlalchemy import Connection, delete, select, update

from errors import NotFound
from store.people import locked
from store.tables import drafts, jobs, people, profiles, snapshots


def adopt(connection: Connection, visitor: str, person: str) -> int:
    """Move everything of a visitor to another person; returns how many profiles and drafts that were.

    Both are locked first, so nobody deletes or adds to either meanwhile.

    Raises:
        NotFound: when the other person is not there.
    """
    there = locked(connection, visitor, person)
    if person not in there:
        raise NotFound("This account does not exist any more.", "Make a new one.")
    if visitor not in there:
        return 0
    known = select(snapshots.c.digest).where(snapshots.c.person == person)
    theirs = (snapshots.c.person == visitor, snapshots.c.digest.in_(known))
    connection.execute(delete(snapshots).where(*theirs))
    moved = 0
    for table in (snapshots, jobs, profiles, drafts):
        done = connection.execute(update(table).where(table.c.person == visitor).values(person=person))
        moved += done.rowcount if table in (profiles, drafts) else 0
    connection.execute(delete(people).where(people.c.id == visitor))
    return moved
