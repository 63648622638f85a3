"""When a board waits no more: from when a looser setting of it counts, and the decision behind it."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("boards", sa.Column("peer_first_ends_at", UtcDateTime(), nullable=True))
    op.add_column("boards", sa.Column("announces_from", UtcDateTime(), nullable=True))
    op.add_column("boards", sa.Column("loosened_by", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("loosened_by", "announces_from", "peer_first_ends_at"):
        op.drop_column("boards", name)
