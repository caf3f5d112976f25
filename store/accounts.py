"""Accounts, kept: who may sign in, where they are, their tokens, codes for one use, failed attempts.

Secrets come here hashed already and never leave. What may be done once is done once, whoever asks at the
same moment: the first account of an empty place administers, a code is good for one use, and a place with
people in it keeps an administrator.
"""

import logging
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from errors import Conflict, NotFound, StoreError
from store.database import Database
from store.folding import storable
from store.nouns import Account, ApiToken, Attempts, Member, SignedIn
from store.people import ACCOUNT
from store.tables import (
    Moment,
    accounts,
    api_tokens,
    attempts,
    codes,
    drafts,
    items,
    people,
    profiles,
    sessions,
)

log = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=1)
"""How often at most a request writes down that it came."""
CODE_LASTS = timedelta(hours=24)
MOST_SESSIONS = 50
"""Of one account; beyond it the one seen longest ago ends."""
MOST_TOKENS = 50
_ACCOUNT = (
    accounts.c.person,
    accounts.c.email,
    accounts.c.name,
    accounts.c.is_admin,
    accounts.c.shares_outcomes,
    accounts.c.created_at,
)

# Both databases know these words; two processes may count the same key at one moment.
_COUNT = text(
    "INSERT INTO attempts (key, count, first_at) VALUES (:key, 1, :now) ON CONFLICT (key) DO UPDATE SET "
    "count = CASE WHEN attempts.first_at < :since THEN 1 ELSE attempts.count + 1 END, "
    "first_at = CASE WHEN attempts.first_at < :since THEN :now ELSE attempts.first_at END "
    "RETURNING count, first_at"
).bindparams(bindparam("now", type_=Moment), bindparam("since", type_=Moment))
_COUNTED = _COUNT.columns(count=Integer, first_at=Moment)


class Accounts:
    """What is kept of accounts in one database. A token or code is named by its hash here, always."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- accounts

    def register(self, email: str, key: str, name: str, password: str, code: str | None = None) -> bool:
        """Make an account, unless its e-mail has one; the first one of all administers.

        Args:
            email: As it is shown.
            key: The same as it is compared.
            name: What the person is called; may be empty.
            password: Its hash.
            code: An invitation, used up either way; None where anybody may come. The first needs none.

        Raises:
            Conflict: when the code is no invitation, or no longer.
        """
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            _nobody_else(connection)
            first = connection.scalar(select(accounts.c.person).limit(1)) is None
            if code is not None and not first and not _use(connection, code, codes.c.person.is_(None), now):
                raise Conflict("This code is not, or no longer, good.", "Ask for a new one.")
            if connection.scalar(select(accounts.c.person).where(accounts.c.email_key == key)):
                return False
            person = f"{ACCOUNT}{secrets.token_hex(12)}"
            connection.execute(insert(people).values(id=person, created_at=now, seen_at=now))
            connection.execute(
                insert(accounts).values(
                    person=person,
                    email=storable(email),
                    email_key=key,
                    name=storable(name),
                    password=password,
                    is_admin=first,
                    shares_outcomes=False,
                    created_at=now,
                    changed_at=now,
                )
            )
        return True

    def find(self, key: str) -> tuple[Account, str] | None:
        """The account of an e-mail, as compared, and the hash of its password."""
        return self._known(accounts.c.email_key == key)

    def load(self, person: str) -> tuple[Account, str]:
        """A person's account, and the hash of their password.

        Raises:
            NotFound: when there is none, or no longer.
        """
        found = self._known(accounts.c.person == storable(person))
        if found is None:
            raise _gone()
        return found

    def change(
        self,
        person: str,
        *,
        name: str | None = None,
        email: tuple[str, str] | None = None,
        shares_outcomes: bool | None = None,
    ) -> Account:
        """Change what is given; the e-mail as it is shown and as it is compared.

        Raises:
            NotFound: when there is no such account.
            Conflict: when the e-mail is another account's.
        """
        values: dict[str, Any] = {"changed_at": datetime.now(UTC)}
        if name is not None:
            values["name"] = storable(name)
        if shares_outcomes is not None:
            values["shares_outcomes"] = shares_outcomes
        with self._database.writing() as connection:
            if email is not None:
                _nobody_else(connection)
                taken = (accounts.c.email_key == email[1], accounts.c.person != person)
                if connection.scalar(select(accounts.c.person).where(*taken)):
                    raise Conflict("This email cannot be used.", "Use another one.")
                values |= {"email": storable(email[0]), "email_key": email[1]}
            if not connection.execute(_of(person).values(**values)).rowcount:
                raise _gone()
        return self.load(person)[0]

    def set_password(self, person: str, old: str, new: str, keep: str = "") -> bool:
        """Set another password and end every sign-in but one, unless the password has changed meanwhile.

        Args:
            person: Whose.
            old: The hash that the person's old password was held against.
            new: The new one's hash.
            keep: Id of the sign-in that goes on.
        """
        with self._database.writing() as connection:
            values = {"password": new, "changed_at": datetime.now(UTC)}
            if not connection.execute(
                _of(person).where(accounts.c.password == old).values(**values)
            ).rowcount:
                return False
            _end(connection, person, keep)
        return True

    def rehash(self, person: str, old: str, new: str) -> None:
        """The same password under the parameters of today, if it is the same still."""
        with self._database.writing() as connection:
            connection.execute(_of(person).where(accounts.c.password == old).values(password=new))

    def set_admin(self, person: str, is_admin: bool) -> None:
        """Let somebody administer, or no longer.

        Raises:
            NotFound: when there is no such account.
            Conflict: when nobody would administer then.
        """
        with self._database.writing() as connection:
            if not is_admin:
                keep_an_administrator(connection, person)
            if not connection.execute(_of(person).values(is_admin=is_admin)).rowcount:
                raise _gone()

    def members(self, limit: int = 50, after: str = "") -> tuple[tuple[Member, ...], str | None]:
        """Everybody with an account, the first to come first: counts, never what they count.

        Args:
            limit: Most of them.
            after: What the call before gave as the second; empty for the first ones.

        Returns:
            The people, and what to go on with, if there are more.
        """
        query = (
            select(*_ACCOUNT, people.c.seen_at, _evidence().label("evidence"), _drafts().label("drafts"))
            .join(people, people.c.id == accounts.c.person)
            .order_by(accounts.c.created_at, accounts.c.person)
            .limit(limit + 1)
        )
        if after:
            query = query.where(_later_than(after))
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        found = tuple(
            Member(
                account=_account(row),
                seen_at=row["seen_at"],
                evidence=row["evidence"],
                drafts=row["drafts"],
            )
            for row in rows[:limit]
        )
        if len(rows) <= limit:
            return found, None
        return found, f"{found[-1].account.created_at.isoformat()}_{found[-1].account.person}"

    # --- sign-ins

    def sign_in(self, person: str, password: str, token: str, device: str, lasting: timedelta) -> bool:
        """Begin a sign-in, unless the account has gone or its password has changed since it was compared.

        Args:
            person: Whose.
            password: The hash that the password given was held against.
            token: Hash of the new token.
            device: What the person will know it by.
            lasting: How long unused.
        """
        now = datetime.now(UTC)
        mine = sessions.c.person == person
        with self._database.writing() as connection:
            _seen(connection, person, now)
            if not _holds(connection, person, password):
                return False
            connection.execute(
                insert(sessions).values(
                    id=secrets.token_hex(8),
                    token=token,
                    person=person,
                    device=storable(device),
                    created_at=now,
                    seen_at=now,
                    expires_at=now + lasting,
                )
            )
            latest = (
                select(sessions.c.id).where(mine).order_by(sessions.c.seen_at.desc()).limit(MOST_SESSIONS)
            )
            kept = connection.scalars(latest).all()
            connection.execute(delete(sessions).where(mine, sessions.c.id.not_in(kept)))
        return True

    def by_session(self, token: str, lasting: timedelta) -> tuple[Account, str] | None:
        """Who is signed in with a token, and the id of the sign-in; each use lets it last anew."""
        now = datetime.now(UTC)
        query = (
            select(*_ACCOUNT, sessions.c.id, sessions.c.seen_at)
            .join(accounts, accounts.c.person == sessions.c.person)
            .where(sessions.c.token == token, sessions.c.expires_at > now)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        if now - row["seen_at"] >= SEEN_EVERY:
            prolonged = update(sessions).where(sessions.c.id == row["id"])
            self._note(row["person"], now, prolonged.values(seen_at=now, expires_at=now + lasting))
        return _account(row), row["id"]

    def sessions(self, person: str) -> tuple[SignedIn, ...]:
        """Where somebody is signed in, the one seen last first."""
        columns = [sessions.c[name] for name in SignedIn.model_fields]
        query = select(*columns).where(sessions.c.person == person, sessions.c.expires_at > datetime.now(UTC))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(sessions.c.seen_at.desc())).mappings()
            return tuple(SignedIn.model_validate(dict(row)) for row in rows)

    def sign_out(self, person: str, session: str) -> None:
        """End a sign-in.

        Raises:
            NotFound: when there is no such one, or it is another person's.
        """
        with self._database.writing() as connection:
            whose = (sessions.c.id == storable(session), sessions.c.person == person)
            if not connection.execute(delete(sessions).where(*whose)).rowcount:
                raise NotFound("This sign-in does not exist, or has ended.", "Look at the list again.")

    def sign_out_others(self, person: str, keep: str) -> None:
        """End every sign-in but one."""
        with self._database.writing() as connection:
            whose = (sessions.c.person == person, sessions.c.id != keep)
            connection.execute(delete(sessions).where(*whose))

    # --- tokens of the API

    def add_token(
        self, person: str, token: str, name: str, scopes: Iterable[str], expires_at: datetime | None
    ) -> ApiToken:
        """Keep a token's hash with what it may do.

        Raises:
            NotFound: when there is no such account.
            Conflict: when the person has as many as one may have.
        """
        made = ApiToken(
            id=secrets.token_hex(8),
            name=storable(name),
            scopes=tuple(scopes),
            created_at=datetime.now(UTC),
            expires_at=expires_at,
        )
        values = made.model_dump(exclude={"scopes"}) | {"scopes": " ".join(made.scopes)}
        with self._database.writing() as connection:
            if not _holds(connection, person):
                raise _gone()
            count = select(func.count()).select_from(api_tokens).where(api_tokens.c.person == person)
            if (connection.scalar(count) or 0) >= MOST_TOKENS:
                raise Conflict(f"You have {MOST_TOKENS} tokens already.", "Delete one that you do not need.")
            connection.execute(insert(api_tokens).values(token=token, person=person, **values))
        return made

    def by_token(self, token: str) -> tuple[Account, ApiToken] | None:
        """Whose a token is, and what it may do."""
        now = datetime.now(UTC)
        query = (
            select(*_ACCOUNT, *(api_tokens.c[name].label(f"token_{name}") for name in ApiToken.model_fields))
            .join(accounts, accounts.c.person == api_tokens.c.person)
            .where(api_tokens.c.token == token)
            .where(or_(api_tokens.c.expires_at.is_(None), api_tokens.c.expires_at > now))
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        if row["token_used_at"] is None or now - row["token_used_at"] >= SEEN_EVERY:
            used = update(api_tokens).where(api_tokens.c.id == row["token_id"]).values(used_at=now)
            self._note(row["person"], now, used)
        return _account(row), _token({name: row[f"token_{name}"] for name in ApiToken.model_fields})

    def tokens(self, person: str) -> tuple[ApiToken, ...]:
        """A person's tokens, the newest first."""
        columns = [api_tokens.c[name] for name in ApiToken.model_fields]
        query = select(*columns).where(api_tokens.c.person == person).order_by(api_tokens.c.created_at.desc())
        with self._database.reading() as connection:
            return tuple(_token(row) for row in connection.execute(query).mappings())

    def remove_token(self, person: str, token: str) -> None:
        """Let a token, named by its id, be none any more.

        Raises:
            NotFound: when there is no such one, or it is another person's.
        """
        with self._database.writing() as connection:
            whose = (api_tokens.c.id == storable(token), api_tokens.c.person == person)
            if not connection.execute(delete(api_tokens).where(*whose)).rowcount:
                raise NotFound("This token does not exist, or no longer.", "Look at the list again.")

    # --- codes for one use

    def add_code(self, code: str, person: str | None = None) -> datetime:
        """Keep a code's hash: to set a new password for somebody, or to make an account.

        A person's earlier code is none any more. Returns until when it is good.

        Raises:
            NotFound: when there is no such account.
        """
        now = datetime.now(UTC)
        expires = now + CODE_LASTS
        with self._database.writing() as connection:
            if person is not None:
                if not _holds(connection, person):
                    raise _gone()
                connection.execute(delete(codes).where(codes.c.person == person))
            connection.execute(
                insert(codes).values(
                    id=secrets.token_hex(8), code=code, person=person, created_at=now, expires_at=expires
                )
            )
        return expires

    def reset(self, key: str, code: str, password: str) -> bool:
        """Use up a person's code to set a new password; every sign-in and token of theirs ends.

        Args:
            key: The person's e-mail, as compared.
            code: Hash of the code.
            password: Hash of the new password.
        """
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            mine = select(accounts.c.person).where(accounts.c.email_key == key).with_for_update()
            person = connection.scalar(mine) or ""  # nobody's code is of nobody: NULL is not ""
            if not _use(connection, code, codes.c.person == person, now):
                return False
            connection.execute(_of(person).values(password=password, changed_at=now))
            connection.execute(delete(api_tokens).where(api_tokens.c.person == person))
            _end(connection, person)
        return True

    # --- failed attempts

    def attempts(self, keys: Iterable[str], since: datetime) -> Mapping[str, Attempts]:
        """What has failed under these keys since a moment; a key without any is left out."""
        query = select(attempts).where(attempts.c.key.in_(tuple(keys)), attempts.c.first_at >= since)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings()
            return {row["key"]: Attempts(count=row["count"], first_at=row["first_at"]) for row in rows}

    def failed(self, keys: Iterable[str], since: datetime) -> Mapping[str, Attempts]:
        """Count one more failure under each key; those from before a moment are forgotten."""
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            counted = {}
            for key in sorted(keys):  # in one order, so that no two wait for each other
                row = connection.execute(_COUNTED, {"key": key, "now": now, "since": since}).mappings().one()
                counted[key] = Attempts(count=row["count"], first_at=row["first_at"])
        return counted

    def forgive(self, key: str) -> None:
        """Forget what failed under a key."""
        with self._database.writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.key == key))

    def purge(self) -> int:
        """Delete what has ended by itself: sign-ins, codes, attempts of more than a day ago."""
        now = datetime.now(UTC)
        ended = (
            delete(sessions).where(sessions.c.expires_at <= now),
            delete(codes).where(codes.c.expires_at <= now),
            delete(attempts).where(attempts.c.first_at <= now - timedelta(days=1)),
        )
        with self._database.writing() as connection:
            return sum(connection.execute(each).rowcount for each in ended)

    # --- how it is done

    def _known(self, which: ColumnElement[bool]) -> tuple[Account, str] | None:
        with self._database.reading() as connection:
            row = connection.execute(select(*_ACCOUNT, accounts.c.password).where(which)).mappings().first()
        return (_account(row), row["password"]) if row else None

    def _note(self, person: str, now: datetime, change: Any) -> None:
        """Write down that somebody was here. Where that cannot be, they are here all the same."""
        try:
            with self._database.writing() as connection:
                _seen(connection, person, now)
                connection.execute(change)
        except StoreError as error:
            log.warning("a visit was not noted: %s", error.message)


def keep_an_administrator(connection: Connection, person: str) -> None:
    """Refuse that a person ceases to administer where others have accounts and none of them does.

    Raises:
        Conflict: when it is so.
    """
    if not connection.scalar(select(accounts.c.is_admin).where(accounts.c.person == storable(person))):
        return
    _nobody_else(connection)
    others = connection.scalars(select(accounts.c.is_admin).where(accounts.c.person != person)).all()
    if others and not any(others):
        raise Conflict(
            "Nobody would administer this place any more.", "Make somebody else administrator first."
        )


def _nobody_else(connection: Connection) -> None:
    """Let nobody else make, remove or rename an account until the transaction ends; signing in goes on.

    In SQLite whoever writes is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE"))


def _seen(connection: Connection, person: str, now: datetime) -> None:
    """Note that somebody was here; first of all, as whoever deletes a person begins there, too."""
    connection.execute(update(people).where(people.c.id == person).values(seen_at=now))


def _holds(connection: Connection, person: str, password: str | None = None) -> bool:
    """Whether there is an account, of this password's hash if one is given; neither changes until the end."""
    query = select(accounts.c.person).where(accounts.c.person == storable(person))
    if password is not None:
        query = query.where(accounts.c.password == password)
    return connection.scalar(query.with_for_update(read=True)) is not None


def _use(connection: Connection, code: str, whose: ColumnElement[bool], now: datetime) -> bool:
    """Delete a code; whoever does so is the one it was good for."""
    mine = (codes.c.code == code, codes.c.expires_at > now, whose)
    return connection.execute(delete(codes).where(*mine)).rowcount == 1


def _end(connection: Connection, person: str, keep: str = "") -> None:
    """End the sign-ins of a person but one, and codes that would let somebody in."""
    connection.execute(delete(sessions).where(sessions.c.person == person, sessions.c.id != keep))
    connection.execute(delete(codes).where(codes.c.person == person))


def _of(person: str) -> Any:
    return update(accounts).where(accounts.c.person == storable(person))


def _evidence() -> Any:
    """How many items of evidence an account's person has that are not hidden or merged away."""
    mine = (profiles.c.person == accounts.c.person, items.c.hidden.is_(False), items.c.merged_into.is_(None))
    query = select(func.count()).select_from(items.join(profiles, items.c.profile == profiles.c.id))
    return query.where(*mine).correlate(accounts).scalar_subquery()


def _drafts() -> Any:
    query = select(func.count()).select_from(drafts).where(drafts.c.person == accounts.c.person)
    return query.correlate(accounts).scalar_subquery()


def _later_than(after: str) -> ColumnElement[bool]:
    moment, _, person = after.partition("_")
    try:
        created = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotFound("This list cannot be gone on with from there.", "Begin it anew.") from None
    same = and_(accounts.c.created_at == created, accounts.c.person > storable(person))
    return or_(accounts.c.created_at > created, same)


def _account(row: RowMapping) -> Account:
    return Account.model_validate({name: row[name] for name in Account.model_fields})


def _token(row: RowMapping | Mapping[str, Any]) -> ApiToken:
    return ApiToken.model_validate(dict(row) | {"scopes": tuple(row["scopes"].split())})


def _gone() -> NotFound:
    return NotFound("This account does not exist.", "Look at the list again.")
