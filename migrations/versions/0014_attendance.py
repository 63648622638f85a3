"""Attendance of events; when they end, and how often what a topic's form says was changed."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendances",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=5), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("answer in ('yes','maybe','no')", name=op.f("ck_attendances_answer")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_attendances_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_attendances_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic_id", "account_id", name=op.f("pk_attendances")),
    )
    op.create_index(op.f("ix_attendances_account_id"), "attendances", ["account_id"])
    op.create_index("ix_attendances_topic_id_answer_turn", "attendances", ["topic_id", "answer", "turn"])
    with op.batch_alter_table("topics") as batch:
        batch.add_column(sa.Column("ends_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("fields_version", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("fields_changed_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("topics") as batch:
        batch.drop_column("fields_changed_at")
        batch.drop_column("fields_version")
        batch.drop_column("ends_at")
    op.drop_table("attendances")
