"""What keeps abuse out: blocks, addresses that were seen, sign-ups in an hour; reports of illegal content; spam
accounts removed in bulk."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

STANDS = sa.text("state <> 'undone'")


def upgrade() -> None:
    _shields()
    _reports()
    _removals()
    # Said in SQL that both databases take: a batch would copy the tables on SQLite.
    op.execute(f"ALTER TABLE messages ADD COLUMN removed_at {UtcDateTime().compile(op.get_bind().dialect)}")
    _move_domains()
    op.execute("ALTER TABLE sign_up_gate DROP COLUMN blocked_domains")


def _key(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _shields() -> None:
    op.create_table(
        "blocks",
        _number("id"),
        _words("kind", 6),
        _words("value", 253),
        _words("reason", 300),
        _number("by_id", nullable=True),
        _time("since"),
        _time("until"),
        _time("lifted_at", nullable=True),
        _number("hits"),
        _time("hit_at", nullable=True),
        sa.CheckConstraint("kind in ('domain', 'range')", name=op.f("ck_blocks_kind")),
        _key("blocks", "by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_blocks_kind_value", "blocks", ["kind", "value"])
    op.create_index(op.f("ix_blocks_until"), "blocks", ["until"])
    op.create_table(
        "seen_addresses",
        _number("id"),
        _number("account_id"),
        _words("doing", 8),
        _words("address", 45),
        _words("network", 49),
        _time("first_at"),
        _time("last_at"),
        sa.CheckConstraint("doing in ('sign_up', 'session')", name=op.f("ck_seen_addresses_doing")),
        _key("seen_addresses", "account_id", "accounts", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_addresses")),
    )
    once = ["account_id", "doing", "network", "address"]
    op.create_index("uq_seen_addresses_once", "seen_addresses", once, unique=True)
    for name in ("address", "network", "last_at"):
        op.create_index(f"ix_seen_addresses_{name}", "seen_addresses", [name])
    op.create_table(
        "sign_up_tries",
        _number("id"),
        _time("at"),
        _words("address", 45),
        _words("network", 49),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_tries")),
    )
    op.create_index(op.f("ix_sign_up_tries_at"), "sign_up_tries", ["at"])
    op.create_table(
        "sign_up_rushes",
        _number("id"),
        _time("began_at"),
        _time("last_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_rushes")),
    )


def _reports() -> None:
    op.create_table(
        "illegal_reports",
        _number("id"),
        _time("at"),
        _words("subject_kind", 12),
        _number("subject_id"),
        _words("path", 300),
        _words("ground", 12),
        sa.Column("reason", sa.Text(), nullable=False),
        _words("name", 80),
        _words("email", 254),
        _number("account_id", nullable=True),
        _words("locale", 10),
        _time("decided_at", nullable=True),
        _number("decided_by_id", nullable=True),
        _words("decision", 8),
        sa.Column("answer", sa.Text(), nullable=False),
        _time("reopened_at", nullable=True),
        sa.CheckConstraint(
            "subject_kind in ('post', 'topic', 'account')", name=op.f("ck_illegal_reports_subject_kind")
        ),
        sa.CheckConstraint("decision in ('', 'removed', 'limited', 'kept')", name=op.f("ck_illegal_reports_decision")),
        _key("illegal_reports", "account_id", "accounts", "SET NULL"),
        _key("illegal_reports", "decided_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_illegal_reports")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_illegal_reports_decided_at", "illegal_reports", ["decided_at", "id"])
    op.create_index("ix_illegal_reports_email_at", "illegal_reports", ["email", "at"])
    op.create_index("ix_illegal_reports_subject", "illegal_reports", ["subject_kind", "subject_id"])
    op.create_index(op.f("ix_illegal_reports_account_id"), "illegal_reports", ["account_id"])


def _removals() -> None:
    op.create_table(
        "spam_removals",
        _number("id"),
        _number("account_id"),
        _number("by_id", nullable=True),
        _words("reason", 300),
        _time("at"),
        _words("state", 9),
        _number("total"),
        _number("done"),
        sa.Column("before", sa.JSON(), nullable=False),
        _time("undone_at", nullable=True),
        _number("undone_by_id", nullable=True),
        _words("undone_because", 300),
        sa.CheckConstraint(
            "state in ('running', 'done', 'undoing', 'undone', 'forgotten')", name=op.f("ck_spam_removals_state")
        ),
        _key("spam_removals", "account_id", "accounts", "CASCADE"),
        _key("spam_removals", "by_id", "accounts", "SET NULL"),
        _key("spam_removals", "undone_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spam_removals")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_spam_removals_account_id",
        "spam_removals",
        ["account_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_index("ix_spam_removals_state_at", "spam_removals", ["state", "at"])
    op.create_table(
        "spam_parts",
        _number("id"),
        _number("removal_id"),
        _words("kind", 12),
        sa.Column("kept", sa.JSON(), nullable=False),
        _key("spam_parts", "removal_id", "spam_removals", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spam_parts")),
    )
    op.create_index(op.f("ix_spam_parts_removal_id"), "spam_parts", ["removal_id"])


def _move_domains() -> None:
    """Domains that were shut out for good are blocks from now on, for as long as a block lasts."""
    gate = sa.table("sign_up_gate", sa.column("blocked_domains", sa.JSON()))
    blocks = sa.table(
        "blocks",
        sa.column("kind", sa.String()),
        sa.column("value", sa.String()),
        sa.column("reason", sa.String()),
        sa.column("since", UtcDateTime()),
        sa.column("until", UtcDateTime()),
        sa.column("hits", sa.Integer()),
    )
    now = datetime.now(UTC)
    for domain in op.get_bind().execute(sa.select(gate.c.blocked_domains)).scalar() or []:
        lasting = {"since": now, "until": now + timedelta(days=730), "hits": 0}
        reason = "Shut out at the sign-up before blocks had an end."
        op.execute(blocks.insert().values(kind="domain", value=domain, reason=reason, **lasting))


def downgrade() -> None:
    op.execute("ALTER TABLE sign_up_gate ADD COLUMN blocked_domains JSON NOT NULL DEFAULT '[]'")
    op.execute("ALTER TABLE messages DROP COLUMN removed_at")
    for table in (
        "spam_parts", "spam_removals", "illegal_reports", "sign_up_rushes", "sign_up_tries", "seen_addresses", "blocks",
    ):  # fmt: skip
        op.drop_table(table)
