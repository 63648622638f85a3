"""What was written before joining is kept as it will look, too."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("waiting_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("html", sa.Text(), nullable=False, server_default=""))
    # They wait for seven days: for those that do now, their source is shown.


def downgrade() -> None:
    with op.batch_alter_table("waiting_texts", schema=None) as batch_op:
        batch_op.drop_column("html")
