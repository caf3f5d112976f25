"""The tables. A profile numbers its own documents, records and items, so `(profile, number)` is their key.

What a document says and what a person decided lie apart: `places` and `record_places` hold the words as read,
one row a place, and go with their document; `items` and `records` hold identity and decisions.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

HEAD = "0002"
"""The migration that makes these tables; a test compares both."""


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
