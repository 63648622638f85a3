"""What everybody should know now: announcements to members, banners, incidents, notices of safety, open decisions."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

UNWRITTEN = sa.text("by_mail AND written_at IS NULL")


def upgrade() -> None:
    _notices()
    _failures()
    _announcements()
    # Said in SQL that both databases take: a batch would copy the tables on SQLite, and lose indexes of expressions.
    op.execute("ALTER TABLE topics ADD COLUMN notice VARCHAR(8) NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE accounts ADD COLUMN banner_seen INTEGER NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE site ADD COLUMN banners JSON NOT NULL DEFAULT '[]'")
    op.execute("ALTER TABLE board_states DROP COLUMN incident_since")


def _key(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _notices() -> None:
    op.create_table(
        "incidents",
        _number("id"),
        _number("organization_id"),
        _words("reason", 200),
        _words("role", 12),
        _time("started_at"),
        _number("started_by_id", nullable=True),
        _time("until"),
        _time("ended_at", nullable=True),
        _key("incidents", "organization_id", "organizations"),
        _key("incidents", "started_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index("ix_incidents_started_at", "incidents", ["started_at"])
    op.create_index(op.f("ix_incidents_organization_id"), "incidents", ["organization_id"])
    op.create_table(
        "banners",
        _number("id"),
        _number("organization_id"),
        _words("source", 200),
        sa.Column("html", sa.Text(), nullable=False),
        _words("link", 300),
        _time("raised_at"),
        _number("raised_by_id", nullable=True),
        _time("until"),
        _time("ended_at", nullable=True),
        _key("banners", "organization_id", "organizations"),
        _key("banners", "raised_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banners")),
    )
    op.create_index(op.f("ix_banners_organization_id"), "banners", ["organization_id"])
    op.create_table(
        "safety_notices",
        _number("topic_id"),
        _number("board_id"),
        _words("kind", 8),
        _words("about", 80),
        _words("about_key", 240),
        _time("at"),
        sa.Column("announces", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind in ('safety','security','legal')", name=op.f("ck_safety_notices_kind")),
        _key("safety_notices", "topic_id", "topics", "CASCADE"),
        _key("safety_notices", "board_id", "boards", "CASCADE"),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_safety_notices")),
    )
    op.create_index("ix_safety_notices_about_key_at", "safety_notices", ["about_key", "at"])
    op.create_index("ix_safety_notices_board_id_at", "safety_notices", ["board_id", "at"])


def _failures() -> None:
    op.create_table(
        "guard_lapses",
        _time("hour"),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "is_blind", name=op.f("pk_guard_lapses")),
    )
    op.create_table(
        "decision_items",
        _number("id"),
        _number("organization_id"),
        _time("opened_at"),
        _number("over"),
        _number("posts"),
        _number("decision_id", nullable=True),
        _key("decision_items", "organization_id", "organizations"),
        _key("decision_items", "decision_id", "decisions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_items")),
    )
    op.create_index(op.f("ix_decision_items_decision_id"), "decision_items", ["decision_id"])
    op.create_index("ix_decision_items_organization_id_opened_at", "decision_items", ["organization_id", "opened_at"])


def _announcements() -> None:
    op.create_table(
        "announcement_turns",
        _number("account_id"),
        _time("last_at"),
        _number("post_id"),
        _key("announcement_turns", "account_id", "accounts", "CASCADE"),
        _key("announcement_turns", "post_id", "posts", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_announcement_turns")),
    )
    op.create_index(op.f("ix_announcement_turns_post_id"), "announcement_turns", ["post_id"])
    op.create_table(
        "announcement_deliveries",
        _number("post_id"),
        _number("account_id"),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        _time("written_at", nullable=True),
        _key("announcement_deliveries", "post_id", "posts", "CASCADE"),
        _key("announcement_deliveries", "account_id", "accounts", "CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "account_id", name=op.f("pk_announcement_deliveries")),
    )
    op.create_index("ix_announcement_deliveries_account_id", "announcement_deliveries", ["account_id"])
    op.create_index(
        "ix_announcement_deliveries_unwritten",
        "announcement_deliveries",
        ["post_id", "account_id"],
        sqlite_where=UNWRITTEN,
        postgresql_where=UNWRITTEN,
    )


def downgrade() -> None:
    op.execute(f"ALTER TABLE board_states ADD COLUMN incident_since {UtcDateTime().compile(op.get_bind().dialect)}")
    op.execute("ALTER TABLE site DROP COLUMN banners")
    op.execute("ALTER TABLE accounts DROP COLUMN banner_seen")
    op.execute("ALTER TABLE topics DROP COLUMN notice")
    for table in (
        "announcement_deliveries", "announcement_turns", "decision_items", "guard_lapses", "safety_notices",
        "banners", "incidents",
    ):  # fmt: skip
        op.drop_table(table)
