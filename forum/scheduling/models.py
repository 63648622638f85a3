"""The table of what waits for its time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.boards.models import Board
from forum.core.db import Model
from forum.drafts.models import Unpublished


class ScheduledTopic(Unpublished, Model):
    """A topic as its author wrote it, to be published at a time."""

    __tablename__ = "scheduled_topics"
    __table_args__ = (
        Index("ix_scheduled_topics_author_id_publish_at", "author_id", "publish_at"),
        Index("uq_scheduled_topics_author_id_once", "author_id", "once", unique=True),
        Index(
            "ix_scheduled_topics_publish_at",
            "publish_at",
            sqlite_where=text("refused_at IS NULL"),
            postgresql_where=text("refused_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    created_at: Mapped[datetime]
    publish_at: Mapped[datetime]
    # When and why it could not be published: it waits for its author.
    refused_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(String(500), default="")

    board: Mapped[Board] = relationship(lazy="raise")
