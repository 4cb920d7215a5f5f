"""In which language an earlier version of a case was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. What was kept before is taken to be in the language of its case."""
    column = sa.Column("language", sa.String(8), nullable=False, server_default="")
    op.add_column("case_revisions", column)
    op.execute(
        "UPDATE case_revisions SET language ="
        " (SELECT cases.language FROM cases WHERE cases.id = case_revisions.case_id)"
    )


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("case_revisions") as revisions:
        revisions.drop_column("language")
