"""What the clock looks for: what has waited for a day, and what was done in an emergency and nobody looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.moderation.actions.claiming import CLAIMED_FOR
from forum.moderation.models import Case, Ruling

REMINDS_AFTER = timedelta(hours=24)


def waits_long(session: Session, now: datetime) -> Sequence[int]:
    """Cases that have waited for a day, at which nobody looks and of which nobody was reminded."""
    free = Case.claimed_at.is_(None) | (Case.claimed_at <= now - CLAIMED_FOR)
    asked = select(Case.id).where(
        Case.closed_at.is_(None), Case.reminded_at.is_(None), Case.opened_at <= now - REMINDS_AFTER, free
    )
    return session.scalars(asked.order_by(Case.id).limit(500)).all()


def unreviewed(session: Session, now: datetime) -> Sequence[int]:
    """Decisions of an emergency whose two days are over."""
    asked = select(Ruling.id).where(Ruling.state == "in_force", Ruling.review_by <= now)
    return session.scalars(asked.order_by(Ruling.id).limit(500)).all()
