"""Which words of answers are quoted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; in SQLite its rows lie in the order of the responses' random keys."""
    op.create_table(
        "result_quotes",
        sa.Column(
            "response_id",
            sa.LargeBinary(16),
            sa.ForeignKey("responses.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("question", sa.String(40), primary_key=True),
        sa.Column("quoted", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("result_quotes")
