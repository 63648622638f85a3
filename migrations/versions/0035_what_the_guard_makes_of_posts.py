"""Replies that stand by, what is posted all the same, whom Hosts give leave; who should speak first in a topic."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

STATES = "'held','published','cancelled_by_peer','released_by_asker','withdrawn','expired','moot'"
HELD = sa.text("state = 'held'")


def _points(column: str, to: str) -> str:
    return f"INTEGER CONSTRAINT fk_topics_{column} REFERENCES {to} (id)"


def _new() -> dict[str, dict[str, str]]:
    time = UtcDateTime().compile(op.get_bind().dialect)
    return {
        "posts": {"waited_since": time, "judged_source": "TEXT"},
        "topics": {
            "waived_at": time,
            "taken_at": time,
            "taken_by_id": _points("taken_by_id", "accounts"),
            "urgent_at": time,
            "urgent_by_id": _points("urgent_by_id", "accounts"),
            "org_seen_at": time,
            "members_first_until": time,
            "stand_by_id": "INTEGER",
        },
    }


def upgrade() -> None:
    _stand_bys()
    _overrides()
    _requests()
    # Said in SQL that both databases take: a batch would copy the tables on SQLite, and lose indexes of expressions.
    for table, columns in _new().items():
        for column, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


def _key(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _stand_bys() -> None:
    op.create_table(
        "stand_bys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("reply_to_number", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("voice", sa.JSON(), nullable=False),
        sa.Column("along", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("look_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(length=300), nullable=False),
        sa.CheckConstraint(f"state in ({STATES})", name=op.f("ck_stand_bys_state")),
        _key("stand_bys", "topic_id", "topics", "CASCADE"),
        _key("stand_bys", "author_id", "accounts", "CASCADE"),
        _key("stand_bys", "post_id", "posts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_bys")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stand_bys_author_id_created_at", "stand_bys", ["author_id", "created_at"])
    op.create_index("ix_stand_bys_post_id", "stand_bys", ["post_id"])
    op.create_index("uq_stand_bys_author_id_once", "stand_bys", ["author_id", "once"], unique=True)
    partly = {"sqlite_where": HELD, "postgresql_where": HELD}
    op.create_index("ix_stand_bys_look_at", "stand_bys", ["look_at"], **partly)
    op.create_index("uq_stand_bys_held", "stand_bys", ["topic_id"], unique=True, **partly)


def _overrides() -> None:
    op.create_table(
        "overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("most", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        _key("overrides", "approver_id", "accounts", "SET NULL"),
        _key("overrides", "author_id", "accounts", "SET NULL"),
        _key("overrides", "board_id", "boards"),
        _key("overrides", "post_id", "posts", "SET NULL"),
        _key("overrides", "topic_id", "topics", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_overrides_at", "overrides", ["at", "id"])
    op.create_index("ix_overrides_board_id_at", "overrides", ["board_id", "at"])
    for column in ("author_id", "post_id", "topic_id"):
        op.create_index(f"ix_overrides_{column}", "overrides", [column])


def _requests() -> None:
    op.create_table(
        "override_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=5), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(length=10), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("place in ('reply','topic','edit')", name=op.f("ck_override_requests_place")),
        _key("override_requests", "author_id", "accounts", "CASCADE"),
        _key("override_requests", "organization_id", "organizations"),
        _key("override_requests", "board_id", "boards"),
        _key("override_requests", "decided_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override_requests")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_override_requests_author_id_asked_at", "override_requests", ["author_id", "asked_at"])
    op.create_index("ix_override_requests_board_id", "override_requests", ["board_id"])
    op.create_index("ix_override_requests_expires_at", "override_requests", ["expires_at"])


def downgrade() -> None:
    for table, columns in _new().items():
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("override_requests", "overrides", "stand_bys"):
        op.drop_table(table)
