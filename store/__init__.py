"""Evidence, kept: what documents say about a person, what the person decided, and the drafts made of it.

A `Document` and the `Profile` read from it go in; a `Kept` comes out, whose `profile` is what may be used:
each thing once, without what was hidden, as the person corrected it. SQL holds the truth, in one SQLite file
or in PostgreSQL, and every other index is rebuilt from it. What cannot be read or saved is a `StoreError`;
another person's profile or draft is `NotFound`. `Allowances` keeps beside it what each account of a model
server has been asked.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from settings import Settings
from store.nouns import (
    YOU,
    Account,
    Added,
    Answer,
    ApiToken,
    Attempts,
    Begin,
    DraftState,
    DraftVersion,
    Item,
    Job,
    JobState,
    Kept,
    KeptDocument,
    KeptFigures,
    Member,
    Offer,
    SavedDraft,
    SignedIn,
    Summary,
    WholeDraft,
    doubt_id,
)
from store.standing import as_edited, as_written, body_of, edited_line, line_of, resting, subject_lines

if TYPE_CHECKING:
    from store.history import History
    from store.keeping import Store

__all__ = [
    "MOST_TRIES",
    "YOU",
    "Account",
    "Added",
    "Allowances",
    "Answer",
    "ApiToken",
    "Attempts",
    "Begin",
    "DraftState",
    "DraftVersion",
    "History",
    "Item",
    "Job",
    "JobState",
    "Kept",
    "KeptDocument",
    "KeptFigures",
    "Member",
    "Offer",
    "SavedDraft",
    "SignedIn",
    "Store",
    "Summary",
    "WholeDraft",
    "address",
    "as_edited",
    "as_written",
    "body_of",
    "doubt_id",
    "edited_line",
    "is_there",
    "line_of",
    "open_store",
    "resting",
    "subject_lines",
]

MOST_TRIES = 3
"""How often a job is begun before it is given up."""


def open_store(settings: Settings) -> "Store":
    """The store of this process, opened and brought up to date the first time it is asked for.

    Raises:
        StoreError: when the database cannot be opened; the next call tries again.
    """
    from store.keeping import opened  # SQLAlchemy loads when first used

    return opened(address(settings))


def address(settings: Settings) -> str:
    """The address of the database of these settings; it may hold a password."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return f"sqlite:///{_file(settings)}"


class Allowances:
    """The books of model accounts in the store of these settings, opened when a model is first called."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def change_allowance(self, account: str, changed: Callable[[str], str]) -> None:
        """As `Store.change_allowance`."""
        open_store(self._settings).change_allowance(account, changed)


def is_there(settings: Settings) -> bool:
    """Whether there is a database already, or one is named: asking makes none."""
    return settings.database_url is not None or _file(settings).exists()


def _file(settings: Settings) -> Path:
    return settings.data_dir / "inroad.sqlite"


def __getattr__(name: str) -> Any:
    if name == "Store":
        from store.keeping import Store

        return Store
    if name == "History":
        from store.history import History

        return History
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
