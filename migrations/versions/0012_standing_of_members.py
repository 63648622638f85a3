"""How far members are known here: reading time, days, and levels at which somebody is held."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standings",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reading_seconds", sa.Integer(), nullable=False),
        sa.Column("last_read_at", UtcDateTime(), nullable=True),
        sa.Column("held_level", sa.String(length=10), nullable=False),
        sa.Column("held_reason", sa.String(length=300), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("held_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("held_level in ('', 'newcomer', 'member', 'regular')", name=op.f("ck_standings_held_level")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_standings_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["held_by_id"], ["accounts.id"], name=op.f("fk_standings_held_by_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_standings")),
    )
    op.create_table(
        "days_here",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_days_here_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "day", name=op.f("pk_days_here")),
    )
    op.create_index("ix_days_here_day", "days_here", ["day"])


def downgrade() -> None:
    op.drop_table("days_here")
    op.drop_table("standings")
