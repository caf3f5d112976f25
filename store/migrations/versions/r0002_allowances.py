"""Allowances: what each account of a model server has been asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of books."""
    op.create_table(
        "allowances",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_allowances")),
    )
