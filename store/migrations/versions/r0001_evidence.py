"""Evidence: people, their profiles, the documents, and what these say."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "profiles",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("persona", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_document", sa.Integer(), nullable=False),
        sa.Column("last_record", sa.Integer(), nullable=False),
        sa.Column("last_item", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_profiles_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
    )
    op.create_index(op.f("ix_profiles_person"), "profiles", ["person"], unique=False)
    op.create_table(
        "documents",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("parser", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("profile_warnings", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_documents_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "number", name=op.f("pk_documents")),
    )
    op.create_table(
        "records",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_records_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "number", name=op.f("pk_records")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile", "document"],
            ["documents.profile", "documents.number"],
            name=op.f("fk_contacts_profile_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_contacts_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contacts_profile_document"), "contacts", ["profile", "document"], unique=False)
    op.create_table(
        "items",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("record", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("answered", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["profile", "merged_into"],
            ["items.profile", "items.number"],
            name=op.f("fk_items_profile_merged_into"),
        ),
        sa.ForeignKeyConstraint(
            ["profile", "record"], ["records.profile", "records.number"], name=op.f("fk_items_profile_record")
        ),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_items_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "number", name=op.f("pk_items")),
    )
    op.create_index(op.f("ix_items_merged_into_profile"), "items", ["merged_into", "profile"], unique=False)
    op.create_index(op.f("ix_items_record_profile"), "items", ["record", "profile"], unique=False)
    op.create_table(
        "record_places",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("end", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile", "document"],
            ["documents.profile", "documents.number"],
            name=op.f("fk_record_places_profile_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile", "record"],
            ["records.profile", "records.number"],
            name=op.f("fk_record_places_profile_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_record_places_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "document", "position", name=op.f("pk_record_places")),
    )
    op.create_index(
        op.f("ix_record_places_profile_record"), "record_places", ["profile", "record"], unique=False
    )
    op.create_table(
        "places",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("doubts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile", "document"],
            ["documents.profile", "documents.number"],
            name=op.f("fk_places_profile_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile", "item"],
            ["items.profile", "items.number"],
            name=op.f("fk_places_profile_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_places_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "document", "position", name=op.f("pk_places")),
    )
    op.create_index(op.f("ix_places_profile_item"), "places", ["profile", "item"], unique=False)
