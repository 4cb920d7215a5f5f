"""Which texts wait for a second person beside what can be read of a case already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. So far nothing could be read while something waited."""
    column = sa.Column("waits", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("case_texts", column)


def downgrade() -> None:
    """Take it away, and what waits: there it could be read."""
    op.execute("DELETE FROM case_texts WHERE waits")
    with op.batch_alter_table("case_texts") as texts:
        texts.drop_column("waits")
