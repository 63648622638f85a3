"""Topics that were merged away, slow topics, posts left unread before a reader's place, and what the tools did."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("topics", sa.Column("merged_post_id", sa.Integer(), nullable=True))
    op.add_column("topics", sa.Column("slow_minutes", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_topics_merged_post_id", "topics", ["merged_post_id"])
    op.create_table(
        "read_gaps",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_read_gaps_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_read_gaps_post_id_posts"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "post_id", name=op.f("pk_read_gaps")),
    )
    op.create_index("ix_read_gaps_post_id", "read_gaps", ["post_id"])
    op.create_table(
        "bulk_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tool", sa.String(20), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], ["accounts.id"], name=op.f(f"fk_bulk_runs_{name}_accounts"), ondelete="SET NULL"
            )
            for name in ("by_id", "undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bulk_runs_by_id_at", "bulk_runs", ["by_id", "at"])


def downgrade() -> None:
    op.drop_table("bulk_runs")
    op.drop_table("read_gaps")
    op.drop_index("ix_topics_merged_post_id", table_name="topics")
    op.drop_column("topics", "slow_minutes")
    op.drop_column("topics", "merged_post_id")
