"""Support for pitches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "pitch_support",
        sa.Column("mark", sa.LargeBinary(32), primary_key=True),
        sa.Column(
            "case_id",
            sa.LargeBinary(16),
            sa.ForeignKey("cases.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pitch_support_case_id", "pitch_support", ["case_id"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_index("ix_pitch_support_case_id", "pitch_support")
    op.drop_table("pitch_support")
