"""How to reach who wrote, and the files they sent, apart from all answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; in SQLite their rows lie in the order of their random keys."""
    op.create_table(
        "contacts",
        *_belonging(),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachments",
        *_belonging(),
        sa.Column("file", sa.String(32), nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sqlite_with_rowid=False,
    )


def _belonging() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_key", sa.LargeBinary(32), nullable=False, index=True),
        sa.Column("delete_after", sa.Date, nullable=False, index=True),
    ]


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("attachments")
    op.drop_table("contacts")
