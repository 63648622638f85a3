"""The table of attendance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class Attendance(Model):
    """What a member answered to an event."""

    __tablename__ = "attendances"
    __table_args__ = (
        CheckConstraint("answer in ('yes','maybe','no')", name="answer"),
        Index("ix_attendances_topic_id_answer_turn", "topic_id", "answer", "turn"),
    )

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    answer: Mapped[str] = mapped_column(String(5))
    # Would come, and waits for a place.
    is_waiting: Mapped[bool] = mapped_column(default=False)
    # First come, first served: the order of the answers, counted up per event.
    turn: Mapped[int]
    answered_at: Mapped[datetime]
