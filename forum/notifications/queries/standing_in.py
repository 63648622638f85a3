"""Which backups should hear by now that somebody waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.notifications.models import Notice
from forum.organization.charter import KEEPERS
from forum.organization.queries.rota import backups_at
from forum.posts.queries import promised

HALF = Fraction(1, 2)
"""So much of an unmet promise is used when the backup is told."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A topic in which half of a promised time is over without the reply, and the backups of who is on duty there.
    `about`: the one thing that it is, of which nobody hears twice."""

    topic_id: int
    about: str
    backups: frozenset[int]


def unmet_halves(session: Session, now: datetime) -> Sequence[Unmet]:
    """Those of which no backup was told yet, where somebody is the backup now."""
    standing_by = backups_at(session, now)
    if not standing_by:
        return []
    found = []
    for item in promised.of_everybody(session, now, only_open=True):
        backups = frozenset(
            backup
            for shift, backup in standing_by
            if shift.role is KEEPERS[item.kind] and shift.covers(item.topic.board_id)
        )
        if backups and item.promise.share_used(now) >= HALF:
            found.append(Unmet(item.topic.id, f"stand-in:{item.topic.id}", backups))
    told = set(session.scalars(select(Notice.about).where(Notice.about.in_([one.about for one in found]))))
    return [one for one in found if one.about not in told]
