"""How closely members follow topics, boards and tags; the boards' defaults; which topics are talked about."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

LEVELS = "level in ('watching', 'first_post', 'answers', 'tracking', 'normal', 'muted')"


def _account(name: str, table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], ["accounts.id"], name=op.f(f"fk_{table}_{name}"), ondelete=ondelete)


def _board(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f(f"fk_{table}_board_id"), ondelete="CASCADE")


def upgrade() -> None:
    with op.batch_alter_table("topic_reads", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.String(length=8), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("level_by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("seconds", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_check_constraint(
            op.f("ck_topic_reads_level"), "level in ('', 'watching', 'tracking', 'normal', 'muted')"
        )
        batch_op.create_index("ix_topic_reads_account_id_level", ["account_id", "level"], unique=False)
        batch_op.create_index(
            "ix_topic_reads_watching",
            ["topic_id"],
            unique=False,
            sqlite_where=sa.text("level = 'watching'"),
            postgresql_where=sa.text("level = 'watching'"),
        )
    # Who opened a topic watches it, who replied tracks it: as if it had always been so.
    op.execute(
        "update topic_reads set level = 'tracking' where exists (select 1 from posts where "
        "posts.topic_id = topic_reads.topic_id and posts.author_id = topic_reads.account_id and posts.number > 1)"
    )
    op.execute(
        "update topic_reads set level = 'watching' where exists (select 1 from topics where "
        "topics.id = topic_reads.topic_id and topics.author_id = topic_reads.account_id)"
    )
    op.create_table(
        "board_defaults",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(LEVELS, name=op.f("ck_board_defaults_level")),
        _board("board_defaults"),
        _account("set_by_id", "board_defaults", "SET NULL"),
        sa.PrimaryKeyConstraint("board_id", name=op.f("pk_board_defaults")),
    )
    with op.batch_alter_table("board_defaults", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_defaults_set_by_id"), ["set_by_id"], unique=False)
    op.create_table(
        "default_applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(LEVELS, name=op.f("ck_default_applications_level")),
        _board("default_applications"),
        _account("by_id", "default_applications", "SET NULL"),
        _account("undone_by_id", "default_applications", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_applications")),
    )
    with op.batch_alter_table("default_applications", schema=None) as batch_op:
        batch_op.create_index("ix_default_applications_board_id", ["board_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_default_applications_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_default_applications_undone_by_id"), ["undone_by_id"], unique=False)
    op.create_table(
        "board_follows",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("applied_id", sa.Integer(), nullable=True),
        sa.Column("level_before", sa.String(length=10), nullable=False),
        sa.CheckConstraint(LEVELS, name=op.f("ck_board_follows_level")),
        _account("account_id", "board_follows", "CASCADE"),
        _board("board_follows"),
        sa.ForeignKeyConstraint(
            ["applied_id"], ["default_applications.id"], name=op.f("fk_board_follows_applied_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("account_id", "board_id", name=op.f("pk_board_follows")),
    )
    with op.batch_alter_table("board_follows", schema=None) as batch_op:
        batch_op.create_index("ix_board_follows_board_id_level", ["board_id", "level"], unique=False)
        batch_op.create_index(batch_op.f("ix_board_follows_applied_id"), ["applied_id"], unique=False)
    op.create_table(
        "tag_follows",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.CheckConstraint(LEVELS, name=op.f("ck_tag_follows_level")),
        _account("account_id", "tag_follows", "CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_tag_follows_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "tag_id", name=op.f("pk_tag_follows")),
    )
    with op.batch_alter_table("tag_follows", schema=None) as batch_op:
        batch_op.create_index("ix_tag_follows_tag_id_level", ["tag_id", "level"], unique=False)
    op.create_table(
        "topic_scores",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("span", sa.String(length=5), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("scored_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("span in ('hot', 'day', 'week', 'month', 'year')", name=op.f("ck_topic_scores_span")),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_topic_scores_topic_id"), ondelete="CASCADE"),
        _board("topic_scores"),
        sa.PrimaryKeyConstraint("topic_id", "span", name=op.f("pk_topic_scores")),
    )
    with op.batch_alter_table("topic_scores", schema=None) as batch_op:
        batch_op.create_index("ix_topic_scores_span_score", ["span", "score", "topic_id"], unique=False)
        batch_op.create_index(
            "ix_topic_scores_span_board_id_score", ["span", "board_id", "score", "topic_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_topic_scores_board_id"), ["board_id"], unique=False)
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.create_index("ix_reactions_created_at", ["created_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.drop_index("ix_reactions_created_at")
    op.drop_table("topic_scores")
    op.drop_table("tag_follows")
    op.drop_table("board_follows")
    op.drop_table("default_applications")
    op.drop_table("board_defaults")
    with op.batch_alter_table("topic_reads", schema=None) as batch_op:
        batch_op.drop_index("ix_topic_reads_watching")
        batch_op.drop_index("ix_topic_reads_account_id_level")
        batch_op.drop_constraint(op.f("ck_topic_reads_level"), type_="check")
        batch_op.drop_column("seconds")
        batch_op.drop_column("level_by_hand")
        batch_op.drop_column("level")
