"""Reads of what waits: one's own, nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forum.core.errors import NotFound
from forum.permissions import Actor
from forum.posts.queries import Spot
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


# The kind of place at which drafts of edits are kept, each by the id of what waits.
DRAFTS = "scheduled"


def spots(session: Session, actor: Actor, places: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Spot]:
    """(kind, id) → where it is edited. What is published or gone is left out."""
    ids = {place_id for place, place_id in places if place == DRAFTS}
    mine = (ScheduledTopic.id.in_(ids), ScheduledTopic.author_id == (actor.account_id or 0))
    rows = session.execute(select(ScheduledTopic.id, ScheduledTopic.title).where(*mine)) if ids else ()
    return {(DRAFTS, row.id): Spot(row.title, f"/scheduled/{row.id}/edit") for row in rows}


def was_scheduled(session: Session, actor: Actor, once: str) -> bool:
    """Whether the actor's form with this token was scheduled already."""
    if not once or actor.account_id is None:
        return False
    sent = (ScheduledTopic.author_id == actor.account_id, ScheduledTopic.once == once[:40])
    return session.scalar(select(ScheduledTopic.id).where(*sent)) is not None


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[int, int, str, int]]:
    """Id, author, source and board of what is to be published at `now`, the longest due first: one of each author, so
    that the pauses between somebody's topics hold up nobody else. For the worker."""
    order = (ScheduledTopic.publish_at, ScheduledTopic.id)
    turn = func.row_number().over(partition_by=ScheduledTopic.author_id, order_by=order).label("turn")
    waiting = (
        select(ScheduledTopic.id, turn)
        .where(ScheduledTopic.refused_at.is_(None), ScheduledTopic.publish_at <= now)
        .subquery()
    )
    rows = session.execute(
        select(ScheduledTopic.id, ScheduledTopic.author_id, ScheduledTopic.source, ScheduledTopic.board_id)
        .join(waiting, waiting.c.id == ScheduledTopic.id)
        .where(waiting.c.turn == 1)
        .order_by(*order)
        .limit(limit)
    )
    return [(row.id, row.author_id, row.source, row.board_id) for row in rows]
