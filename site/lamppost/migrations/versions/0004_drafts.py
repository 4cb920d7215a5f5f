"""Drafts of briefs: what staff write before it is published, and who wrote it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("brief", sa.String(60), nullable=False, unique=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("begun_by", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("begun_at", sa.DateTime, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.Column("seen", sa.JSON, nullable=False),
        sa.Column("remarks", sa.Text, nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("due_on", sa.Date),
    )
    op.create_table(
        "draft_text",
        sa.Column("draft_id", sa.Integer, _of_draft(), primary_key=True),
        sa.Column("language", sa.String(20), primary_key=True),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made", sa.JSON, nullable=False),
        sa.Column("source", sa.JSON),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
    )
    op.create_table(
        "draft_picture",
        sa.Column("draft_id", sa.Integer, _of_draft(), primary_key=True),
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("alt", sa.JSON, nullable=False),
        sa.Column("caption", sa.JSON, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "draft_writer",
        sa.Column("draft_id", sa.Integer, _of_draft(), primary_key=True),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id"), primary_key=True),
    )
    op.create_table(
        "draft_visit",
        sa.Column("draft_id", sa.Integer, _of_draft(), primary_key=True),
        sa.Column("part", sa.String(20), primary_key=True),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )


def _of_draft() -> sa.ForeignKey:
    return sa.ForeignKey("draft.id", ondelete="CASCADE")


def downgrade() -> None:
    """Take the tables away."""
    for name in ("draft_visit", "draft_writer", "draft_picture", "draft_text", "draft"):
        op.drop_table(name)
