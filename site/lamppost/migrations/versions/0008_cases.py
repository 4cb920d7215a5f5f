"""Cases: what people say of their own accord, and what becomes of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; in SQLite their rows lie in the order of their random keys."""
    op.create_table(
        "cases",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False, index=True),
        sa.Column("reference", sa.String(9), nullable=False, unique=True),
        sa.Column("receipt", sa.LargeBinary(32), unique=True),
        sa.Column("opens_until", sa.Date, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("record_save", sa.String(64), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("answers", sa.JSON),
        sa.Column("technology", sa.String(80), nullable=False, index=True),
        sa.Column("device", sa.String(7), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("wish", sa.String(8), nullable=False),
        sa.Column("visibility", sa.String(8), nullable=False),
        sa.Column("moderation", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("cleared_by", sa.Integer, sa.ForeignKey("staff.id")),
        sa.Column("claimed_by", sa.Integer, sa.ForeignKey("staff.id")),
        sa.Column("version", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_steps",
        _case(),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("move", sa.String(24), nullable=False),
        sa.Column("after", sa.String(24), nullable=False),
        sa.Column("by", sa.String(8), nullable=False),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_messages",
        _case(),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("by", sa.String(8), nullable=False),
        sa.Column("move", sa.String(24), nullable=False),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("translates", sa.Integer, nullable=False),
        sa.Column("made", sa.String(8), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_texts",
        _case(),
        sa.Column("part", sa.String(10), primary_key=True),
        sa.Column("language", sa.String(8), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made", sa.String(8), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_links",
        _case(),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("target", sa.String(80), primary_key=True),
        sqlite_with_rowid=False,
    )


def _case() -> sa.Column[bytes]:
    return sa.Column(
        "case_id",
        sa.LargeBinary(16),
        sa.ForeignKey("cases.id", ondelete="CASCADE"),
        primary_key=True,
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("case_links", "case_texts", "case_messages", "case_steps", "cases"):
        op.drop_table(name)
