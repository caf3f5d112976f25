"""The tables. A profile numbers its own documents, records and items, so `(profile, number)` is their key.

What a document says and what a person decided lie apart: `places` and `record_places` hold the words as read,
one row a place, and go with their document; `items` and `records` hold identity and decisions.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

HEAD = "0004"
"""The migration that makes these tables; a test compares both."""

SINCE = "0003"
"""The oldest migration whose Inroad still works with these tables, so that it serves on while this one is
rolled out, and can be gone back to. A migration that only adds (tables; columns that may be empty or have a
default of the server's) leaves it; one that takes away or changes what that one uses names itself here."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so both databases keep none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value else None


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_profile() -> Column[str]:
    return Column("profile", ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True)


def _to(table: str, column: str, ondelete: str | None = "CASCADE") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["profile", column], [f"{table}.profile", f"{table}.number"], ondelete=ondelete
    )


people = Table(
    "people",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

profiles = Table(
    "profiles",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("persona", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    # The numbers given last, so that none is given twice, even after everything was removed.
    Column("last_document", Integer, nullable=False),
    Column("last_record", Integer, nullable=False),
    Column("last_item", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _of_profile(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("format", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("warnings", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("profile_warnings", Text, nullable=False),
    Column("imported_at", Moment, nullable=False),
)

# Names and contacts, as each document gives them; without a document, as the person set them. The rows' order
# says which came first, and the first stays in use.
contacts = Table(
    "contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("profile", ForeignKey("profiles.id", ondelete="CASCADE"), nullable=False),
    Column("document", Integer),
    Column("field", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("source", Text, nullable=False),
    _to("documents", "document"),
    Index(None, "profile", "document"),
    sqlite_autoincrement=True,
)

# The columns that may be null hold what the person set in place of what was read.
records = Table(
    "records",
    metadata,
    _of_profile(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("title", Text),
    Column("area", Text),
    Column("organization", Text),
    Column("start", Text),
    Column("end", Text),
    Column("current", Boolean),
)

record_places = Table(
    "record_places",
    metadata,
    _of_profile(),
    Column("document", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("record", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("organization", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("end", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("links", Text, nullable=False),
    Column("fields", Text, nullable=False),
    _to("documents", "document"),
    _to("records", "record"),
    Index(None, "profile", "record"),
)

items = Table(
    "items",
    metadata,
    _of_profile(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("type", String(40), nullable=False),
    Column("record", Integer),
    Column("confirmed", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("correction", Text),
    Column("answered", Text, nullable=False),
    Column("merged_into", Integer),
    _to("records", "record", None),
    _to("items", "merged_into", None),
    # The profile comes last, so that no planner takes these for the key.
    Index(None, "record", "profile"),
    Index(None, "merged_into", "profile"),
)

places = Table(
    "places",
    metadata,
    _of_profile(),
    Column("document", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("item", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("page", Integer),
    Column("start", Integer),
    Column("end", Integer),
    Column("confidence", Float, nullable=False),
    Column("doubts", Text, nullable=False),
    _to("documents", "document"),
    _to("items", "item"),
    Index(None, "profile", "item"),
)

# What each account of a model server has been asked, as the writers keep it; an account is a hash.
allowances = Table(
    "allowances",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("book", Text, nullable=False),
)

# The last backup, one row; whatever makes one says so here.
backups = Table(
    "backups",
    metadata,
    Column("made_at", Moment, primary_key=True),
    Column("bytes", BigInteger, nullable=False),
)

# --- accounts ----------------------------------------------------------------------------------------

# Secrets lie here only as hashes: a password's by argon2, a token's or a code's by SHA-256.

accounts = Table(
    "accounts",
    metadata,
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("email", Text, nullable=False),
    Column("email_key", String(320), nullable=False, index=True, unique=True),  # as compared
    Column("name", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("shares_outcomes", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token", String(64), nullable=False, index=True, unique=True),
    Column("person", ForeignKey("accounts.person", ondelete="CASCADE"), nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token", String(64), nullable=False, index=True, unique=True),
    Column("person", ForeignKey("accounts.person", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("expires_at", Moment),
)

# Codes that an administrator hands out, each good for one use: to set a new password, or to make an account.
codes = Table(
    "codes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code", String(64), nullable=False, index=True, unique=True),
    Column("person", ForeignKey("accounts.person", ondelete="CASCADE"), index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

# Failed attempts to sign in; whom and from where is a hash.
attempts = Table(
    "attempts",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first_at", Moment, nullable=False, index=True),
)

# --- history -----------------------------------------------------------------------------------------

# What drafts were made from, each thing once a person however many drafts share it: compressed JSON.
snapshots = Table(
    "snapshots",
    metadata,
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("language", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("company_key", Text, nullable=False),  # as compared
    Column("url", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due", String(10), nullable=False),  # a date, or empty
    Column("note", Text, nullable=False),
    Column("follows", ForeignKey("drafts.id", ondelete="SET NULL"), index=True),
    Column("posting", String(64), nullable=False),
    Column("profile", String(64), nullable=False),
    Column("sources", Integer, nullable=False),
    Column("own_lines", Integer, nullable=False),
    Column("last_version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # What a search looks in. It is long, so it stands last: SQLite reads what comes before without it.
    Column("words", Text, nullable=False),
    Index(None, "person", "created_at", "id"),
)

draft_versions = Table(
    "draft_versions",
    metadata,
    Column("draft", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("by", String(10), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("draft_json", Text),  # what a writer wrote; empty where a person changed its text
    Column("edit_json", Text),  # what the person vouched for, and what each line stands on
    Column("created_at", Moment, nullable=False),
)

# --- work in the background ----------------------------------------------------------------------------

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("request", Text, nullable=False),
    Column("progress", Text, nullable=False),
    Column("result", Text),
    Column("problem", Text),
    Column("tries", Integer, nullable=False),
    Column("worker", String(32)),
    Column("created_at", Moment, nullable=False),
    Column("alive_at", Moment),
    Column("finished_at", Moment),
    Index(None, "state", "created_at"),
)

# Answers to writing calls that a client may repeat: the same key gets the same answer.
answered = Table(
    "answered",
    metadata,
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("status", Integer),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary),
    Column("created_at", Moment, nullable=False, index=True),
)
