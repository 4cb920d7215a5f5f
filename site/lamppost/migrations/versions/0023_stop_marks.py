"""Marks that end the messages of a case."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

CHARACTERS = "0123456789BCDFGHJKMNPQRSTVWXYZ"


def upgrade() -> None:
    """Add the column, and give each case that a receipt opens a mark."""
    op.add_column("cases", sa.Column("stop_mark", sa.String(12), nullable=True))
    cases = sa.table(
        "cases",
        sa.column("id", sa.LargeBinary),
        sa.column("receipt", sa.LargeBinary),
        sa.column("stop_mark", sa.String),
    )
    connection = op.get_bind()
    for key in connection.scalars(sa.select(cases.c.id).where(cases.c.receipt.is_not(None))).all():
        mark = "".join(secrets.choice(CHARACTERS) for _ in range(12))
        connection.execute(cases.update().where(cases.c.id == key).values(stop_mark=mark))
    op.create_index("ix_cases_stop_mark", "cases", ["stop_mark"], unique=True)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_cases_stop_mark", "cases")
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("stop_mark")
