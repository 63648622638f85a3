"""Tables of what everybody should know now: incidents, banners, notices of safety, and what the guard could not see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.db import Model
from forum.organization.models import Decision

LONGEST_LINE, LONGEST_LINK, LONGEST_REASON, LONGEST_ABOUT = 200, 300, 200, 80


class Incident(Model):
    """Something is wrong, and nobody waits for anybody until it is over. Kept for good, for everybody to read."""

    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_started_at", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    # In which role it was started; who did so stands in the administration's log alone.
    role: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    # When it is over by itself, unless somebody ended it before.
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def end(self, now: datetime) -> datetime | None:
        """When it was over; None while it goes on."""
        end = min(self.ended_at or self.until, self.until)
        return end if end <= now else None


class Banner(Model):
    """A line at the head of every page, one at a time."""

    __tablename__ = "banners"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    source: Mapped[str] = mapped_column(String(LONGEST_LINE))
    html: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    raised_at: Mapped[datetime]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SafetyNotice(Model):
    """A topic that is published as a notice of safety, security or law: beside the budget, once an incident and day.

    `board_id`: where it was published. `announces`: it would count as an announcement of that board.
    """

    __tablename__ = "safety_notices"
    __table_args__ = (
        CheckConstraint("kind in ('safety','security','legal')", name="kind"),
        Index("ix_safety_notices_about_key_at", "about_key", "at"),
        Index("ix_safety_notices_board_id_at", "board_id", "at"),
    )

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    # What the incident is called, and that name as it is compared.
    about: Mapped[str] = mapped_column(String(LONGEST_ABOUT))
    about_key: Mapped[str] = mapped_column(String(LONGEST_ABOUT * 3))
    at: Mapped[datetime]
    announces: Mapped[bool] = mapped_column(default=True)


class GuardLapse(Model):
    """An hour in which the guard judged without its numbers. `is_blind`: it could not judge at all."""

    __tablename__ = "guard_lapses"

    hour: Mapped[datetime] = mapped_column(primary_key=True)
    is_blind: Mapped[bool] = mapped_column(primary_key=True)


class DecisionItem(Model):
    """Something that waits for a decision: the organization passed over its rules in `over` of `posts` posts."""

    __tablename__ = "decision_items"
    __table_args__ = (Index("ix_decision_items_organization_id_opened_at", "organization_id", "opened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    opened_at: Mapped[datetime]
    over: Mapped[int]
    posts: Mapped[int]
    # The entry of the log that answers it; None: it is open.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)

    decision: Mapped[Decision | None] = relationship(lazy="raise")
