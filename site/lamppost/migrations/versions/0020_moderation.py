"""Photos for the public, appeals, who took part in clearing, and contacts that get no messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and the columns."""
    op.create_table(
        "case_photos",
        _case(),
        sa.Column("attachment_id", sa.LargeBinary(16), primary_key=True),
        sa.Column("boxes", sa.JSON, nullable=False),
        sa.Column("alt", sa.JSON, nullable=False),
        sa.Column("cleared_by", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("picture", sa.LargeBinary, nullable=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_appeals",
        _case(),
        sa.Column("asked_on", sa.Date, nullable=False),
        sa.Column("result", sa.String(10), nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("cases", sa.Column("moderated_by", sa.JSON, nullable=False, server_default="[]"))
    op.add_column(
        "contacts", sa.Column("stopped", sa.Boolean, nullable=False, server_default=sa.false())
    )
    # Who has cleared or proposed to withhold until now; who agreed was not written down.
    cases = sa.table(
        "cases",
        sa.column("id", sa.LargeBinary),
        sa.column("cleared_by", sa.Integer),
        sa.column("moderated_by", sa.JSON),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(cases.c.id, cases.c.cleared_by).where(cases.c.cleared_by.is_not(None))
    ).all()
    for id_, staff in rows:
        connection.execute(cases.update().where(cases.c.id == id_).values(moderated_by=[staff]))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("contacts") as contacts:
        contacts.drop_column("stopped")
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("moderated_by")
    op.drop_table("case_appeals")
    op.drop_table("case_photos")


def _case() -> sa.Column[bytes]:
    return sa.Column(
        "case_id",
        sa.LargeBinary(16),
        sa.ForeignKey("cases.id", ondelete="CASCADE"),
        primary_key=True,
    )
