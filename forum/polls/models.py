"""Tables of polls. The counters are moved by the verbs; `check.py` says what they mean."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.db import Model


class Poll(Model):
    """A question that a post asks, to be answered by choosing."""

    __tablename__ = "polls"
    __table_args__ = (
        CheckConstraint("results in ('now','voted','closed')", name="results"),
        Index(
            "ix_polls_closes_at",
            "closes_at",
            sqlite_where=text("closed_at IS NULL AND closes_at IS NOT NULL"),
            postgresql_where=text("closed_at IS NULL AND closes_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), unique=True)
    question: Mapped[str] = mapped_column(String(200))
    # How many options one may choose; 1: a single one.
    most: Mapped[int] = mapped_column(default=1)
    # When results are shown: "now", when one has "voted", when it is "closed".
    results: Mapped[str] = mapped_column(String(6), default="now")
    is_anonymous: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # How many people voted.
    voters: Mapped[int] = mapped_column(default=0)

    options: Mapped[list[PollOption]] = relationship(
        lazy="raise", order_by="PollOption.position", cascade="all, delete-orphan", passive_deletes=True
    )


class PollOption(Model):
    """One of the things to choose from."""

    __tablename__ = "poll_options"
    __table_args__ = (Index("ix_poll_options_poll_id_position", "poll_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(String(200))
    votes: Mapped[int] = mapped_column(default=0)


class PollVote(Model):
    """One member's choice of one option."""

    __tablename__ = "poll_votes"
    __table_args__ = (Index("ix_poll_votes_poll_id_account_id", "poll_id", "account_id"),)

    option_id: Mapped[int] = mapped_column(ForeignKey("poll_options.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
