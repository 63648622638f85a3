"""Tables of uploads: who brought what, and where it is used."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class Upload(Model):
    """Something that one person brought. Who brings the same twice has it once; who else brings it has a row too."""

    __tablename__ = "uploads"
    __table_args__ = (
        Index("uq_uploads_token", "token", unique=True),
        Index("uq_uploads_owner_id_key", "owner_id", "key", unique=True),
        Index("ix_uploads_key", "key"),
        Index("ix_uploads_owner_id_created_at", "owner_id", "created_at"),
        Index("ix_uploads_touched_at", "touched_at"),
        CheckConstraint("kind in ('image', 'file')", name="kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Its part of the address, drawn by lot: says nothing and cannot be guessed.
    token: Mapped[str] = mapped_column(String(32))
    # None: the house copied it from elsewhere.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(5))
    # Where storage keeps the bytes, and how many there are.
    key: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    # What it was called where it came from, without its folder.
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    # When it was brought or last taken into use: long after, and used by nobody, it is forgotten.
    touched_at: Mapped[datetime]

    @property
    def ending(self) -> str:
        """What the file is called by its content, without the dot."""
        return self.key.rpartition(".")[2]

    @property
    def is_image(self) -> bool:
        return self.kind == "image"


class UploadUse(Model):
    """Words that use an upload: a post, a draft, …, by `place` and its id there."""

    __tablename__ = "upload_uses"
    __table_args__ = (Index("ix_upload_uses_place_place_id", "place", "place_id"),)

    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(10), primary_key=True)
    place_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class FetchedImage(Model):
    """An image that words show from elsewhere: copied here, or why not (yet)."""

    __tablename__ = "fetched_images"

    # SHA-256 of the address as the renderer writes it.
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(String(2100))
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("uploads.id", ondelete="CASCADE"), index=True)
    tried_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    # Why it could not be copied; empty when it was.
    problem: Mapped[str] = mapped_column(String(200), default="")
