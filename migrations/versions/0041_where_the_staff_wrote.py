"""Where the staff wrote lately is found without reading what everybody else wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

BY_STAFF = sa.text("affiliation_kind = 'staff'")


def upgrade() -> None:
    op.create_index("ix_posts_by_staff", "posts", ["created_at"], sqlite_where=BY_STAFF, postgresql_where=BY_STAFF)


def downgrade() -> None:
    op.drop_index("ix_posts_by_staff", table_name="posts")
