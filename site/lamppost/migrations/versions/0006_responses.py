"""Drafts of answers to surveys, and the answers that were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; in SQLite their rows lie in the order of their random keys."""
    op.create_table(
        "survey_drafts",
        sa.Column("key", sa.LargeBinary(32), primary_key=True),
        sa.Column("survey", sa.String(80), nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("sent", sa.Boolean, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("survey", sa.String(80), nullable=False, index=True),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("mode", sa.String(12), nullable=False),
        sa.Column("week", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answers",
        sa.Column(
            "response_id",
            sa.LargeBinary(16),
            sa.ForeignKey("responses.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("part", sa.String(90), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "detached_answers",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("survey", sa.String(80), nullable=False, index=True),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("part", sa.String(90), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("detached_answers", "answers", "responses", "survey_drafts"):
        op.drop_table(name)
