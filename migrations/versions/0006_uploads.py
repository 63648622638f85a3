"""Pictures and files that people bring, where they are used, and what was copied from elsewhere."""

import sqlalchemy as sa
from alembic import op

from forum.core.db import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("touched_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind in ('image', 'file')", name=op.f("ck_uploads_kind")),
        sa.ForeignKeyConstraint(["owner_id"], ["accounts.id"], name=op.f("fk_uploads_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_uploads_token", "uploads", ["token"], unique=True)
    op.create_index("uq_uploads_owner_id_key", "uploads", ["owner_id", "key"], unique=True)
    op.create_index("ix_uploads_key", "uploads", ["key"])
    op.create_index("ix_uploads_owner_id_created_at", "uploads", ["owner_id", "created_at"])
    op.create_index("ix_uploads_touched_at", "uploads", ["touched_at"])

    op.create_table(
        "upload_uses",
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name=op.f("fk_upload_uses_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("upload_id", "place", "place_id", name=op.f("pk_upload_uses")),
    )
    op.create_index("ix_upload_uses_place_place_id", "upload_uses", ["place", "place_id"])

    op.create_table(
        "fetched_images",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=2100), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name=op.f("fk_fetched_images_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_fetched_images")),
    )
    op.create_index("ix_fetched_images_upload_id", "fetched_images", ["upload_id"])


def downgrade() -> None:
    op.drop_table("fetched_images")
    op.drop_table("upload_uses")
    op.drop_table("uploads")
