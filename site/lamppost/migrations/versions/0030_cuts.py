"""Why a moderator has taken parts out of what somebody wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what was taken out before no reason is known."""
    column = sa.Column("cut_for", sa.String(40), nullable=False, server_default="")
    op.add_column("cases", column)


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("cut_for")
