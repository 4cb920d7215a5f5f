"""Until when somebody has taken a case on; longer names of what a case leads to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

BEFORE, AFTER = 80, 200


def upgrade() -> None:
    """Add the column. What is taken on already stays so for a week."""
    op.add_column("cases", sa.Column("claimed_until", sa.Date, nullable=True))
    cases = sa.table(
        "cases", sa.column("claimed_by", sa.Integer), sa.column("claimed_until", sa.Date)
    )
    until = datetime.now(UTC).date() + timedelta(days=7)
    claimed = cases.update().where(cases.c.claimed_by.is_not(None))
    op.get_bind().execute(claimed.values(claimed_until=until))
    with op.batch_alter_table("case_links") as links:
        links.alter_column("target", type_=sa.String(AFTER), existing_type=sa.String(BEFORE))


def downgrade() -> None:
    """Take it away; what does not fit into a shorter name goes."""
    links = sa.table("case_links", sa.column("target", sa.String))
    too_long = sa.func.length(links.c.target) > BEFORE
    op.get_bind().execute(links.delete().where(too_long))
    with op.batch_alter_table("case_links") as table:
        table.alter_column("target", type_=sa.String(BEFORE), existing_type=sa.String(AFTER))
    with op.batch_alter_table("cases") as table:
        table.drop_column("claimed_until")
