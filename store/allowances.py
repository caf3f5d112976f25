"""The books of model accounts, so that all processes with one database share each account's allowance.

A book is a text that only its owner reads; an account is a hash. Neither names a person or holds a key.
"""

from collections.abc import Callable

from sqlalchemy import select, text, update

from store.database import Database
from store.tables import allowances

# Two processes may begin one at the same moment; both databases know these words.
_BEGIN = "INSERT INTO allowances (account, book) VALUES (:account, '') ON CONFLICT (account) DO NOTHING"


def change(database: Database, account: str, changed: Callable[[str], str]) -> None:
    """Apply a function to the book of an account, empty at first, in one short transaction.

    Nobody else can change it meanwhile: in SQLite nobody writes at all, in PostgreSQL its row is locked.
    """
    table = allowances
    whose = table.c.account == account
    with database.writing() as connection:
        row = connection.execute(select(table.c.book).where(whose).with_for_update()).scalar()
        if row is None:
            connection.execute(text(_BEGIN), {"account": account})
            row = connection.execute(select(table.c.book).where(whose).with_for_update()).scalar() or ""
        book = changed(row)
        if book != row:
            connection.execute(update(table).where(whose).values(book=book))
