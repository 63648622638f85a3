"""Tables of scorecards. The database itself refuses to change or delete a row of either (migration 0039)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Model

LONGEST_REASON = 300


class Scorecard(Model):
    """The scorecard of a week, as of its Monday; a later version says why it was reckoned anew."""

    __tablename__ = "scorecards"
    __table_args__ = (
        Index("uq_scorecards_week_version", "week", "version", unique=True),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("(version = 1) = (reason = '')", name="reason"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")


class ScorecardPart(Model):
    """Its numbers of one board, called as it was then; of all together under no board (0)."""

    __tablename__ = "scorecard_parts"

    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecards.id"), primary_key=True)
    # No foreign key: a board may go, what was said of it stays.
    board_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(String(60), default="")
    name: Mapped[str] = mapped_column(String(60), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
