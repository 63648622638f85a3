"""The public log of moderation: as what a moderator did something to a topic, and the order in which it is read."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

BY_TIME = {
    "ix_sanctions_since": ("sanctions", "since"),
    "ix_spam_removals_at": ("spam_removals", "at"),
    "ix_appeals_decided_at": ("appeals", "decided_at"),
    "ix_bulk_runs_at": ("bulk_runs", "at"),
    "ix_illegal_reports_at": ("illegal_reports", "at"),
    "ix_rulings_undone_at": ("rulings", "undone_at"),
    "ix_cases_opened_at": ("cases", "opened_at"),
}
PARTIAL = {
    "ix_posts_logged": ("posts", "created_at", "office <> ''"),
    "ix_deeds_sanction_revoked": ("deeds", "at", "deed = 'sanction_revoked'"),
}


def upgrade() -> None:
    # Said in SQL that both databases take: a batch would copy the table on SQLite.
    op.execute("ALTER TABLE posts ADD COLUMN office VARCHAR(15) NOT NULL DEFAULT ''")
    for name, (table, column) in BY_TIME.items():
        op.create_index(name, table, [column])
    for name, (table, column, where) in PARTIAL.items():
        op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, (table, *_rest) in {**BY_TIME, **PARTIAL}.items():
        op.drop_index(name, table_name=table)
    op.execute("ALTER TABLE posts DROP COLUMN office")
