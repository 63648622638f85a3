"""Topics close and open by the clock; boards have a slow mode."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_CLOSES = sa.text("closes_at IS NOT NULL")
_OPENS = sa.text("opens_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("topics") as batch:
        batch.add_column(sa.Column("closes_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("silent_days", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("opens_at", UtcDateTime(), nullable=True))
    op.create_index("ix_topics_closes_at", "topics", ["closes_at"], sqlite_where=_CLOSES, postgresql_where=_CLOSES)
    op.create_index("ix_topics_opens_at", "topics", ["opens_at"], sqlite_where=_OPENS, postgresql_where=_OPENS)
    with op.batch_alter_table("boards") as batch:
        batch.add_column(sa.Column("slow_minutes", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("boards") as batch:
        batch.drop_column("slow_minutes")
    op.drop_index("ix_topics_opens_at", table_name="topics")
    op.drop_index("ix_topics_closes_at", table_name="topics")
    with op.batch_alter_table("topics") as batch:
        batch.drop_column("opens_at")
        batch.drop_column("silent_days")
        batch.drop_column("closes_at")
