"""The verbs of attendance: saying whether one comes, and letting the next one up."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.boards import kinds
from forum.boards import queries as boards
from forum.core import clock
from forum.core.db import keeping
from forum.core.db.keeping import Kept
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.gatherings import places
from forum.gatherings.events import AttendanceAnswered, PlaceGiven
from forum.gatherings.models import Attendance
from forum.permissions import Act, Actor, require
from forum.posts.models import Topic

_ATTENDANCES: Any = Attendance.__table__


def attend(session: Session, actor: Actor, topic: Topic, answer: str) -> None:
    """Say yes, maybe or no (`topic` locked, with its board). Yes takes a place, or a turn on the waiting list, which
    the same answer said again keeps; giving a place back lets the next one up."""
    require(actor, Act.ATTEND, topic)
    _must_be_coming(topic)
    if answer not in places.ANSWERS:
        raise Invalid(_("Say yes, maybe or no."), "answer")
    standing = session.get(Attendance, (topic.id, actor.account_id), populate_existing=True)
    if standing is not None and standing.answer == answer:
        return
    limit = places_of(topic)
    waits = answer == places.YES and places.must_wait(limit, _seated(session, topic), len(_waiting(session, topic)))
    turn = (session.scalar(select(func.max(Attendance.turn)).where(_of(topic))) or 0) + 1
    if standing is None:
        standing = Attendance(topic_id=topic.id, account_id=actor.account_id)
        session.add(standing)
    standing.answer, standing.is_waiting, standing.turn, standing.answered_at = answer, waits, turn, clock.now()
    session.flush()
    emit(session, AttendanceAnswered(topic.id, actor.account_id or 0, answer, waits))
    let_up(session, topic)


def let_up(session: Session, topic: Topic) -> None:
    """Give free places to those who wait, in their order (`topic` locked). Called where a place was given back, and
    where there are more of them than before."""
    waiting = _waiting(session, topic)
    if not waiting or topic.starts_at is None or topic.starts_at <= clock.now():
        return
    for account_id in places.next_up(places_of(topic), _seated(session, topic), list(waiting)):
        waiting[account_id].is_waiting = False
        session.flush()
        emit(session, PlaceGiven(topic.id, account_id))


def take_attendances(session: Session, actor: Actor, account: Account, limit: int) -> list[Kept]:
    """Up to `limit` answers of an account, taken away with everything else of it. A place that gets free so is given
    to who waits when somebody answers next, since this can be taken back."""
    require(actor, Act.REMOVE_SPAMMER, account)
    return keeping.take(session, _ATTENDANCES, Attendance.account_id == account.id, limit)


def give_attendances(session: Session, actor: Actor, account: Account, kept: list[Kept]) -> None:
    """The opposite: those answers again; whose place was given to somebody else meanwhile waits."""
    require(actor, Act.REMOVE_SPAMMER, account)
    ids = sorted({row["topic_id"] for row in kept})
    rows = session.scalars(select(Topic).where(Topic.id.in_(ids)).order_by(Topic.id).with_for_update())
    topics = {topic.id: topic for topic in rows}
    for row in kept:
        topic = topics.get(row["topic_id"])
        limit = places_of(topic) if topic is not None else None
        seated = row["answer"] == places.YES and not row["is_waiting"]
        is_full = seated and topic is not None and limit is not None and _seated(session, topic) >= limit
        keeping.give(session, _ATTENDANCES, [{**row, "is_waiting": row["is_waiting"] or is_full}] if topic else [])


def places_of(topic: Topic) -> int | None:
    """How many places an event has; None: all fit in."""
    found = topic.fields.get(kinds.PLACES)
    return found if isinstance(found, int) else None


def _must_be_coming(topic: Topic) -> None:
    if topic.board.kind != "event" or topic.starts_at is None:
        raise Invalid(_("This is no event."))
    if topic.starts_at <= clock.now():
        raise Invalid(_("This event has begun: answers stay as they are."))


def _of(topic: Topic) -> ColumnElement[bool]:
    return Attendance.topic_id == topic.id


def _seated(session: Session, topic: Topic) -> int:
    seated = (Attendance.answer == places.YES, Attendance.is_waiting.is_(False))
    return session.scalar(select(func.count()).where(_of(topic), *seated)) or 0


def _waiting(session: Session, topic: Topic) -> dict[int, Attendance]:
    """Account id → answer, of those who wait and could still come, in their order: not who is gone, suspended or shut
    out of the board meanwhile."""
    could_come = (accounts.is_here(clock.now()), boards.seen_by(topic.board_id))
    rows = (
        select(Attendance)
        .join(Account, Account.id == Attendance.account_id)
        .where(_of(topic), Attendance.answer == places.YES, Attendance.is_waiting, *could_come)
    )
    return {row.account_id: row for row in session.scalars(rows.order_by(Attendance.turn))}
