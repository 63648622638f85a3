"""Notices, and the channels that members chose for them."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("fold", sa.String(length=80), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["accounts.id"], name=op.f("fk_notices_recipient_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_notices_topic_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_notices_post_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_notices_actor_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("uq_notices_recipient_id_about", ["recipient_id", "about"], unique=True)
        batch_op.create_index("ix_notices_recipient_id_id", ["recipient_id", "id"], unique=False)
        batch_op.create_index("ix_notices_about", ["about"], unique=False)
        batch_op.create_index("ix_notices_post_id", ["post_id"], unique=False)
        batch_op.create_index("ix_notices_topic_id", ["topic_id"], unique=False)
        batch_op.create_index("ix_notices_read_at", ["read_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            "ix_notices_unread",
            ["recipient_id", "topic_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL AND on_site"),
            postgresql_where=sa.text("read_at IS NULL AND on_site"),
        )
    op.create_table(
        "channel_choices",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.CheckConstraint("channel in ('site', 'mail', 'digest', 'push')", name=op.f("ck_channel_choices_channel")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_channel_choices_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", "channel", name=op.f("pk_channel_choices")),
    )
    op.create_table(
        "group_calls",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_calls_group_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_group_calls_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "account_id", name=op.f("pk_group_calls")),
    )
    with op.batch_alter_table("group_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_calls_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("group_calls")
    op.drop_table("channel_choices")
    op.drop_table("notices")
