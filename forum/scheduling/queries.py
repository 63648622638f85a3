"""Reads of what waits: one's own, nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forum.core.errors import NotFound
from forum.permissions import Actor
from forum.scheduling.models import ScheduledTopic


def scheduled(session: Session, actor: Actor) -> Sequence[ScheduledTopic]:
    """What one has waiting, with boards: what was refused first, then soonest first. At most `actions.MOST` rows."""
    return session.scalars(
        select(ScheduledTopic)
        .options(joinedload(ScheduledTopic.board))
        .where(ScheduledTopic.author_id == (actor.account_id or 0))
        .order_by(ScheduledTopic.refused_at.is_(None), ScheduledTopic.publish_at, ScheduledTopic.id)
    ).all()


def one(session: Session, actor: Actor, scheduled_id: int, *, lock: bool = False) -> ScheduledTopic:
    """One of one's own, with its board; NotFound for everybody else's, and where it is published or gone."""
    rows = select(ScheduledTopic).options(joinedload(ScheduledTopic.board))
    rows = rows.where(ScheduledTopic.id == scheduled_id, ScheduledTopic.author_id == (actor.account_id or 0))
    if lock:
        rows = rows.with_for_update(of=ScheduledTopic).execution_options(populate_existing=True)
    found = session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[int, int, str]]:
    """Id, author and source of what is to be published at `now`, the longest due first: one of each author, so that
    the pauses between somebody's topics hold up nobody else. For the worker."""
    order = (ScheduledTopic.publish_at, ScheduledTopic.id)
    turn = func.row_number().over(partition_by=ScheduledTopic.author_id, order_by=order).label("turn")
    waiting = (
        select(ScheduledTopic.id, turn)
        .where(ScheduledTopic.refused_at.is_(None), ScheduledTopic.publish_at <= now)
        .subquery()
    )
    rows = session.execute(
        select(ScheduledTopic.id, ScheduledTopic.author_id, ScheduledTopic.source)
        .join(waiting, waiting.c.id == ScheduledTopic.id)
        .where(waiting.c.turn == 1)
        .order_by(*order)
        .limit(limit)
    )
    return [(row.id, row.author_id, row.source) for row in rows]
