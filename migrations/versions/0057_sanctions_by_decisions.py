"""A sanction names the decision that imposed it, so that whom it concerns can object."""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Said in SQL that both databases take: a batch would copy the table on SQLite.
    op.execute(
        "ALTER TABLE sanctions ADD COLUMN ruling_id INTEGER CONSTRAINT fk_sanctions_ruling_id REFERENCES rulings (id)"
    )
    op.create_index("ix_sanctions_ruling_id", "sanctions", ["ruling_id"])


def downgrade() -> None:
    op.drop_index("ix_sanctions_ruling_id", table_name="sanctions")
    op.execute("ALTER TABLE sanctions DROP COLUMN ruling_id")
