"""What the guard reads of a board, kept while people write; as whom a topic was pinned."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

COUNTS = ("posts", "our_posts", "topics", "our_topics", "announcements", "seeds")


def upgrade() -> None:
    op.create_table(
        "board_states",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("counted_from", UtcDateTime(), nullable=False),
        sa.Column("measured_at", UtcDateTime(), nullable=True),
        sa.Column("stage", sa.String(length=13), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.Column("voice_k", sa.Integer(), nullable=True),
        sa.Column("voice_n", sa.Integer(), nullable=True),
        sa.Column("staff_first", sa.JSON(), nullable=False),
        sa.Column("peer_answers", sa.JSON(), nullable=False),
        sa.Column("pins", sa.JSON(), nullable=False),
        sa.Column("shadow_until", UtcDateTime(), nullable=True),
        sa.Column("incident_since", UtcDateTime(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.CheckConstraint("stage in ('inception', 'establishment', 'maturity')", name=op.f("ck_board_states_stage")),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_board_states_board_id_boards"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", name=op.f("pk_board_states")),
    )
    op.create_table(
        "board_hours",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("hour", UtcDateTime(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_board_hours_board_id_boards"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", "hour", name=op.f("pk_board_hours")),
    )
    with op.batch_alter_table("stage_evaluations") as batch:
        for name in ("staff_first", "first_replied"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("topics", sa.Column("pinned_as", sa.String(length=5), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("topics", "pinned_as")
    with op.batch_alter_table("stage_evaluations") as batch:
        for name in ("first_replied", "staff_first"):
            batch.drop_column(name)
    op.drop_table("board_hours")
    op.drop_table("board_states")
