"""The queue of moderation, flags, decisions; what concerns the host; boards for what people think of it."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at is null")
COUNTS = sa.text("verdict in ('', 'right')")


def _account(name: str, **given: object) -> sa.Column:
    return sa.Column(name, sa.Integer, sa.ForeignKey("accounts.id"), **given)


def upgrade() -> None:
    op.add_column("boards", sa.Column("is_feedback", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("topics", sa.Column("hidden_at", UtcDateTime))
    op.add_column("topics", sa.Column("concerns_host", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("posts", sa.Column("removal_rule", sa.String(20), nullable=False, server_default=""))
    op.add_column("posts", sa.Column("flag_count", sa.Integer, nullable=False, server_default="0"))
    op.add_column("posts", sa.Column("concerns_host", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(
        "update topics set hidden_at = (select hidden_at from posts where topic_id = topics.id and number = 1) "
        "where exists (select 1 from posts where topic_id = topics.id and number = 1 and hidden_at is not null)"
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("subject_kind", sa.String(12), nullable=False),
        sa.Column("subject_id", sa.Integer, nullable=False),
        sa.Column("board_id", sa.Integer, sa.ForeignKey("boards.id")),
        _account("account_id"),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("reminded_at", UtcDateTime),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("weight", sa.Float, nullable=False, server_default="0"),
        sa.Column("concerns_host", sa.Boolean, nullable=False, server_default=sa.false()),
        _account("claimed_by_id"),
        sa.Column("claimed_at", UtcDateTime),
        sa.Column("closed_at", UtcDateTime),
        _account("closed_by_id"),
        sa.Column("outcome", sa.String(12), nullable=False, server_default=""),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_cases_open", "cases", ["kind", "subject_kind", "subject_id"], unique=True,
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index("ix_cases_due_at", "cases", ["due_at"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_cases_subject", "cases", ["subject_kind", "subject_id"])
    op.create_index("ix_cases_closed_at", "cases", ["closed_at"])
    op.create_index("ix_cases_board_id", "cases", ["board_id"])
    op.create_index("ix_cases_account_id", "cases", ["account_id"])
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("subject_kind", sa.String(12), nullable=False),
        sa.Column("subject_id", sa.Integer, nullable=False),
        _account("by_id"),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("words", sa.String(1000), nullable=False, server_default=""),
        sa.Column("about_host", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False, server_default=""),
        sa.Column("verdict_at", UtcDateTime),
        sa.CheckConstraint("verdict in ('', 'right', 'wrong', 'cleared')", name=op.f("ck_flags_verdict")),
    )
    op.create_index(
        "uq_flags_standing", "flags", ["subject_kind", "subject_id", "by_id"], unique=True,
        sqlite_where=COUNTS, postgresql_where=COUNTS,
    )  # fmt: skip
    op.create_index("ix_flags_by_id_at", "flags", ["by_id", "at"])
    op.create_index("ix_flags_case_id", "flags", ["case_id"])
    op.create_table(
        "rulings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id")),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("subject_kind", sa.String(12), nullable=False),
        sa.Column("subject_id", sa.Integer, nullable=False),
        sa.Column("params", sa.JSON, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("board_id", sa.Integer, sa.ForeignKey("boards.id")),
        _account("account_id"),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("detected", sa.String(8), nullable=False),
        sa.Column("automated", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("until", UtcDateTime),
        sa.Column("at", UtcDateTime, nullable=False),
        _account("by_id"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("by_host", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("concerns_host", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("state", sa.String(10), nullable=False, server_default="in_force"),
        sa.Column("emergency", sa.String(500), nullable=False, server_default=""),
        sa.Column("review_by", UtcDateTime),
        sa.Column("confirmed_at", UtcDateTime),
        _account("confirmed_by_id"),
        sa.Column("undone_at", UtcDateTime),
        _account("undone_by_id"),
        sa.Column("undone_how", sa.String(10), nullable=False, server_default=""),
        sa.Column("undone_why", sa.Text, nullable=False, server_default=""),
        sa.CheckConstraint("rule <> '' and facts <> ''", name=op.f("ck_rulings_reasons")),
        sa.CheckConstraint(
            "state in ('proposed', 'in_force', 'undone', 'refused', 'lapsed')", name=op.f("ck_rulings_state")
        ),
        sa.CheckConstraint(
            "detected in ('flags', 'rules', 'own', 'notice', 'appeal')", name=op.f("ck_rulings_detected")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rulings_subject", "rulings", ["subject_kind", "subject_id"])
    op.create_index("ix_rulings_at", "rulings", ["at"])
    op.create_index("ix_rulings_case_id", "rulings", ["case_id"])
    op.create_index("ix_rulings_board_id", "rulings", ["board_id"])
    op.create_index("ix_rulings_account_id", "rulings", ["account_id"])
    op.create_index("ix_rulings_review_by", "rulings", ["review_by"])


def downgrade() -> None:
    op.drop_table("rulings")
    op.drop_table("flags")
    op.drop_table("cases")
    for table, columns in (
        ("posts", ("concerns_host", "flag_count", "removal_rule")),
        ("topics", ("concerns_host", "hidden_at")),
        ("boards", ("is_feedback",)),
    ):
        for column in columns:
            op.drop_column(table, column)
