"""Files that were prepared for the public are called so, whether photos or PDFs."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Call the table and its column by what they hold."""
    op.rename_table("case_photos", "case_files")
    op.alter_column("case_files", "picture", new_column_name="data")


def downgrade() -> None:
    """Call them as before."""
    op.alter_column("case_files", "data", new_column_name="picture")
    op.rename_table("case_files", "case_photos")
