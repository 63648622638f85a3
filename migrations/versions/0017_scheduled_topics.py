"""Topics that wait for their time."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_WAITING = sa.text("refused_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "scheduled_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("publish_at", UtcDateTime(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("wants_org", sa.Boolean(), nullable=False),
        sa.Column("voice", sa.JSON(), nullable=False),
        sa.Column("along", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=True),
        sa.Column("refused_at", UtcDateTime(), nullable=True),
        sa.Column("refusal", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["accounts.id"], name=op.f("fk_scheduled_topics_author_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_scheduled_topics_board_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_topics")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_scheduled_topics_board_id"), "scheduled_topics", ["board_id"])
    op.create_index("ix_scheduled_topics_author_id_publish_at", "scheduled_topics", ["author_id", "publish_at"])
    op.create_index("uq_scheduled_topics_author_id_once", "scheduled_topics", ["author_id", "once"], unique=True)
    op.create_index(
        "ix_scheduled_topics_publish_at",
        "scheduled_topics",
        ["publish_at"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    op.drop_table("scheduled_topics")
