"""Members who look after a board for a while, and wordings that members suggest for what others wrote."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

ASKED = sa.text("since IS NULL AND ended_at IS NULL")
OPEN = sa.text("state = 'open'")
FLAGGED = sa.text("flag_count > 0")


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        _time("asked_at", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        _time("since"),
        _time("until"),
        _time("reminded_at"),
        _time("ended_at"),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ending", sa.String(11), nullable=False),
        sa.CheckConstraint("months in (3, 6, 12)", name=op.f("ck_appointments_months")),
        sa.CheckConstraint(
            "ending in ('','declined','called_back','resigned','ended','over','renewed')",
            name=op.f("ck_appointments_ending"),
        ),
        _key("appointments", "account_id", "accounts", "CASCADE"),
        _key("appointments", "board_id", "boards", "CASCADE"),
        _key("appointments", "by_id", "accounts", "SET NULL"),
        _key("appointments", "ended_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(op.f("ix_appointments_account_id"), "appointments", ["account_id"])
    op.create_index(op.f("ix_appointments_board_id"), "appointments", ["board_id"])
    op.create_index("ix_appointments_until", "appointments", ["until"])
    op.create_index(
        "uq_appointments_asked",
        "appointments",
        ["account_id", "board_id"],
        unique=True,
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        _time("created_at", nullable=False),
        _time("changed_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.String(255), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=True),
        sa.Column("base_source", sa.Text(), nullable=False),
        sa.Column("base_title", sa.String(255), nullable=True),
        sa.Column("base_tags", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(9), nullable=False),
        _time("decided_at"),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(300), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.CheckConstraint("state in ('open','accepted','declined','withdrawn')", name=op.f("ck_suggestions_state")),
        _key("suggestions", "post_id", "posts", "CASCADE"),
        _key("suggestions", "author_id", "accounts", "CASCADE"),
        _key("suggestions", "decided_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    op.create_index(op.f("ix_suggestions_author_id"), "suggestions", ["author_id"])
    op.create_index(op.f("ix_suggestions_post_id"), "suggestions", ["post_id"])
    op.create_index(
        "uq_suggestions_open",
        "suggestions",
        ["post_id", "author_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_posts_flagged", "posts", ["topic_id"], sqlite_where=FLAGGED, postgresql_where=FLAGGED)


def downgrade() -> None:
    op.drop_index("ix_posts_flagged", "posts")
    op.drop_table("suggestions")
    op.drop_table("appointments")


def _key(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _time(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, UtcDateTime(), nullable=nullable)
