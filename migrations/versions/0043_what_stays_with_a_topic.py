"""The first word of members goes along with a topic; a Host's yes is for all that they saw."""

from alembic import op

from forum.core.db import UtcDateTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Said in SQL that both databases take: a batch would copy the tables on SQLite.
    time = UtcDateTime().compile(op.get_bind().dialect)
    op.execute(f"ALTER TABLE topics ADD COLUMN first_word_until {time}")
    op.execute("ALTER TABLE override_requests ADD COLUMN fingerprint VARCHAR(64) NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE override_requests ADD COLUMN about JSON NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    op.execute("ALTER TABLE override_requests DROP COLUMN about")
    op.execute("ALTER TABLE override_requests DROP COLUMN fingerprint")
    op.execute("ALTER TABLE topics DROP COLUMN first_word_until")
