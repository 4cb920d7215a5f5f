"""Why a case is held, and how many of each kind went because their time was over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both; no case is held so far."""
    op.add_column("cases", sa.Column("held", sa.String(200), nullable=False, server_default=""))
    op.create_table(
        "purged",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("purged")
    with op.batch_alter_table("cases") as table:
        table.drop_column("held")
