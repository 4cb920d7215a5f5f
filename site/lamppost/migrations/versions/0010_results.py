"""Releases of results that wait for approval, and who has approved them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "prepared_results",
        sa.Column("survey", sa.String(80), primary_key=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("prepared_by", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
    )
    op.create_table(
        "results_approval",
        sa.Column(
            "survey",
            sa.String(80),
            sa.ForeignKey("prepared_results.survey", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id"), primary_key=True),
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("results_approval", "prepared_results"):
        op.drop_table(name)
