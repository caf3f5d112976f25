"""Backups: when the last one was made, so that who runs a place learns when none is made any more."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of the last backup."""
    op.create_table(
        "backups",
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("made_at", name=op.f("pk_backups")),
    )
