"""The logo of the host; and who may invite, where every page can see it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column("inviters", sa.String(length=14), nullable=False, server_default="administrators")
        )
    op.execute("update site set inviters = (select inviters from sign_up_gate)")


def downgrade() -> None:
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_column("inviters")
        batch_op.drop_column("logo")
