"""Which posts link to which topics."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topic_links",
        sa.Column("from_post_id", sa.Integer(), nullable=False),
        sa.Column("to_topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_post_id"], ["posts.id"], name=op.f("fk_topic_links_from_post_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_topic_id"], ["topics.id"], name=op.f("fk_topic_links_to_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("from_post_id", "to_topic_id", name=op.f("pk_topic_links")),
    )
    op.create_index(op.f("ix_topic_links_to_topic_id"), "topic_links", ["to_topic_id"])


def downgrade() -> None:
    op.drop_table("topic_links")
