"""Evidence, kept: what documents say about a person, and what the person decided about it.

A `Document` and the `Profile` read from it go in; a `Kept` comes out, whose `profile` is what may be used:
each thing once, without what was hidden, as the person corrected it. SQL holds the truth, in one SQLite file
or in PostgreSQL, and every other index is rebuilt from it. What cannot be read or saved is a `StoreError`;
another person's profile is `NotFound`.
"""

from typing import TYPE_CHECKING, Any

from settings import Settings
from store.nouns import YOU, Added, Begin, Item, Kept, KeptDocument, Offer, Summary, doubt_id

if TYPE_CHECKING:
    from store.keeping import Store

__all__ = [
    "YOU",
    "Added",
    "Begin",
    "Item",
    "Kept",
    "KeptDocument",
    "Offer",
    "Store",
    "Summary",
    "doubt_id",
    "open_store",
]


def open_store(settings: Settings) -> "Store":
    """The store of this process, opened and brought up to date the first time it is asked for.

    Raises:
        StoreError: when the database cannot be opened; the next call tries again.
    """
    from store.keeping import opened  # SQLAlchemy loads when first used

    if settings.database_url is not None:
        return opened(settings.database_url.get_secret_value())
    return opened(f"sqlite:///{settings.data_dir / 'inroad.sqlite'}")


def __getattr__(name: str) -> Any:
    if name != "Store":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from store.keeping import Store

    return Store
