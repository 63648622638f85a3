"""Bookmarks; reading positions say whether a member has any in the topic."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_COMING = sa.text("reminded_at IS NULL AND remind_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("remind_at", UtcDateTime(), nullable=True),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_bookmarks_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_bookmarks_post_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_bookmarks_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmarks")),
    )
    op.create_index("uq_bookmarks_account_id_post_id", "bookmarks", ["account_id", "post_id"], unique=True)
    op.create_index("ix_bookmarks_account_id_created_at", "bookmarks", ["account_id", "created_at", "id"])
    op.create_index("ix_bookmarks_account_id_topic_id", "bookmarks", ["account_id", "topic_id"])
    op.create_index(
        "ix_bookmarks_remind_at", "bookmarks", ["remind_at"], sqlite_where=_COMING, postgresql_where=_COMING
    )
    op.create_index(op.f("ix_bookmarks_post_id"), "bookmarks", ["post_id"])
    op.create_index(op.f("ix_bookmarks_topic_id"), "bookmarks", ["topic_id"])
    with op.batch_alter_table("topic_reads") as batch:
        batch.add_column(sa.Column("has_bookmarks", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("topic_reads") as batch:
        batch.drop_column("has_bookmarks")
    op.drop_table("bookmarks")
