"""Criteria, evaluators and points of pitches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _case() -> sa.Column[bytes]:
    return sa.Column(
        "case_id",
        sa.LargeBinary(16),
        sa.ForeignKey("cases.id", ondelete="CASCADE"),
        primary_key=True,
    )


def _staff() -> sa.Column[int]:
    key = sa.ForeignKey("staff.id")
    return sa.Column("staff_id", sa.Integer, key, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Add the tables; in SQLite the rows lie in the order of the cases' random keys."""
    op.create_table(
        "pitch_criteria",
        _case(),
        sa.Column("criterion", sa.String(20), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pitch_evaluators",
        _case(),
        _staff(),
        sa.Column("has_conflict", sa.Boolean, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pitch_points",
        _case(),
        _staff(),
        sa.Column("criterion", sa.String(20), primary_key=True),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("pitch_points", "pitch_evaluators", "pitch_criteria"):
        op.drop_table(name)
