"""What else is about the host: other names of it, whatever answers in a topic about it, what waits, objections."""

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

NO = "BOOLEAN NOT NULL DEFAULT false"
FLAGS = (("topics", "about_host"), ("held_posts", "concerns_host"), ("appeals", "about_host"))


def upgrade() -> None:
    # Said in SQL that both databases take: a batch would copy the tables on SQLite.
    for table, column in FLAGS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {NO}")
    op.execute("ALTER TABLE organizations ADD COLUMN also_known_as JSON NOT NULL DEFAULT '[]'")
    # What one of its people began in their own name was noted as by it, and need not be about it.
    op.execute("""
        UPDATE topics SET about_host = true WHERE concerns_host AND NOT EXISTS (
            SELECT 1 FROM posts JOIN organizations ON organizations.id = posts.organization_id
            WHERE organizations.is_host AND posts.topic_id = topics.id AND posts.number = 1
            AND posts.capacity = 'personal'
        )
    """)
    op.execute("""
        UPDATE posts SET concerns_host = true WHERE action = '' AND NOT concerns_host
        AND topic_id IN (SELECT id FROM topics WHERE about_host)
    """)
    op.execute("""
        UPDATE cases SET concerns_host = true WHERE subject_kind = 'post' AND closed_at IS NULL
        AND subject_id IN (SELECT id FROM posts WHERE concerns_host)
    """)
    # Flags of its people on what is about it count as reports no more.
    op.execute("""
        UPDATE posts SET flag_count = flag_count - (
            SELECT count(*) FROM flags WHERE flags.subject_kind = 'post' AND flags.subject_id = posts.id
            AND flags.weight = 0 AND flags.by_id IS NOT NULL AND flags.verdict IN ('', 'right')
            AND flags.rule NOT IN ('outdated', 'wrong_board')
        ) WHERE flag_count > 0
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE organizations DROP COLUMN also_known_as")
    for table, column in reversed(FLAGS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
