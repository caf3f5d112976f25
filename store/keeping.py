"""The store: what may be done with kept evidence, each in one transaction, by the person it belongs to."""

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from domain import Document, Evidence, Persona, Profile
from errors import Conflict
from store import adopting, allowances, appending, deciding, shelving, showing
from store.accounts import Accounts, keep_an_administrator
from store.answered import Answered
from store.database import Database
from store.figures import Figures
from store.folding import storable
from store.history import History
from store.jobs import Jobs
from store.nouns import Added, Begin, Kept, Summary
from store.owning import Owned, missing, number
from store.people import VISITOR, locked, meet
from store.tables import answered, documents, drafts, jobs, people, profiles, snapshots

OnDelete = Callable[[str, tuple[str, ...]], None]
Write = Callable[[str], tuple[Document, Profile] | None]
_LONGEST_LABEL = 200
MOST_PROFILES = 100
MOST_DOCUMENTS = 200


@dataclass(slots=True)
class _Change:
    """A transaction on one profile that nobody else can change meanwhile.

    `nothing` has changed unless said so; what was `dropped` is taken out of the database's log as well.
    """

    connection: Connection
    whose: Owned
    row: RowMapping
    last: dict[str, int]
    nothing: bool = False
    dropped: bool = False


class Store:
    """Evidence and what was made of it in one database, safe to share between threads.

    Every method may raise `StoreError`, after which nothing has changed; of `NotFound`, the profile, document
    or item is not there or is another person's. Methods that change a profile return its new version. Where
    the profile may be a `Begin`, one is begun with what is kept, in the same transaction.

    Args:
        url: `sqlite:///data/inroad.sqlite` or `postgresql://user:password@host/name`.

    Attributes:
        accounts: Who may sign in.
        jobs: Work in the background.
        answered: Answers to calls that a client may repeat.
        on_delete: Called with the person and the ids of profiles about to be deleted, inside the transaction,
            so that an index can drop them first. An error keeps everything; they must not use the store.
        history: The saved drafts.
        figures: Counts over everybody, for who runs this place.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self.accounts = Accounts(self._database)
        self.history = History(self._database)
        self.jobs = Jobs(self._database)
        self.answered = Answered(self._database)
        self.figures = Figures(self._database)
        self.on_delete: list[OnDelete] = []

    def ping(self) -> None:
        """Nothing, where the database answers and its tables are those of this program."""
        self._database.ping()

    def close(self) -> None:
        """Give back all connections."""
        self._database.close()

    def change_allowance(self, account: str, changed: Callable[[str], str]) -> None:
        """Apply a function to the book of a model account, empty at first, while nobody else can."""
        allowances.change(self._database, account, changed)

    # --- profiles

    def profiles(self, person: str) -> tuple[Summary, ...]:
        """The person's profiles, the one changed last first; none for a stranger."""
        with self._database.reading() as connection:
            return showing.summaries(connection, person)

    def profile_ids(self) -> frozenset[str]:
        """Of all profiles that there are, whosever they are."""
        with self._database.reading() as connection:
            return frozenset(connection.scalars(select(profiles.c.id)))

    def create(self, person: str, label: str, persona: Persona = Persona.JOB_SEEKER) -> str:
        """An empty profile; returns its id."""
        with self._database.writing() as connection:
            return _begin(connection, person, Begin(label=label, persona=persona))

    def touch(self, person: str, profile_id: str) -> None:
        """Let a profile come first among the person's; nothing in it changes."""
        whose = Owned(person, profile_id)
        with self._database.writing() as connection:
            whose.row(connection, lock=True)
            connection.execute(update(profiles).where(whose.itself).values(changed_at=datetime.now(UTC)))

    def rename(self, person: str, profile_id: str, label: str) -> int:
        with self._change(person, profile_id) as change:
            label = deciding.line(label, _LONGEST_LABEL, "name")
            change.connection.execute(update(profiles).where(change.whose.itself).values(label=label))
        return _version(change)

    def set_persona(self, person: str, profile_id: str, persona: Persona) -> int:
        with self._change(person, profile_id) as change:
            value = Persona(persona).value
            change.connection.execute(update(profiles).where(change.whose.itself).values(persona=value))
        return _version(change)

    def describe(
        self,
        person: str,
        profile_id: str,
        label: str | None = None,
        persona: Persona | None = None,
        contacts: Mapping[str, Any] | None = None,
    ) -> int:
        """Change at once what a profile is called, who speaks, and contacts as for `set_contacts`."""
        with self._change(person, profile_id) as change:
            connection, itself = change.connection, change.whose.itself
            if label is not None:
                called = deciding.line(label, _LONGEST_LABEL, "name")
                connection.execute(update(profiles).where(itself).values(label=called))
            if persona is not None:
                connection.execute(update(profiles).where(itself).values(persona=Persona(persona).value))
            deciding.set_contacts(connection, change.whose, dict(contacts or {}))
        return _version(change)

    def remove(self, person: str, profile_id: str) -> None:
        """Delete a profile with all that was imported into it.

        Drafts that were saved stay, with the evidence that they rest on as it was.
        """
        whose = Owned(person, profile_id)
        with self._database.writing() as connection:
            whose.row(connection, lock=True)
            self._tell(person, (profile_id,))
            connection.execute(delete(profiles).where(whose.itself))
        self._database.forget()

    def load(self, person: str, profile_id: str) -> Kept:
        """All of one profile, as of one moment."""
        with self._database.reading() as connection:
            return showing.kept(connection, Owned(person, profile_id))

    # --- documents

    def add(self, person: str, profile_id: str | Begin, document: Document, profile: Profile) -> Added:
        """Keep what a document says.

        The same file read by the same parser changes nothing; read by another parser, it is read anew: what
        the person decided about words that are still there is kept.

        Args:
            person: Whose profile it is.
            profile_id: The profile's id.
            document: The file, as its reader saw it.
            profile: What the reader found in it.
        """
        with self._change(person, profile_id) as change:
            return _put(change, document, profile, documents.c.digest == document.digest)

    def replace(self, person: str, profile_id: str, document: Document, profile: Profile) -> Added:
        """Keep a document that the person rewrites, such as the form, in place of the one so named."""
        with self._change(person, profile_id) as change:
            return _put(change, document, profile, _named(document.name, document.format))

    def append(self, person: str, profile_id: str | Begin, document: Document, item: Evidence) -> Added:
        """Keep one more thing that the person says, after what the document so named says already.

        Nothing that is there is written anew. What the person says twice is kept once, and if it was hidden,
        it is used again.

        Args:
            person: Whose profile it is.
            profile_id: The profile's id.
            document: Its name and format; its text and digest are those that it gets here.
            item: What is said. Its `record` is the id of a kept one; without that it stands on its own.
        """
        with self._change(person, profile_id) as change:
            same = _named(document.name, document.format)
            found = change.connection.execute(_papers(change, same)).first()
            if found is None:
                change.last["document"] += 1
            at = change.last["document"] if found is None else int(found.number)
            return appending.append(change.connection, change.whose, change.last, at, document, item)

    def save(
        self,
        person: str,
        profile_id: str | Begin,
        name: tuple[str, str],
        write: Write,
        *,
        contacts: Mapping[str, Any],
        persona: Persona | None = None,
        label: tuple[str, str] = ("", ""),
    ) -> Added:
        """Keep all that a form says at once: a document that the person rewrites, and facts about them.

        Args:
            person: Whose profile it is.
            profile_id: The profile's id.
            name: The document's name and format.
            write: Called with the document's text as it is now, inside the transaction; what it gives takes
                the document's place, and None removes it. It must not use the store.
            contacts: Those to set, as for `set_contacts`.
            persona: The one to set.
            label: What the profile is called instead, if it is still called the first of these.
        """
        with self._change(person, profile_id) as change:
            connection, itself = change.connection, change.whose.itself
            if persona is not None:
                connection.execute(update(profiles).where(itself).values(persona=Persona(persona).value))
            if label[1] and change.row["label"] == label[0]:
                called = deciding.line(label[1], _LONGEST_LABEL, "name")
                connection.execute(update(profiles).where(itself).values(label=called))
            deciding.set_contacts(connection, change.whose, dict(contacts))
            return _rewrite(change, _named(*name), write)

    def remove_document(self, person: str, profile_id: str, document_id: str) -> int:
        """Forget a document, and the items that no other one says; in SQLite's log too.

        Drafts that were saved stay, with the evidence that they rest on as it was.
        """
        with self._change(person, profile_id) as change:
            _drop(change, number("d", document_id))
        return _version(change)

    # --- items

    def confirm(self, person: str, profile_id: str, *item_ids: str) -> int:
        """The person says that these are right; their questions are settled."""
        return self._mark(person, profile_id, item_ids, confirmed=True)

    def hide(self, person: str, profile_id: str, *item_ids: str) -> int:
        """Leave items out of the profile; they stay hidden when a document says them again."""
        return self._mark(person, profile_id, item_ids, hidden=True)

    def show(self, person: str, profile_id: str, *item_ids: str) -> int:
        """Bring hidden items back as they were."""
        return self._mark(person, profile_id, item_ids, hidden=False)

    def set_confidential(
        self, person: str, profile_id: str, item_ids: str | Sequence[str], confidential: bool = True
    ) -> int:
        """Whether items must neither stand in a draft nor reach a model."""
        ids = (item_ids,) if isinstance(item_ids, str) else tuple(item_ids)
        return self._mark(person, profile_id, ids, confidential=confidential)

    def correct(self, person: str, profile_id: str, item_id: str, text: str) -> int:
        """The person's words, 2,000 characters at most, in place of those read; they are the source now."""
        with self._change(person, profile_id) as change:
            deciding.correct(change.connection, change.whose, item_id, text)
        return _version(change)

    def restore(self, person: str, profile_id: str, item_id: str) -> int:
        """Undo a correction, confirmation and answers: the words as read, and the questions about them."""
        with self._change(person, profile_id) as change:
            deciding.restore(change.connection, change.whose, item_id)
        return _version(change)

    def decide(
        self,
        person: str,
        profile_id: str,
        item_id: str,
        *,
        restored: bool = False,
        text: str | None = None,
        **marks: bool,
    ) -> int:
        """Several decisions on one item at once.

        Args:
            person: Whose profile it is.
            profile_id: The profile's id.
            item_id: The item.
            restored: As `restore`; what follows is decided after that.
            text: As for `correct`.
            marks: Any of confirmed, hidden and confidential.
        """
        with self._change(person, profile_id) as change:
            if restored:
                deciding.restore(change.connection, change.whose, item_id)
            if text is not None:
                deciding.correct(change.connection, change.whose, item_id, text)
            if marks:
                deciding.mark(change.connection, change.whose, [item_id], **marks)
        return _version(change)

    def answer(
        self,
        person: str,
        profile_id: str,
        item_id: str,
        doubt: str,
        text: str = "",
        *,
        ready: int | None = None,
    ) -> int:
        """Settle one question about an item. Without a text and a ready answer, the item was right as it is.

        Args:
            person: Whose profile it is.
            profile_id: The profile's id.
            item_id: The item.
            doubt: Which of its `doubts`, by its `doubt_id`.
            text: What the whole text should be.
            ready: Index of one of the doubt's `answers`, which is used instead.
        """
        with self._change(person, profile_id) as change:
            deciding.answer(change.connection, change.whose, item_id, doubt, text, ready)
        return _version(change)

    def merge(self, person: str, profile_id: str, item_ids: Iterable[str], into: str) -> int:
        """Make items places of another one that says the same."""
        with self._change(person, profile_id) as change:
            deciding.merge(change.connection, change.whose, tuple(item_ids), into)
        return _version(change)

    def unmerge(self, person: str, profile_id: str, item_id: str) -> int:
        """Take apart again what was merged into an item."""
        with self._change(person, profile_id) as change:
            deciding.unmerge(change.connection, change.whose, item_id)
        return _version(change)

    # --- facts

    def set_contacts(self, person: str, profile_id: str, **fields: Any) -> int:
        """Name and contacts as the person wants them.

        Args:
            person: Whose profile it is.
            profile_id: The profile's id.
            fields: Any of name, organization, headline, email, phone, postal_address and links (a text, or a
                sequence); None goes back to what the documents give.
        """
        with self._change(person, profile_id) as change:
            deciding.set_contacts(change.connection, change.whose, fields)
        return _version(change)

    def set_record(self, person: str, profile_id: str, record_id: str, **facts: Any) -> int:
        """Facts of a record as the person states them.

        Args:
            person: Whose profile it is.
            profile_id: The profile's id.
            record_id: The record.
            facts: Any of title, area, organization, start, end and current; None goes back to what was read.
        """
        with self._change(person, profile_id) as change:
            deciding.set_record(change.connection, change.whose, record_id, facts)
        return _version(change)

    # --- people

    def seen(self, person: str) -> None:
        """Note that a person was here, so that `purge` leaves their data alone."""
        with self._database.writing() as connection:
            now = datetime.now(UTC)
            connection.execute(update(people).where(people.c.id == person).values(seen_at=now))

    def adopt(self, visitor: str, person: str) -> int:
        """Move all that a visitor has to somebody who signed in, and forget the visitor.

        Either all of it moves or nothing: of a visitor who was deleted before, or moved, there is nothing.

        Args:
            visitor: The id of the visitor, which begins with "visitor-".
            person: Who signed in.

        Returns:
            How many profiles and drafts moved.

        Raises:
            NotFound: when the account does not exist any more.
        """
        if not visitor.startswith(VISITOR):
            raise ValueError("only what a visitor has can be moved")
        with self._database.writing() as connection:
            moved = adopting.adopt(connection, visitor, person)
        if moved:
            self._database.forget()
        return moved

    def empty(self, person: str) -> None:
        """Delete all that a person made, whose account stays; in SQLite's log too."""
        with self._database.writing() as connection:
            locked(connection, person)
            self._tell(person, self._profiles(connection, person))
            for table in (profiles, drafts, snapshots, jobs, answered):
                connection.execute(delete(table).where(table.c.person == person))
        self._database.forget()

    def delete_person(self, person: str) -> None:
        """Delete everything of a person, drafts too. In SQLite the bytes are overwritten, in the log as well.

        Raises:
            Conflict: when they are the last to administer a place where others have accounts.
        """
        with self._database.writing() as connection:
            keep_an_administrator(connection, person)
            self._delete(connection, person)
        self._database.forget()

    def purge(self, prefix: str = "visitor-", older_than: timedelta = timedelta(days=30)) -> int:
        """Delete the people of a prefix who have not changed or opened anything lately; returns how many."""
        if not prefix:
            raise ValueError("a prefix names whom to forget")
        limit = datetime.now(UTC) - older_than
        with self._database.writing() as connection:
            recent = select(profiles.c.id).where(
                profiles.c.person == people.c.id, profiles.c.changed_at >= limit
            )
            gone = connection.scalars(
                select(people.c.id)
                .where(people.c.id.startswith(prefix, autoescape=True))
                .where(people.c.seen_at < limit, ~recent.exists())
            ).all()
            for person in gone:
                self._delete(connection, person)
        if gone:
            self._database.forget()
        return len(gone)

    # --- how a change is made

    def _delete(self, connection: Connection, person: str) -> None:
        locked(connection, person)  # before the profiles, as everybody does who locks both
        self._tell(person, self._profiles(connection, person))
        connection.execute(delete(people).where(people.c.id == person))

    def _profiles(self, connection: Connection, person: str) -> tuple[str, ...]:
        """The ids of the person's profiles, which nobody else changes until the transaction ends."""
        query = select(profiles.c.id).where(profiles.c.person == person).with_for_update()
        return tuple(connection.scalars(query))

    def _tell(self, person: str, profile_ids: tuple[str, ...]) -> None:
        for told in self.on_delete:
            told(person, profile_ids)

    def _mark(self, person: str, profile_id: str, item_ids: Sequence[str], **values: Any) -> int:
        with self._change(person, profile_id) as change:
            deciding.mark(change.connection, change.whose, item_ids, **values)
        return _version(change)

    @contextmanager
    def _change(self, person: str, profile_id: str | Begin) -> Iterator[_Change]:
        with self._database.writing() as connection:
            if isinstance(profile_id, Begin):
                profile_id = _begin(connection, person, profile_id)
            whose = Owned(person, profile_id)
            row = whose.row(connection, lock=True)
            last = {name: row[f"last_{name}"] for name in ("document", "record", "item")}
            change = _Change(connection, whose, row, last)
            yield change
            if not change.nothing:
                shelving.bump(connection, whose, last, _version(change))
        if change.dropped:
            self._database.forget()


def _version(change: _Change) -> int:
    return int(change.row["version"]) + (not change.nothing)


def _begin(connection: Connection, person: str, begin: Begin) -> str:
    """An empty profile; returns its id."""
    profile, now = secrets.token_hex(8), datetime.now(UTC)
    meet(connection, person, now)
    mine = select(func.count()).select_from(profiles).where(profiles.c.person == person)
    if connection.execute(mine).scalar_one() >= MOST_PROFILES:
        raise Conflict(
            f"You have {MOST_PROFILES} profiles, as many as are kept.", "Delete one of them first."
        )
    connection.execute(
        insert(profiles).values(
            id=profile,
            person=person,
            label=deciding.line(begin.label, _LONGEST_LABEL, "name"),
            persona=Persona(begin.persona).value,
            version=0,
            last_document=0,
            last_record=0,
            last_item=0,
            created_at=now,
            changed_at=now,
        )
    )
    return profile


def _put(change: _Change, document: Document, profile: Profile, same: Any) -> Added:
    found, of = change.connection.execute(_papers(change, same)).first(), change.whose.profile
    if found is not None and (found.digest, found.parser) == (document.digest, document.parser):
        change.nothing = True
        return Added(profile_id=of, document_id=f"d{found.number}", unchanged=True)
    if found is None:
        _bound_documents(change)
        change.last["document"] += 1
    at = change.last["document"] if found is None else found.number
    change.dropped = found is not None  # what it said before
    counted = shelving.put(change.connection, change.whose, change.last, at, document, profile)
    return Added(profile_id=of, document_id=f"d{at}", new=counted.new, folded=counted.folded)


def _bound_documents(change: _Change) -> None:
    held = select(func.count()).select_from(documents).where(change.whose.of(documents))
    if change.connection.execute(held).scalar_one() >= MOST_DOCUMENTS:
        raise Conflict(
            f"This profile has {MOST_DOCUMENTS} documents, as many as it holds.", "Remove one of them first."
        )


def _rewrite(change: _Change, same: Any, write: Write) -> Added:
    """Let a document say what is written from what it says now; what else was changed stays a change."""
    found = change.connection.execute(_papers(change, same)).first()
    written = write(found.text if found else "")
    if written is not None:
        added = _put(change, *written, same)
        change.nothing = False
        return added
    if found is not None:
        _drop(change, found.number)
    return Added(profile_id=change.whose.profile, document_id="", unchanged=found is None)


def _drop(change: _Change, at: int) -> None:
    here = (change.whose.of(documents), documents.c.number == at)
    if change.connection.execute(delete(documents).where(*here)).rowcount == 0:
        raise missing("d")
    shelving.sweep(change.connection, change.whose)
    change.dropped = True


def _named(name: str, form: str) -> Any:
    return (documents.c.name == storable(name)) & (documents.c.format == storable(form))


def _papers(change: _Change, same: Any) -> Any:
    """The documents that are the same, the last first."""
    query = select(documents.c.number, documents.c.digest, documents.c.parser, documents.c.text)
    return query.where(change.whose.of(documents), same).order_by(documents.c.number.desc())


# A cache alone would let two threads that come at once open two, and Alembic migrate twice.
_OPENING = threading.Lock()


def opened(url: str) -> Store:
    """The one store of this process for an address."""
    with _OPENING:
        return _opened(url)


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    return Store(url)
