"""Objections to decisions of moderators, answered by somebody who took no part."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("ruling_id", sa.Integer, sa.ForeignKey("rulings.id"), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_at", UtcDateTime),
        sa.Column("decided_by_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.CheckConstraint("state in ('open', 'upheld', 'reversed', 'withdrawn')", name=op.f("ck_appeals_state")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_appeals_words")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_appeals_open", "appeals", ["ruling_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_appeals_ruling_id", "appeals", ["ruling_id"])
    op.create_index("ix_appeals_account_id", "appeals", ["account_id"])
    op.create_index("ix_appeals_at", "appeals", ["at"])


def downgrade() -> None:
    op.drop_table("appeals")
