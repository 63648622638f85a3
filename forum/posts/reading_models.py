"""Tables of how far members have read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class TopicRead(Model):
    """How far a member has read in a topic: the highest post number seen."""

    __tablename__ = "topic_reads"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True)
    last_number: Mapped[int]
    read_at: Mapped[datetime]
    # They keep a post of this topic: its page asks for bookmarks only where this says so.
    has_bookmarks: Mapped[bool] = mapped_column(default=False)


class ReadMark(Model):
    """ "Mark all read": nothing before this instant counts as new or unread. `board_id` 0 is everywhere."""

    __tablename__ = "read_marks"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    board_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    marked_at: Mapped[datetime]
    # The mark before, for undo.
    previous_at: Mapped[datetime | None]
