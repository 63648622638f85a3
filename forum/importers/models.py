"""Where imported rows came from: one row a thing of an archive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class ImportSource(Model):
    """An archive (`name`: its folder) of an old forum (`forum`: whose ids and links these are)."""

    __tablename__ = "import_sources"
    __table_args__ = (Index("uq_import_sources_forum_name", "forum", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ImportedItem(Model):
    """A foreign id and the row it became. One row may come from several archives of the same forum."""

    __tablename__ = "imported_items"
    __table_args__ = (
        Index("ix_imported_items_kind_foreign_id", "kind", "foreign_id"),
        Index("ix_imported_items_kind_local_id", "kind", "local_id"),
    )

    source_id: Mapped[int] = mapped_column(ForeignKey("import_sources.id", ondelete="CASCADE"), primary_key=True)
    # user, board, topic or post
    kind: Mapped[str] = mapped_column(String(5), primary_key=True)
    foreign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    local_id: Mapped[int]
    # The old name or slug, for links that carry only that.
    foreign_name: Mapped[str] = mapped_column(String(255), default="")
    # Posts: written by its staff, as the old forum (or --staff) said then.
    by_staff: Mapped[bool] = mapped_column(default=False)
