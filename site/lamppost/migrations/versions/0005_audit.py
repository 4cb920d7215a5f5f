"""Old entries of the audit log may go, once a newer entry tells which and holds the last seal."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEEP = "the audit log is only added to"
YOUNGEST_DAYS = 29
"""Nothing younger goes, whatever an entry says."""


def upgrade() -> None:
    """Let the triggers allow to delete what an entry ``clear log`` names."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER keep_audit ON audit")
        op.execute(
            "CREATE TRIGGER keep_audit BEFORE UPDATE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION keep_audit()"
        )
        op.execute(
            "CREATE FUNCTION keep_young_audit() RETURNS trigger AS $$ BEGIN "  # noqa: S608 - ours
            f"IF OLD.at < (now() AT TIME ZONE 'utc') - interval '{YOUNGEST_DAYS} days' "
            "AND EXISTS (SELECT 1 FROM audit WHERE deed = 'clear log' AND id > OLD.id "
            "AND CAST(split_part(what, ' ', 1) AS integer) >= OLD.id) "
            f"THEN RETURN OLD; END IF; RAISE EXCEPTION '{KEEP}'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER keep_young_audit BEFORE DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION keep_young_audit()"
        )
        return
    op.execute("DROP TRIGGER keep_audit_delete")
    op.execute(
        "CREATE TRIGGER keep_audit_delete BEFORE DELETE ON audit "  # noqa: S608 - ours
        f"WHEN OLD.at >= datetime('now', '-{YOUNGEST_DAYS} days') "
        "OR NOT EXISTS (SELECT 1 FROM audit WHERE deed = 'clear log' AND id > OLD.id "
        "AND CAST(what AS INTEGER) >= OLD.id) "
        f"BEGIN SELECT RAISE(ABORT, '{KEEP}'); END"
    )


def downgrade() -> None:
    """Forbid to delete anything again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER keep_young_audit ON audit")
        op.execute("DROP FUNCTION keep_young_audit()")
        op.execute("DROP TRIGGER keep_audit ON audit")
        op.execute(
            "CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION keep_audit()"
        )
        return
    op.execute("DROP TRIGGER keep_audit_delete")
    op.execute(
        "CREATE TRIGGER keep_audit_delete BEFORE DELETE ON audit "
        f"BEGIN SELECT RAISE(ABORT, '{KEEP}'); END"
    )
