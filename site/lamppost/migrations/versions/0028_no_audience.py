"""Everything that is said in a case is for its writer: the column said nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take it away."""
    op.drop_column("case_messages", "audience")


def downgrade() -> None:
    """Add it."""
    column = sa.Column("audience", sa.String(8), nullable=False, server_default="writer")
    op.add_column("case_messages", column)
