"""Who is on duty, with what words staff begin, and what they say and arrange behind a topic."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def _names(table: str, column: str, of: str, ondelete: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"), **({"ondelete": ondelete} if ondelete else {})
    )


def upgrade() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("board_ids", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("backup_id", sa.Integer(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "role in ('responder', 'recognizer', 'seeder', 'listener', 'announcer', 'host')",
            name=op.f("ck_shifts_role"),
        ),
        sa.CheckConstraint("since < until", name=op.f("ck_shifts_length")),
        _names("shifts", "organization_id", "organizations", None),
        _names("shifts", "person_id", "accounts"),
        _names("shifts", "backup_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shifts_organization_id_until", "shifts", ["organization_id", "until"])
    op.create_index(op.f("ix_shifts_person_id"), "shifts", ["person_id"])
    op.create_index(op.f("ix_shifts_backup_id"), "shifts", ["backup_id"])

    op.create_table(
        "saved_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _names("saved_replies", "organization_id", "organizations", None),
        _names("saved_replies", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_replies")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_saved_replies_organization_id"), "saved_replies", ["organization_id"])
    op.create_index(op.f("ix_saved_replies_account_id"), "saved_replies", ["account_id"])

    op.create_table(
        "internal_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=True),
        _names("internal_notes", "topic_id", "topics"),
        _names("internal_notes", "author_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_notes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_internal_notes_topic_id_id", "internal_notes", ["topic_id", "id"])
    op.create_index("uq_internal_notes_author_id_once", "internal_notes", ["author_id", "once"], unique=True)

    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.CheckConstraint("(account_id is null) <> (group_id is null)", name=op.f("ck_assignments_one")),
        sa.CheckConstraint("outcome in ('', 'done', 'taken_back', 'handed_on')", name=op.f("ck_assignments_outcome")),
        _names("assignments", "topic_id", "topics"),
        _names("assignments", "account_id", "accounts"),
        _names("assignments", "group_id", "groups"),
        _names("assignments", "by_id", "accounts", "SET NULL"),
        _names("assignments", "ended_by_id", "accounts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assignments_topic_id_id", "assignments", ["topic_id", "id"])
    op.create_index(op.f("ix_assignments_account_id"), "assignments", ["account_id"])
    op.create_index(op.f("ix_assignments_group_id"), "assignments", ["group_id"])
    op.create_index(
        "uq_assignments_open",
        "assignments",
        ["topic_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def downgrade() -> None:
    for table in ("assignments", "internal_notes", "saved_replies", "shifts"):
        op.drop_table(table)
