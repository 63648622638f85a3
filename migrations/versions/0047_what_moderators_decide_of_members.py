"""What moderators decide of members: warnings, withdrawn rights, suspensions; and what they note of them. Suspensions
that stood in the account stand here now."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("right", sa.String(8), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("detected", sa.String(8), nullable=False),
        sa.Column("automated", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("over_at", UtcDateTime(), nullable=True),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lift_reason", sa.String(300), nullable=False),
        sa.CheckConstraint("kind in ('warning', 'withdrawn', 'read_only', 'suspension')", name="kind"),
        sa.CheckConstraint("(kind = 'withdrawn') = (\"right\" <> '')", name="right"),
        sa.CheckConstraint("kind not in ('withdrawn', 'read_only') or until is not null", name="end"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["accounts.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sanctions_account_id", "sanctions", ["account_id"])
    op.create_index("ix_sanctions_until", "sanctions", ["until"])
    op.create_table(
        "member_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_member_notes_account_id", "member_notes", ["account_id"])
    op.execute(
        """insert into sanctions (account_id, kind, "right", rule, facts, detected, automated, since, until, role,
            over_at, lift_reason)
        select id, 'suspension', '', 'other', suspension_reason, '', false, suspended_at, suspended_until, 'house',
            case when suspended_until <= current_timestamp then suspended_until end, ''
        from accounts where suspended_at is not null"""
    )
    for name in ("suspended_at", "suspended_until", "suspension_reason"):
        op.drop_column("accounts", name)


def downgrade() -> None:
    op.add_column("accounts", sa.Column("suspension_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("suspended_until", UtcDateTime(), nullable=True))
    op.add_column("accounts", sa.Column("suspended_at", UtcDateTime(), nullable=True))
    newest = "select max(id) from sanctions where kind = 'suspension' and lifted_at is null group by account_id"
    for name, source in (("suspended_at", "since"), ("suspended_until", "until"), ("suspension_reason", "facts")):
        op.execute(
            f"update accounts set {name} = (select s.{source} from sanctions s"  # noqa: S608 our own names
            f" where s.account_id = accounts.id and s.id in ({newest}))"
            f" where id in (select account_id from sanctions where id in ({newest}))"
        )
    op.drop_table("member_notes")
    op.drop_table("sanctions")
