"""The newest topics of a board and of a tag are found at once."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_topics_board_id_created_at", "topics", ["board_id", "created_at", "id"])
    op.drop_index("ix_topic_tags_tag_id", table_name="topic_tags")
    op.create_index("ix_topic_tags_tag_id", "topic_tags", ["tag_id", "topic_id"])


def downgrade() -> None:
    op.drop_index("ix_topic_tags_tag_id", table_name="topic_tags")
    op.create_index("ix_topic_tags_tag_id", "topic_tags", ["tag_id"])
    op.drop_index("ix_topics_board_id_created_at", table_name="topics")
