"""How long decisions take, as it is told in public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import clock
from forum.moderation.cases import Kind
from forum.moderation.models import Case

LOOKS_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class UsualTime:
    """Of `count` cases of a kind, half were decided within `hours`."""

    kind: str
    hours: float
    count: int


def usual_times(session: Session) -> Mapping[str, UsualTime]:
    """Kind → how long it took until a decision, over the last 90 days; without what was taken back before one. For
    everybody: it names nobody."""
    decided = select(Case.kind, Case.opened_at, Case.closed_at).where(
        Case.closed_at > clock.now() - LOOKS_BACK, Case.outcome != "withdrawn"
    )
    took: dict[str, list[float]] = defaultdict(list)
    for kind, opened_at, closed_at in session.execute(decided):
        assert closed_at is not None
        took[kind].append((closed_at - opened_at).total_seconds() / 3600)
    return {str(kind): _usual(kind, took[kind]) for kind in Kind if kind in took}


def _usual(kind: Kind, hours: list[float]) -> UsualTime:
    return UsualTime(str(kind), round(median(hours), 1), len(hours))
