"""The owner, whose every word is marked, and all that is theirs; and those who are not them."""

import hashlib
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, create_engine, select

import background
import calls
import outreach
import store
from accounts import addresses, codes, passwords, tokens
from domain import Draft
from settings import Settings
from store import Begin, Store
from store.tables import metadata

MARK = "qzcanary"
"""Stands in everything of the owner's, and nowhere else."""
PASSWORD = "seven small boats"  # noqa: S105  # of invented people
RESUME = f"""Ada {MARK}name
Platform Engineer
ada.{MARK}@owner.example
+44 20 7946 0101

Experience
Platform Engineer, {MARK.title()} Rail, 2019 - present
- Moved 14 {MARK} services to Kubernetes, cutting deploy time from 40 to 6 minutes
- Wrote Terraform modules for the {MARK} PostgreSQL

Skills
Python, Kubernetes, {MARK}ware
"""
POSTING = f"""Platform Engineer

At {MARK.title()} Works you will
- Move billing services to Kubernetes
- Write Terraform modules for PostgreSQL

Requirements
- Python
"""
EMAIL = f"ada.{MARK}@owner.example"
_FINISHED = ("done", "failed", "cancelled")


@dataclass(frozen=True)
class Ids:
    """What names somebody's things; or things of the same form that never existed."""

    person: str
    profile: str
    draft: str
    job: str
    session: str
    token: str
    code: str
    email: str
    key: str = "the-owners-key"
    document: str = "d1"
    item: str = "e2"
    record: str = "r1"
    version: str = "2"

    def anonymous(self, text: str) -> str:
        """A text without these ids, so that two answers can be compared."""
        for name in fields(self):
            value = getattr(self, name.name)
            if len(value) > 6:
                text = text.replace(value, f"<{name.name}>")
        return text

    def never_existed(self) -> "Ids":
        """Others of the same form."""

        def other(value: str) -> str:
            head, dash, tail = value.rpartition("-")
            return f"{head}{dash}{secrets.token_hex(len(tail))[: len(tail)]}"

        return Ids(
            person=other(self.person),
            profile=other(self.profile),
            draft=other(self.draft),
            job=other(self.job),
            session=other(self.session),
            token=other(self.token),
            code=codes.new(),
            email=f"{secrets.token_hex(5)}@owner.example",
            key="another-key-yet",
        )


@dataclass
class Somebody:
    """An account, made without a hash for each: all share one."""

    person: str
    password: str

    @staticmethod
    def new(kept: Store, email: str, name: str = "") -> "Somebody":
        key = addresses.key(email)
        assert kept.accounts.register(email, key, name, _hashed())
        found = kept.accounts.find(key)
        assert found is not None
        return Somebody(found[0].person, found[1])

    def cookie(self, kept: Store, device: str = "Firefox on Linux") -> str:
        """A new sign-in's token."""
        token = tokens.new()
        lasting = timedelta(days=30)
        assert kept.accounts.sign_in(self.person, self.password, tokens.digest(token), device, lasting)
        return token

    def token(self, kept: Store, name: str = "t") -> str:
        """A new token of the API, with all scopes."""
        token = tokens.new(tokens.PREFIX)
        kept.accounts.add_token(self.person, tokens.digest(token), name, ("read", "write", "draft"), None)
        return token


_kept_hash: list[str] = []


def _hashed() -> str:
    if not _kept_hash:
        _kept_hash.append(passwords.hashed(PASSWORD))
    return _kept_hash[0]


@dataclass
class Place:
    """Everybody, and what is the owner's."""

    kept: Store
    owner: Ids
    nobody: Ids
    administrator: Somebody
    other: Somebody
    token: str
    owners_token: str
    revoked: str
    deleted: Mapping[str, str] = field(default_factory=dict)


def planted(settings: Settings) -> Place:
    """Fill an empty place. The pool of jobs must be at work."""
    kept = store.open_store(settings)
    administrator = Somebody.new(kept, "root@admin.example")
    owner = Somebody.new(kept, EMAIL, f"Ada {MARK}name")
    other = Somebody.new(kept, "eve@other.example")
    ids = _things_of(owner, kept)
    owners_token = owner.token(kept, name=f"{MARK} program")
    revoked = owner.cookie(kept)
    old = next(one.id for one in kept.accounts.sessions(owner.person) if one.id != ids.session)
    kept.accounts.sign_out(owner.person, old)
    gone = Somebody.new(kept, f"gone.{MARK}@owner.example")
    deleted = {"cookie": gone.cookie(kept), "token": gone.token(kept)}
    _things_of(gone, kept)
    kept.delete_person(gone.person)
    return Place(
        kept,
        ids,
        ids.never_existed(),
        administrator,
        other,
        other.token(kept),
        owners_token,
        revoked,
        deleted,
    )


def _things_of(somebody: Somebody, kept: Store) -> Ids:
    document, profile = outreach.read_evidence(f"{MARK}.txt", RESUME.encode())
    profile_id = kept.add(somebody.person, Begin(label=f"{MARK} CV"), document, profile).profile_id
    sender = kept.load(somebody.person, profile_id).profile
    opening = outreach.examine(outreach.read(POSTING).postings[0], sender)
    *_, draft = outreach.draft(opening, sender)
    assert isinstance(draft, Draft)
    saved = kept.history.keep(somebody.person, draft, opening.posting, sender, asks=(f"Say {MARK}.",))
    kept.history.edit(somebody.person, saved.id, f"{MARK} subject", f"A {MARK} body.")
    kept.history.mark(somebody.person, saved.id, state="sent", note=f"{MARK} note")
    job = background.put(kept, somebody.person, "read", calls.Read(text=POSTING))
    _wait_for(kept, somebody.person, job.id)
    somebody.cookie(kept, device=f"{MARK} browser")
    somebody.token(kept, name=f"{MARK} token")
    code = codes.new()
    kept.accounts.add_code(codes.hashed(code), somebody.person)
    return Ids(
        person=somebody.person,
        profile=profile_id,
        draft=saved.id,
        job=job.id,
        session=kept.accounts.sessions(somebody.person)[0].id,
        token=kept.accounts.tokens(somebody.person)[0].id,
        code=code,
        email=EMAIL,
    )


def _wait_for(kept: Store, person: str, job: str) -> None:
    for _ in range(600):
        if kept.jobs.load(person, job).state in _FINISHED:
            return
        time.sleep(0.05)
    raise TimeoutError("the pool does no jobs")


# --- what is the owner's, row by row -----------------------------------------------------------------

_TOUCHED = {"seen_at", "used_at", "expires_at"}
"""What the owner's own visits change."""


class Rows:
    """Every row that is a person's, over whatever tables there are."""

    def __init__(self, settings: Settings, person: str) -> None:
        self._engine = create_engine(store.address(settings))
        self._queries = {table: select(table) for table in metadata.sorted_tables}
        self._person = person

    def digest(self) -> str:
        """A digest of them as they are now."""
        known: dict[Table, list[dict[str, Any]]] = {}
        with self._engine.connect() as connection:
            for table, query in self._queries.items():
                rows = [dict(row) for row in connection.execute(query).mappings()]
                known[table] = [row for row in rows if _is_theirs(table, row, self._person, known)]
        said = "\n".join(line for table, rows in known.items() for line in sorted(_lines(table, rows)))
        return hashlib.sha256(said.encode()).hexdigest()


def _is_theirs(
    table: Table, row: dict[str, Any], person: str, known: dict[Table, list[dict[str, Any]]]
) -> bool:
    if table.name == "people":
        return bool(row["id"] == person)
    for key in table.foreign_key_constraints:
        held = known.get(key.referred_table, ())
        ours = [column.name for column in key.columns]
        theirs = [element.column.name for element in key.elements]
        if any(all(row[a] == one[b] for a, b in zip(ours, theirs, strict=True)) for one in held):
            return True
    return False


def _lines(table: Table, rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"{table.name} " + repr(sorted((k, v) for k, v in row.items() if k not in _TOUCHED))
