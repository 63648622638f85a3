"""Reference pages have somebody who keeps them correct."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Said in SQL that both databases take: a batch would copy the table on SQLite, and lose indexes of expressions.
    op.execute(
        "ALTER TABLE topics ADD COLUMN keeper_id INTEGER CONSTRAINT fk_topics_keeper_id REFERENCES accounts (id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE topics DROP COLUMN keeper_id")
