"""What was asked for and not found; which topics link to which."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class SearchMiss(Model):
    """Words that found nothing: how often, and when last. Nothing about who asked; see `misses.py`."""

    __tablename__ = "search_misses"
    __table_args__ = (Index("ix_search_misses_last_at", "last_at"),)

    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]


class TopicLink(Model):
    """A post that links to another topic, for the list of where a topic is linked from."""

    __tablename__ = "topic_links"

    from_post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    to_topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True)
