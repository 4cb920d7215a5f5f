"""Themes of what people wrote, and who sorted which text into them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; in SQLite the codes lie in the order of the responses' random keys."""
    op.create_table(
        "result_themes",
        sa.Column("survey", sa.String(80), primary_key=True),
        sa.Column("question", sa.String(40), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("names", sa.JSON, nullable=False),
    )
    op.create_table(
        "result_codings",
        sa.Column(
            "response_id",
            sa.LargeBinary(16),
            sa.ForeignKey("responses.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("question", sa.String(40), primary_key=True),
        sa.Column("coder", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("themes", sa.JSON, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the tables away."""
    for name in ("result_codings", "result_themes"):
        op.drop_table(name)
