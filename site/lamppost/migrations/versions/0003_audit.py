"""The audit log, which the database itself lets nobody change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEEP = "the audit log is only added to"


def upgrade() -> None:
    """Add the table and its triggers."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("staff_id", sa.Integer),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("deed", sa.String(60), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("before", sa.String(64), nullable=False, unique=True),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION keep_audit() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{KEEP}'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION keep_audit()"
        )
        op.execute(
            "CREATE TRIGGER keep_all_audit BEFORE TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER keep_audit_{deed.lower()} BEFORE {deed} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{KEEP}'); END"
        )


def downgrade() -> None:
    """Take the table away, and its triggers with it."""
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_audit()")
