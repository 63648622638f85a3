"""Pages about the place, with versions that members accept."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("site", sa.Column("pages", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("site", sa.Column("terms_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("accounts", sa.Column("terms_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("in_footer", sa.Boolean(), nullable=False),
        sa.Column("published_number", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("slug", name=op.f("uq_pages_slug")),
    )
    op.create_table(
        "page_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("ask_again", sa.Boolean(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_page_versions_page_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["written_by_id"], ["accounts.id"], name=op.f("fk_page_versions_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_versions")),
    )
    op.create_index("uq_page_versions_page_id_number", "page_versions", ["page_id", "number"], unique=True)
    op.create_table(
        "page_acceptances",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_page_acceptances_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["page_versions.id"], name=op.f("fk_page_acceptances_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "version_id", name=op.f("pk_page_acceptances")),
    )
    op.create_index("ix_page_acceptances_version_id", "page_acceptances", ["version_id"])


def downgrade() -> None:
    op.drop_table("page_acceptances")
    op.drop_table("page_versions")
    op.drop_table("pages")
    with op.batch_alter_table("accounts") as batch:
        batch.drop_column("terms_version")
    with op.batch_alter_table("site") as batch:
        batch.drop_column("terms_version")
        batch.drop_column("pages")
