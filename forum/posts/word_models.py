"""What a post said before, and how people reacted to it; others find these tables in `models.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class Revision(Model):
    """What a post (and, for the opening one, its title and fields) said before an edit."""

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    # 1 is what was first published.
    number: Mapped[int]
    # Who wrote this wording, and when.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    title: Mapped[str | None] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(Text)
    source_kind: Mapped[str] = mapped_column(String(8), default="markdown")
    # Why the next wording replaced it.
    reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (Index("uq_revisions_post_id_number", "post_id", "number", unique=True),)


class Reaction(Model):
    """One member's reaction of one kind to a post."""

    __tablename__ = "reactions"
    __table_args__ = (Index("ix_reactions_created_at", "created_at"),)

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    created_at: Mapped[datetime]
