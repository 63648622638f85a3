"""What is remembered of a member's standing. Seen by themselves and by moderators."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class StandingRow(Model):
    """Reading time, and the level at which somebody is held."""

    __tablename__ = "standings"
    __table_args__ = (CheckConstraint("held_level in ('', 'newcomer', 'member', 'regular')", name="held_level"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    # Time between one page of unread posts and the next, each stretch counted up to `levels.LONGEST_STRETCH`.
    reading_seconds: Mapped[int] = mapped_column(default=0)
    last_read_at: Mapped[datetime | None]
    # "" where the level follows from behaviour; else it stays here until a moderator lets go.
    held_level: Mapped[str] = mapped_column(String(10), default="")
    held_reason: Mapped[str] = mapped_column(String(300), default="")
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    held_at: Mapped[datetime | None]


class DayHere(Model):
    """A day (UTC) on which somebody read something new. Forgotten after 100 days."""

    __tablename__ = "days_here"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True, index=True)
