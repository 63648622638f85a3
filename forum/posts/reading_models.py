"""Tables of reading: how far each member has come, and how closely they follow."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class TopicRead(Model):
    """How far a member has read in a topic (the highest post number seen), and how closely they follow it."""

    __tablename__ = "topic_reads"
    __table_args__ = (
        CheckConstraint("level in ('', 'watching', 'tracking', 'normal', 'muted')", name="level"),
        Index("ix_topic_reads_account_id_level", "account_id", "level"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True)
    # 0: not opened yet, only followed or muted.
    last_number: Mapped[int]
    read_at: Mapped[datetime]
    # "": nobody and nothing has set one.
    level: Mapped[str] = mapped_column(String(8), default="")
    level_by_hand: Mapped[bool] = mapped_column(default=False)
    # They keep a post of this topic: its page asks for bookmarks only where this says so.
    has_bookmarks: Mapped[bool] = mapped_column(default=False)
    # How long they have looked at it, in all.
    seconds: Mapped[int] = mapped_column(default=0)


class ReadGap(Model):
    """A post before a member's position that they have not read: it was put there by a split or a merge."""

    __tablename__ = "read_gaps"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True)


# Whom a reply is told to: few of the many who read.
Index(
    "ix_topic_reads_watching",
    TopicRead.topic_id,
    sqlite_where=text("level = 'watching'"),
    postgresql_where=text("level = 'watching'"),
)


class ReadMark(Model):
    """ "Mark all read": nothing before this instant counts as new or unread. `board_id` 0 is everywhere."""

    __tablename__ = "read_marks"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    board_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    marked_at: Mapped[datetime]
    # The mark before, for undo.
    previous_at: Mapped[datetime | None]
