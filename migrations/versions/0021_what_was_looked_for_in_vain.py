"""What was looked for in vain."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_misses",
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_search_misses")),
    )
    op.create_index("ix_search_misses_last_at", "search_misses", ["last_at"])


def downgrade() -> None:
    op.drop_table("search_misses")
