"""Tables of statements and pledges."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.db import Model
from forum.posts.models import Post


class Statement(Model):
    """An official post, and who answers for it."""

    __tablename__ = "statements"
    __table_args__ = (
        Index(
            "ix_statements_review_on",
            "review_on",
            sqlite_where=text("superseded_by_id IS NULL"),
            postgresql_where=text("superseded_by_id IS NULL"),
        ),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    valid_from: Mapped[date]
    review_on: Mapped[date]
    # When its owner was asked for the review that is due now.
    asked_at: Mapped[datetime | None]
    # The statement that says it now.
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"), index=True)

    owner: Mapped[Account | None] = relationship(lazy="raise")
    post: Mapped[Post] = relationship(lazy="raise", foreign_keys=[post_id])
    superseded_by: Mapped[Post | None] = relationship(lazy="raise", foreign_keys=[superseded_by_id])


class Pledge(Model):
    """Something that the organization said it will do, in one of its posts. Never deleted while the post is there."""

    __tablename__ = "pledges"
    __table_args__ = (
        Index(
            "ix_pledges_due_on",
            "due_on",
            sqlite_where=text("kept_on IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("kept_on IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # The day on which it was done, by the board's calendar.
    kept_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300), default="")
    # When its owner was told that the day has come.
    asked_at: Mapped[datetime | None]

    owner: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[owner_id])
    post: Mapped[Post] = relationship(lazy="raise")
