"""What of a seed changed since a member said yes to taking part; and where an event is."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seed_invitations", sa.Column("changed", sa.String(60), nullable=False, server_default=""))
    op.add_column("seeds", sa.Column("place", sa.String(300), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("seeds", "place")
    op.drop_column("seed_invitations", "changed")
