"""Boards have a stage, looked at on the 1st of each month."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stage_evaluations",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_posts", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("peers", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("matured", sa.Integer(), nullable=False),
        sa.Column("absence_factor", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=13), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage in ('inception', 'establishment', 'maturity')", name=op.f("ck_stage_evaluations_stage")
        ),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_stage_evaluations_board_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", "at", name=op.f("pk_stage_evaluations")),
    )


def downgrade() -> None:
    op.drop_table("stage_evaluations")
