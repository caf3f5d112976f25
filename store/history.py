"""Saved drafts: each with the opening and the evidence it was made from, its versions and what became of it.

A draft rests on snapshots, so it stays whole when its profile or document is changed or deleted. Nothing but
the person's own view is made of what became of it, unless they allow it; see `History.outcomes`.
"""

import base64
import binascii
import json
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import EllipsisType
from typing import Any, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from domain import Draft, DraftKind, FinalLine, Piece, Posting, Profile
from errors import Conflict, NotFound, Unfit
from language import differences
from store import snapshots, standing
from store.database import Database
from store.folding import storable
from store.jobs import still_wanted
from store.nouns import DraftState, DraftVersion, SavedDraft, WholeDraft
from store.people import is_here, meet
from store.snapshots import packed, packed_noun
from store.tables import accounts, draft_versions, drafts

FOLLOW_UP_AFTER = timedelta(days=7)
"""When to follow up on what was sent, where the person set no date."""

MOST_DRAFTS = 10_000
MOST_VERSIONS = 200
LONGEST_NOTE = 2_000
LONGEST_SUBJECT = 500
LONGEST_BODY = 50_000
MOST_LINES = 2_000
_LONGEST_SHOWN = 300  # of a title or company in a list; the opening itself is kept whole
_LONGEST_SEARCH = 200
_MOST_LISTED = 200
_AT_ONCE = 20

_MARKS = re.compile(r"[\u0300-\u036f]")
_CURSOR = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}) ([\w-]{1,32})")


@dataclass(frozen=True, slots=True)
class _Mine:
    """One draft of one person. Every statement on its rows takes its condition from here."""

    person: str
    draft: str

    @property
    def itself(self) -> ColumnElement[bool]:
        return and_(drafts.c.id == storable(self.draft), drafts.c.person == self.person)

    def of(self, table: Table) -> ColumnElement[bool]:
        """The draft's rows of a table, and none if it is another person's."""
        return table.c.draft == select(drafts.c.id).where(self.itself).scalar_subquery()

    def row(self, connection: Connection) -> Row[Any]:
        row = connection.execute(_listed().where(self.itself)).first()
        if row is None:
            raise _missing()
        return row


class History:
    """The saved drafts in one database, safe to share between threads.

    Every method may raise `StoreError`, after which nothing has changed; of `NotFound`, the draft is not
    there or is another person's. The changes of one person are made one after another.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- keeping

    def keep(
        self,
        person: str,
        draft: Draft,
        posting: Posting,
        profile: Profile,
        asks: Sequence[str] = (),
        follows: str | None = None,
        id_: str | None = None,
        job: str | None = None,
    ) -> SavedDraft:
        """Keep a finished draft with all that it was made from.

        Args:
            person: Whose it is.
            draft: As it was written.
            posting: For which opening.
            profile: From which evidence; all of it, so that an edit can be checked later.
            asks: What the page asked of applicants.
            follows: The saved draft that a follow-up follows.
            id_: The id that it gets, for work that may be done again after a crash: the draft that the person
                has by this id already stays as it is, and is returned. By default a new one.
            job: The job that it is written for, where there is one.

        Raises:
            Conflict: when as many are kept as fit.
            Cancelled: when the job is not wanted any more; what it was to write is not kept.
        """
        opening, evidence = snapshots.of_posting(posting, tuple(asks)), snapshots.of_profile(profile)
        with self._database.writing() as connection:
            meet(connection, person)
            if job is not None:
                still_wanted(connection, person, job)
            if id_ is not None:
                before = connection.execute(_listed().where(_Mine(person, id_).itself)).first()
                if before is not None:
                    return _saved(before)
            if follows is not None:
                _Mine(person, follows).row(connection)
            resting = {
                "posting": snapshots.put(connection, person, opening),
                "profile": snapshots.put(connection, person, evidence),
            }
            shown = {
                "title": _line(posting.title)[:_LONGEST_SHOWN],
                "company": _line(posting.company)[:_LONGEST_SHOWN],
                "url": storable(posting.url),
            }
            new = _insert(connection, person, draft, id_, **resting, **shown, follows=follows)
            mine = _Mine(person, new)
            _write(connection, mine, draft)
            return _saved(mine.row(connection))

    def rewrite(self, person: str, draft_id: str, draft: Draft) -> int:
        """Keep what a writer made of it now, as when changes of a résumé were accepted or refused.

        Returns:
            The number of the version; that of the last one, if it was the same.
        """
        with self._changing(person, draft_id) as (connection, mine):
            last = _version(connection, mine, None)
            if last.by == "writer" and last.draft == _as_kept(draft):
                return last.number
            return _write(connection, mine, draft)

    def edit(
        self,
        person: str,
        draft_id: str,
        subject: str,
        body: str,
        vouched: Sequence[str] = (),
        added: Mapping[str, str] | None = None,
        lines: Sequence[FinalLine] = (),
    ) -> int:
        """Keep the text as the person changed it.

        Args:
            person: Whose draft it is.
            draft_id: The draft.
            subject: As it stands, 500 characters at most.
            body: As it stands, 50,000 characters at most.
            vouched: Lines that the person vouches for, word for word.
            added: Lines that were made evidence, with the id of the item.
            lines: The body with what each line stands on.

        Returns:
            The number of the version; that of the last one, if it said the same.

        Raises:
            Unfit: when the text is too long.
        """
        _bound(subject, LONGEST_SUBJECT, "subject")
        _bound(body, LONGEST_BODY, "text")
        if max(len(lines), len(vouched), len(added or {})) > MOST_LINES:
            raise Unfit(f"This text has more than {MOST_LINES:,} lines.", "Shorten it and try again.")
        edit = _Edit(storable(subject), storable(body), tuple(vouched), dict(added or {}), tuple(lines))
        with self._changing(person, draft_id) as (connection, mine):
            last = _version(connection, mine, None)
            if edit.says(last):
                return last.number
            return _write(connection, mine, edit)

    # --- looking

    def list(
        self,
        person: str,
        words: str = "",
        company: str = "",
        state: DraftState | None = None,
        kind: DraftKind | None = None,
        due_by: date | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> tuple[tuple[SavedDraft, ...], str | None]:
        """The person's drafts, the newest first, and the cursor of the next page if there is one.

        A draft keeps its place whatever becomes of it, so who follows the cursors sees each one once that was
        there from the beginning to the end, and none twice.

        Args:
            person: Whose.
            words: All of these must be in title, company, note, address or text, in any case and order; of a
                longer search the first 200 characters count.
            company: Of that name, in any case.
            state: In that state.
            kind: Of that kind.
            due_by: To be followed up on or before that day.
            limit: How many, 1 to 200.
            after: The cursor of the page before.

        Raises:
            NotFound: when the cursor is none of ours.
        """
        limit = min(max(limit, 1), _MOST_LISTED)
        query = _listed().where(drafts.c.person == person, *_found_by(words))
        if company:
            query = query.where(drafts.c.company_key == _folded(company))
        if state is not None:
            query = query.where(drafts.c.state == state)
        if kind is not None:
            query = query.where(drafts.c.kind == kind.value)
        if due_by is not None:
            query = query.where(drafts.c.due != "", drafts.c.due <= due_by.isoformat())
        with self._database.reading() as connection:
            rows = connection.execute(_page(query, after).limit(limit + 1)).all()
        more = len(rows) > limit
        return tuple(_saved(row) for row in rows[:limit]), _cursor(rows[limit - 1]) if more else None

    def count(self, person: str) -> int:
        """How many drafts the person has."""
        with self._database.reading() as connection:
            return _count(connection, person)

    def companies(self, person: str) -> tuple[str, ...]:
        """The companies that the person wrote to, each once, as spelt last; in alphabetical order."""
        last = func.max(drafts.c.created_at)
        query = (
            select(drafts.c.company_key, drafts.c.company)
            .where(drafts.c.person == person, drafts.c.company_key != "")
            .group_by(drafts.c.company_key, drafts.c.company)
            .order_by(last)
        )
        with self._database.reading() as connection:
            spelt = {row.company_key: row.company for row in connection.execute(query)}
        return tuple(spelt[key] for key in sorted(spelt))

    def load(self, person: str, draft_id: str, version: int | None = None) -> WholeDraft:
        """A draft with what it was made from, and one of its versions, by default the last."""
        mine = _Mine(person, draft_id)
        with self._database.reading() as connection:
            row = mine.row(connection)
            posting, asks = snapshots.posting(connection, person, row.posting)
            profile = snapshots.profile(connection, person, row.profile)
            shown = _version(connection, mine, version)
            return WholeDraft(saved=_saved(row), posting=posting, profile=profile, asks=asks, version=shown)

    def versions(self, person: str, draft_id: str) -> tuple[DraftVersion, ...]:
        """All versions that are kept of a draft, the first one first."""
        mine = _Mine(person, draft_id)
        with self._database.reading() as connection:
            mine.row(connection)
            return tuple(_versions(connection, mine))

    def compare(self, person: str, draft_id: str, one: int, other: int) -> tuple[Piece, ...]:
        """What became of the words of one version in another; the subject stands first in both."""
        mine = _Mine(person, draft_id)
        with self._database.reading() as connection:
            mine.row(connection)
            before, after = (_text(_version(connection, mine, number)) for number in (one, other))
        return differences.pieces(before, after)

    def each(self, person: str) -> Iterator[WholeDraft]:
        """All drafts of a person in their last version, the newest first, a few at a time in memory.

        Each is as it stands when it is reached; one that is deleted meanwhile is left out.
        """

        @lru_cache(maxsize=4)
        def read(digest: str) -> Profile:
            with self._database.reading() as connection:
                return snapshots.profile(connection, person, digest)

        after: str | None = None
        while True:
            saved, after = self.list(person, limit=_AT_ONCE, after=after)
            for draft in saved:
                mine = _Mine(person, draft.id)
                try:
                    with self._database.reading() as connection:
                        row = mine.row(connection)
                        posting, asks = snapshots.posting(connection, person, row.posting)
                        version = _version(connection, mine, None)
                    profile = read(row.profile)
                except NotFound:
                    continue
                yield WholeDraft(
                    saved=_saved(row), posting=posting, profile=profile, asks=asks, version=version
                )
            if after is None:
                return

    # --- what becomes of it

    def mark(
        self,
        person: str,
        draft_id: str,
        state: DraftState | None = None,
        due: date | EllipsisType | None = ...,
        note: str | None = None,
    ) -> SavedDraft:
        """Note what became of a draft. What is not given stays as it is.

        Marked as sent, a draft without a due date gets one in `FOLLOW_UP_AFTER`, and the one that it follows
        needs none any more. Neither does one that got an answer of any kind. A date that is given with the
        state, None for no date, stands before these rules.

        Args:
            person: Whose draft it is.
            draft_id: The draft.
            state: What became of it.
            due: When to follow up, None for never.
            note: The person's own words, 2,000 characters at most.
        """
        with self._changing(person, draft_id) as (connection, mine):
            row = mine.row(connection)
            values: dict[str, Any] = {}
            if state is not None and state != row.state:
                values |= {"state": _known(state), "due": _due_after(state, row.due)}
                if state == "sent" and row.follows is not None:
                    earlier = _Mine(person, row.follows)
                    connection.execute(update(drafts).where(earlier.itself).values(due=""))
            if not isinstance(due, EllipsisType):
                values["due"] = due.isoformat() if due else ""
            if note is not None:
                values["note"] = _bound(storable(note).strip(), LONGEST_NOTE, "note")
            if values:
                values["changed_at"] = datetime.now(UTC)
                connection.execute(update(drafts).where(mine.itself).values(values))
            if note is not None:
                _index(connection, mine)
            return _saved(mine.row(connection))

    def copy(self, person: str, draft_id: str) -> SavedDraft:
        """A new draft that says what this one says now. It is drafted only, and follows nothing."""
        with self._changing(person, draft_id) as (connection, mine):
            row = mine.row(connection)
            last = _version(connection, mine, None)
            same = {name: getattr(row, name) for name in ("title", "company", "url", "posting", "profile")}
            new = _Mine(person, _insert(connection, person, last.draft, **same, follows=None))
            _write(connection, new, last.draft)
            if last.by == "person":
                _write(connection, new, _Edit(last.subject, last.body, last.vouched, last.added, last.lines))
            return _saved(new.row(connection))

    def remove(self, person: str, *draft_ids: str) -> None:
        """Delete drafts with their versions, and what no other draft rests on; in SQLite's log too.

        What is gone already is passed over.

        Raises:
            NotFound: when none of them is there.
        """
        wanted = {storable(id_) for id_ in draft_ids}
        with self._database.writing() as connection:
            if not is_here(connection, person):
                raise _missing()
            these = (drafts.c.person == person, drafts.c.id.in_(wanted))
            query = select(drafts.c.posting, drafts.c.profile).where(*these)
            rested = [digest for row in connection.execute(query) for digest in row]
            if not rested:
                raise _missing()
            connection.execute(delete(drafts).where(*these))
            snapshots.sweep(connection, person, rested)
        self._database.forget()

    def outcomes(self) -> dict[DraftState, int]:
        """How many drafts are in each state, of those people only who allow that it is counted."""
        query = (
            select(drafts.c.state, func.count())
            .join(accounts, accounts.c.person == drafts.c.person)
            .where(accounts.c.shares_outcomes)
            .group_by(drafts.c.state)
        )
        with self._database.reading() as connection:
            counted = {str(state): int(count) for state, count in connection.execute(query)}
        return {state: counted.get(state, 0) for state in get_args(DraftState)}

    @contextmanager
    def _changing(self, person: str, draft_id: str) -> Iterator[tuple[Connection, _Mine]]:
        """A transaction on one draft; nobody else changes anything of the person's meanwhile."""
        mine = _Mine(person, draft_id)
        with self._database.writing() as connection:
            if not is_here(connection, person):
                raise _missing()
            mine.row(connection)
            yield connection, mine


# --- texts ---------------------------------------------------------------------------------------------


def _missing() -> NotFound:
    return NotFound("This draft does not exist.", "Open your saved drafts again.")


def _bound(text: str, longest: int, what: str) -> str:
    if len(text) > longest:
        raise Unfit(f"This {what} is longer than {longest:,} characters.", "Shorten it and try again.")
    return text


def _line(text: str) -> str:
    return " ".join(storable(text).split())


def _folded(text: str) -> str:
    """A text as it is searched: without case, accents and the width of its spaces."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", storable(text)))
    return " ".join(unicodedata.normalize("NFC", bare.casefold()).split())


def _found_by(words: str) -> list[ColumnElement[bool]]:
    sought = dict.fromkeys(_folded(words[:_LONGEST_SEARCH]).split())
    return [drafts.c.words.contains(word, autoescape=True) for word in sought]


def _text(version: DraftVersion) -> str:
    return "\n\n".join(filter(None, (version.subject, version.body)))


def _known(state: str) -> str:
    if state not in get_args(DraftState):
        raise Unfit("A draft cannot be in this state.", f"It is one of {', '.join(get_args(DraftState))}.")
    return state


def _due_after(state: DraftState, due: str) -> str:
    """The due date of a draft that has just come into this state."""
    if state == "sent":
        return due or (datetime.now(UTC).date() + FOLLOW_UP_AFTER).isoformat()
    return due if state == "drafted" else ""


# --- rows ----------------------------------------------------------------------------------------------


def _listed() -> Select[Any]:
    """The rows of drafts without the words of their search."""
    kept = select(func.count()).where(draft_versions.c.draft == drafts.c.id).scalar_subquery()
    columns = [column for column in drafts.c if column is not drafts.c.words]
    return select(*columns, kept.label("versions"))


def _saved(row: Row[Any]) -> SavedDraft:
    same = ("id", "language", "title", "company", "url", "state", "note", "follows", "sources", "own_lines")
    return SavedDraft(
        kind=DraftKind(row.kind),
        due=date.fromisoformat(row.due) if row.due else None,
        versions=row.versions,
        created_at=row.created_at,
        changed_at=row.changed_at,
        **{name: getattr(row, name) for name in same},
    )


def _count(connection: Connection, person: str) -> int:
    query = select(func.count()).select_from(drafts).where(drafts.c.person == person)
    return connection.execute(query).scalar_one()


def _page(query: Select[Any], after: str | None) -> Select[Any]:
    query = query.order_by(drafts.c.created_at.desc(), drafts.c.id.desc())
    if after is None:
        return query
    moment, id_ = _place(after)
    first = (drafts.c.created_at < moment) | (drafts.c.id < id_)
    return query.where(drafts.c.created_at <= moment, first)


def _cursor(row: Row[Any]) -> str:
    place = f"{row.created_at.replace(tzinfo=None).isoformat(timespec='microseconds')} {row.id}"
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[datetime, str]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = _CURSOR.fullmatch(base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii"))
        if found is not None:
            return datetime.fromisoformat(found[1]).replace(tzinfo=UTC), found[2]
    except (ValueError, binascii.Error):
        pass
    raise NotFound("This place in the list does not exist.", "Begin with its first page.")


def _insert(connection: Connection, person: str, draft: Draft, id_: str | None = None, **values: Any) -> str:
    """A new draft without any version; returns its id."""
    if _count(connection, person) >= MOST_DRAFTS:
        raise Conflict(f"You have {MOST_DRAFTS:,} drafts, as many as are kept.", "Delete some of them first.")
    id_, now = id_ or secrets.token_hex(8), datetime.now(UTC)
    new = {
        "id": id_,
        "person": person,
        "kind": draft.kind.value,
        "language": draft.language,
        "company_key": _folded(values["company"]),
        "state": "drafted",
        "due": "",
        "note": "",
        "sources": 0,
        "own_lines": 0,
        "last_version": 0,
        "created_at": now,
        "changed_at": now,
        "words": "",
    }
    connection.execute(insert(drafts).values(new | values))
    return id_


def _index(connection: Connection, mine: _Mine) -> None:
    """Write anew what a search looks in."""
    row = mine.row(connection)
    number = draft_versions.c.number == row.last_version
    text = connection.execute(
        select(draft_versions.c.subject, draft_versions.c.body).where(mine.of(draft_versions), number)
    ).one()
    said = "\n".join((row.title, row.company, row.note, row.url, text.subject, text.body))
    connection.execute(update(drafts).where(mine.itself).values(words=_folded(said)))


# --- versions ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Edit:
    """What a person made of a text."""

    subject: str
    body: str
    vouched: tuple[str, ...]
    added: dict[str, str]
    lines: tuple[FinalLine, ...]

    def says(self, last: DraftVersion) -> bool:
        """Whether the last version says the same already."""
        same = (last.subject, last.body) == (self.subject, self.body)
        return same and set(last.vouched) == set(self.vouched) and last.added == self.added

    def packed(self) -> str:
        lines = [line.model_dump(mode="json", exclude_defaults=True) for line in self.lines]
        return packed({"vouched": self.vouched, "added": self.added, "lines": lines})


def _write(connection: Connection, mine: _Mine, said: Draft | _Edit) -> int:
    """Put a version after the last one, and let the list and the search know it; returns its number."""
    number = int(mine.row(connection).last_version) + 1
    if isinstance(said, Draft):
        texts = {"subject": storable(said.subject), "body": storable(standing.body_of(said.sentences))}
        lines = standing.as_written(said)
        how = {"by": "writer", "draft_json": packed_noun(said), "edit_json": None}
    else:
        texts, lines = {"subject": said.subject, "body": said.body}, said.lines
        how = {"by": "person", "draft_json": None, "edit_json": said.packed()}
    now = datetime.now(UTC)
    values = {"draft": mine.draft, "number": number, "created_at": now, **texts, **how}
    connection.execute(insert(draft_versions).values(values))
    _thin(connection, mine)
    counted = {
        "sources": len({id_ for line in lines if line.stands_on == "evidence" for id_ in line.rests_on}),
        "own_lines": sum(line.stands_on in ("person", "nothing") for line in lines),
    }
    written = {"last_version": number, "changed_at": now, **counted}
    if isinstance(said, Draft):
        written["language"] = said.language
    connection.execute(update(drafts).where(mine.itself).values(written))
    _index(connection, mine)
    return number


def _thin(connection: Connection, mine: _Mine) -> None:
    """Let go of the oldest in the middle, the person's before a writer's, which others are edits of."""
    query = select(draft_versions.c.number, draft_versions.c.by).where(mine.of(draft_versions))
    rows = connection.execute(query.order_by(draft_versions.c.number)).all()
    if len(rows) <= MOST_VERSIONS:
        return
    middle = sorted(rows[1:-1], key=lambda row: (row.by != "person", row.number))
    gone = [row.number for row in middle[: len(rows) - MOST_VERSIONS]]
    these = (mine.of(draft_versions), draft_versions.c.number.in_(gone))
    connection.execute(delete(draft_versions).where(*these))


def _as_kept(draft: Draft) -> Draft:
    """A draft as it comes back."""
    return Draft.model_validate_json(packed_noun(draft))


def _version(connection: Connection, mine: _Mine, number: int | None) -> DraftVersion:
    """One version with the draft that it was changed from, the last one without a number."""
    query = select(draft_versions).where(mine.of(draft_versions))
    newest = query.order_by(draft_versions.c.number.desc()).limit(1)
    if number is not None:
        newest = newest.where(draft_versions.c.number == min(max(number, 0), 2**31 - 1))
    row = connection.execute(newest).first()
    if row is None:
        raise NotFound("This version of the draft does not exist.", "Open your saved drafts again.")
    text = row.draft_json
    if text is None:
        before = (draft_versions.c.number < row.number, draft_versions.c.draft_json.is_not(None))
        text = connection.execute(
            query.with_only_columns(draft_versions.c.draft_json)
            .where(*before)
            .order_by(draft_versions.c.number.desc())
            .limit(1)
        ).scalar_one()
    return _unpacked(row, Draft.model_validate_json(text))


def _versions(connection: Connection, mine: _Mine) -> Iterator[DraftVersion]:
    query = select(draft_versions).where(mine.of(draft_versions)).order_by(draft_versions.c.number)
    draft: Draft | None = None
    for row in connection.execute(query):
        draft = Draft.model_validate_json(row.draft_json) if row.draft_json is not None else draft
        assert draft is not None
        yield _unpacked(row, draft)


def _unpacked(row: Row[Any], draft: Draft) -> DraftVersion:
    edit: dict[str, Any] = json.loads(row.edit_json) if row.edit_json is not None else {}
    return DraftVersion(
        number=row.number,
        by=row.by,
        draft=draft,
        subject=row.subject,
        body=row.body,
        vouched=tuple(edit.get("vouched", ())),
        added=edit.get("added", {}),
        lines=edit.get("lines", ()) if edit else standing.as_written(draft),
        created_at=row.created_at,
    )
