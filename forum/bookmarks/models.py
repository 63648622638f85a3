"""The table of bookmarks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.db import Model
from forum.posts.models import Post


class Bookmark(Model):
    """A post that a member keeps; with the opening one, its topic."""

    __tablename__ = "bookmarks"
    __table_args__ = (
        Index("uq_bookmarks_account_id_post_id", "account_id", "post_id", unique=True),
        Index("ix_bookmarks_account_id_created_at", "account_id", "created_at", "id"),
        Index("ix_bookmarks_account_id_topic_id", "account_id", "topic_id"),
        Index(
            "ix_bookmarks_remind_at",
            "remind_at",
            sqlite_where=text("reminded_at IS NULL AND remind_at IS NOT NULL"),
            postgresql_where=text("reminded_at IS NULL AND remind_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    # Where the post stood when it was kept.
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    # When the reminder was given: it is due until its owner says done.
    reminded_at: Mapped[datetime | None]

    post: Mapped[Post] = relationship(lazy="raise")

    @property
    def is_due(self) -> bool:
        return self.reminded_at is not None
