"""The day of the decision against which a writer can appeal."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Of what was decided before no day is known: its time begins today."""
    op.add_column("cases", sa.Column("moderated_on", sa.Date, nullable=True))
    cases = sa.table(
        "cases",
        sa.column("visibility", sa.String),
        sa.column("moderation", sa.String),
        sa.column("moderated_on", sa.Date),
    )
    is_decided = sa.or_(cases.c.moderation == "withheld", cases.c.visibility != "private")
    today = datetime.now(UTC).date()
    op.get_bind().execute(cases.update().where(is_decided).values(moderated_on=today))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("moderated_on")
