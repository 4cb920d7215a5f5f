"""At which step the answer was given that anybody may read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ANSWERS = ("answer", "forward", "not-now", "decline", "adopt", "end")


def upgrade() -> None:
    """Add the column. The answers that stand there were the last ones, as far as anybody knows."""
    op.add_column("case_texts", sa.Column("step", sa.Integer, nullable=False, server_default="0"))
    texts = sa.table(
        "case_texts",
        sa.column("case_id", sa.LargeBinary),
        sa.column("part", sa.String),
        sa.column("step", sa.Integer),
    )
    steps = sa.table(
        "case_steps",
        sa.column("case_id", sa.LargeBinary),
        sa.column("number", sa.Integer),
        sa.column("move", sa.String),
    )
    last = (
        sa.select(sa.func.coalesce(sa.func.max(steps.c.number), 0))
        .where(steps.c.case_id == texts.c.case_id, steps.c.move.in_(ANSWERS))
        .scalar_subquery()
    )
    op.get_bind().execute(texts.update().where(texts.c.part == "answer").values(step=last))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("case_texts") as texts:
        texts.drop_column("step")
