"""Detached answers that wait for those of others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; in SQLite its rows lie in the order of their random keys."""
    op.create_table(
        "held_answers",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("survey", sa.String(80), nullable=False, index=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("held_answers")
