"""Themes that were removed, or that another one has taken the place of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("result_themes", sa.Column("into", sa.String(40)))


def downgrade() -> None:
    """Take the column away, and the themes that stand no more."""
    op.execute(sa.text('DELETE FROM result_themes WHERE "into" IS NOT NULL'))
    op.drop_column("result_themes", "into")
