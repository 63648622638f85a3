"""Boards ask for tags, and for answers to some fields of their form."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("boards", schema=None) as batch:
        batch.add_column(sa.Column("tags_least", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("required_fields", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("boards", schema=None) as batch:
        batch.drop_column("required_fields")
        batch.drop_column("tags_least")
