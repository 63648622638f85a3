"""Private conversations, reports of single messages, and whom somebody ignores."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _account(table: str, column: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["accounts.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _conversation(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_conversation_id")
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    # Columns only, so that SQLite need not rebuild the table.
    op.add_column(
        "accounts", sa.Column("messages_from", sa.String(length=8), nullable=False, server_default="everyone")
    )
    op.add_column("accounts", sa.Column("new_message_at", UtcDateTime(), nullable=True))
    op.add_column("accounts", sa.Column("ignores_until", UtcDateTime(), nullable=True))
    op.create_table(
        "ignored_members",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("ignored_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        _account("ignored_members", "account_id", "CASCADE"),
        _account("ignored_members", "ignored_id", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "ignored_id", name=op.f("pk_ignored_members")),
    )
    op.create_index(op.f("ix_ignored_members_ignored_id"), "ignored_members", ["ignored_id"])
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_message_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind in ('private', 'group', 'moderators')", name=op.f("ck_conversations_kind")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_conversations_group_id"), ondelete="SET NULL"
        ),
        _account("conversations", "member_id", "CASCADE"),
        _account("conversations", "started_by_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("member_id", name=op.f("uq_conversations_member_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_conversations_group_id", "conversations", ["group_id", "last_message_at"])
    op.create_index("ix_conversations_kind", "conversations", ["kind", "last_message_at"])
    op.create_index("ix_conversations_started_by_id", "conversations", ["started_by_id", "created_at"])
    op.create_table(
        "conversation_seats",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("takes_part", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("sees_after", sa.Integer(), nullable=False),
        sa.Column("last_read", sa.Integer(), nullable=False),
        sa.Column("muted_at", UtcDateTime(), nullable=True),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        _conversation("conversation_seats"),
        _account("conversation_seats", "account_id", "CASCADE"),
        _account("conversation_seats", "invited_by_id", "SET NULL"),
        sa.PrimaryKeyConstraint("conversation_id", "account_id", name=op.f("pk_conversation_seats")),
    )
    op.create_index("ix_conversation_seats_account_id", "conversation_seats", ["account_id", "archived_at"])
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("once", sa.String(length=40), nullable=True),
        sa.CheckConstraint("action in ('', 'invited', 'left')", name=op.f("ck_messages_action")),
        _conversation("messages"),
        _account("messages", "author_id", "SET NULL"),
        _account("messages", "about_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_messages_conversation_id_number", "messages", ["conversation_id", "number"], unique=True)
    op.create_index("uq_messages_author_id_once", "messages", ["author_id", "once"], unique=True)
    op.create_index("ix_messages_author_id_created_at", "messages", ["author_id", "created_at"])
    op.create_index("ix_messages_renderer_version", "messages", ["renderer_version"])
    op.create_table(
        "message_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("to_number", sa.Integer(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_reports_message_id"), ondelete="CASCADE"
        ),
        _account("message_reports", "reporter_id", "SET NULL"),
        _account("message_reports", "closed_by_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_reports")),
    )
    op.create_index(
        "uq_message_reports_message_id_reporter_id", "message_reports", ["message_id", "reporter_id"], unique=True
    )
    op.create_index("ix_message_reports_closed_at", "message_reports", ["closed_at", "created_at"])


def downgrade() -> None:
    for table in ("message_reports", "messages", "conversation_seats", "conversations", "ignored_members"):
        op.drop_table(table)
    for name in ("ignores_until", "new_message_at", "messages_from"):
        op.drop_column("accounts", name)
