"""Since when a message waits to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. What waited before is taken to wait since it was to be tried next."""
    column = sa.Column(
        "noted_at", sa.DateTime, nullable=False, server_default="2026-01-01 00:00:00"
    )
    op.add_column("case_notices", column)
    op.execute("UPDATE case_notices SET noted_at = next_at")


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("case_notices") as notices:
        notices.drop_column("noted_at")
