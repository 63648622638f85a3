"""Who hosts the place, where every page can see it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("host", sa.String(length=80), nullable=False, server_default=""))
    op.execute("update site set host = coalesce((select name from organizations where is_host limit 1), '')")


def downgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_column("host")
