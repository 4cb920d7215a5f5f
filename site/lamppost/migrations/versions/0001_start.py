"""The empty database that every instance starts from."""

from __future__ import annotations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is stored before somebody can send something."""


def downgrade() -> None:
    """Nothing to take away."""
