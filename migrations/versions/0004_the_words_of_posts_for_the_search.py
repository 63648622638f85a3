"""The words of posts for the search; those of older posts are written by a job, or at once by `flask index`."""

import sqlalchemy as sa
from alembic import op

from forum.core.db.dialect_search import create_index, drop_index

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post_texts",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("has", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_texts_post_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_post_texts")),
    )
    op.create_index("ix_post_texts_version", "post_texts", ["version"])
    op.execute(
        "INSERT INTO post_texts (post_id, title, body, context, has, version) "
        "SELECT id, '', '', '', 0, 0 FROM posts WHERE action = ''"
    )
    create_index(op.get_bind())


def downgrade() -> None:
    drop_index(op.get_bind())
    op.drop_table("post_texts")
