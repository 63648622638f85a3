"""What people help with, and who of the staff is away."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "helps_with",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_helps_with_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_helps_with_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "tag_id", name=op.f("pk_helps_with")),
    )
    op.create_index(op.f("ix_helps_with_tag_id"), "helps_with", ["tag_id"])
    op.create_table(
        "aways",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("sentence", sa.String(length=200), nullable=False),
        sa.Column("backup_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_aways_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["backup_id"], ["accounts.id"], name=op.f("fk_aways_backup_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_aways")),
    )


def downgrade() -> None:
    op.drop_table("aways")
    op.drop_table("helps_with")
