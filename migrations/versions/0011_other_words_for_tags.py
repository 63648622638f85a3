"""Other words for tags, and a text on a tag's own page."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tags", sa.Column("about_source", sa.Text(), nullable=False, server_default=""))
    op.add_column("tags", sa.Column("about_html", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "tag_synonyms",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_tag_synonyms_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_tag_synonyms")),
    )
    op.create_index("ix_tag_synonyms_tag_id", "tag_synonyms", ["tag_id"])


def downgrade() -> None:
    op.drop_table("tag_synonyms")
    with op.batch_alter_table("tags") as batch:
        batch.drop_column("about_html")
        batch.drop_column("about_source")
