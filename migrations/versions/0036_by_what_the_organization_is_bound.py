"""By what the organization is bound: its official answers, and what it said that it will do."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statements",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["accounts.id"], name=op.f("fk_statements_owner_id_accounts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_statements_post_id_posts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["posts.id"], name=op.f("fk_statements_superseded_by_id_posts"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_owner_id"), "statements", ["owner_id"])
    op.create_index(op.f("ix_statements_superseded_by_id"), "statements", ["superseded_by_id"])
    op.create_index(
        "ix_statements_review_on",
        "statements",
        ["review_on"],
        sqlite_where=sa.text("superseded_by_id IS NULL"),
        postgresql_where=sa.text("superseded_by_id IS NULL"),
    )
    op.create_table(
        "pledges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["accounts.id"], name=op.f("fk_pledges_created_by_id_accounts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["accounts.id"], name=op.f("fk_pledges_owner_id_accounts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_pledges_post_id_posts"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
    )
    op.create_index(op.f("ix_pledges_owner_id"), "pledges", ["owner_id"])
    op.create_index(op.f("ix_pledges_post_id"), "pledges", ["post_id"])
    op.create_index(
        "ix_pledges_due_on",
        "pledges",
        ["due_on"],
        sqlite_where=sa.text("kept_on IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=sa.text("kept_on IS NULL AND withdrawn_at IS NULL"),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_binding", sa.Boolean(), nullable=False, server_default=sa.false()))
    # What was said officially so far was stated on its day, by its author, and is looked at again in a year.
    op.execute(
        "insert into statements (post_id, owner_id, valid_from, review_on)"
        " select id, author_id, date(created_at), date(created_at) from posts"
        " where intent = 'official' and affiliation_kind <> '' and capacity = 'official'"
    )
    op.execute("update posts set is_binding = true where id in (select post_id from statements)")


def downgrade() -> None:
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_column("is_binding")
    op.drop_table("pledges")
    op.drop_table("statements")
