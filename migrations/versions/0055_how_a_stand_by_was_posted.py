"""Why a reply that stood by was posted when it was: members had their time, the asker asked, or nobody waited."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("posted_since", sa.String(8), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("posts", "posted_since")
