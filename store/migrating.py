"""Bringing a database up to date before anything serves from it, which may come up later than this."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from errors import StoreError
from store.database import Database, passes
from store.tables import HEAD

_TRY_AGAIN_S = 1.0


@dataclass(frozen=True)
class Moved:
    """From which migration the tables came to which; before the first there are none.

    Where they were a newer Inroad's that this one works with, they stayed as they were.
    """

    before: str
    now: str


def migrate(address: str, wait_s: float, tell: Callable[[str], None]) -> Moved:
    """Wait for a database and bring its tables up to this program's.

    Args:
        address: As of `Database`.
        wait_s: Seconds in which it may come up, or another process may end what it does there.
        tell: Is told once that there is something to wait for.

    Raises:
        StoreError: when it has not come up by then, refuses, or a migration fails; then nothing has changed.
    """
    ends, waits = time.monotonic() + wait_s, False
    while True:
        try:
            return _migrated(address)
        except StoreError as error:
            left = ends - time.monotonic()
            if not passes(error):
                raise
            if left <= 0:
                raise _waited(error, wait_s) from None
            if not waits:
                tell(f"{error.message} Waiting {wait_s:g} seconds for it at most.")
            waits = True
            time.sleep(min(_TRY_AGAIN_S, left))


def _migrated(address: str) -> Moved:
    database = Database(address, revision=None)
    try:
        before = database.migrate()
        return Moved(before, max(before, HEAD))
    finally:
        database.close()


def _waited(error: StoreError, wait_s: float) -> StoreError:
    advice = "Check that it runs, and DATABASE_URL."
    if not wait_s:
        return StoreError(error.message, f"{advice} With --wait SECONDS it is waited for.")
    return StoreError(f"{error.message[:-1]}, also after {wait_s:g} seconds.", advice)
