"""What reviewers found in the sections of a case's answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "case_findings",
        sa.Column(
            "case_id",
            sa.LargeBinary(16),
            sa.ForeignKey("cases.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("section", sa.String(40), primary_key=True),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("case_findings")
