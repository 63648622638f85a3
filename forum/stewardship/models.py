"""The table of evaluations: what a board was like on the 1st of a month, and where that left it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model


class StageEvaluation(Model):
    """A board over the 28 days before `at`; then its stage, since when, and how many in a row speak for the next."""

    __tablename__ = "stage_evaluations"
    __table_args__ = (CheckConstraint("stage in ('inception', 'establishment', 'maturity')", name="stage"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    staff_posts: Mapped[int]
    posts: Mapped[int]
    peers: Mapped[int]
    answered: Mapped[int]
    matured: Mapped[int]
    absence_factor: Mapped[int]
    staff_first: Mapped[int] = mapped_column(default=0)
    first_replied: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(String(13))
    since: Mapped[datetime | None]
    in_a_row: Mapped[int]
