"""Times that moderators set for a topic: when it closes, by an hour or by its silence, and when it opens again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts.actions.publishing import add_note
from forum.posts.events import TopicStateChanged
from forum.posts.models import Topic
from forum.posts.powers import ALONE, Ground, check_powers

LONGEST = timedelta(days=5 * 365)
LONGEST_SILENCE_DAYS = 730


@dataclass(frozen=True)
class Timer:
    """When a topic closes: at an instant, or so many days after the last post; and when it opens again."""

    closes_at: datetime | None = None
    silent_days: int | None = None
    opens_at: datetime | None = None


def set_timer(session: Session, actor: Actor, topic: Topic, timer: Timer, ground: Ground = ALONE) -> None:
    """Set the times of a topic (locked for update), or take them away: a Timer without any."""
    require(actor, Act.LOCK_TOPIC, topic)
    check_powers(actor, topic, is_feedback=topic.board.is_feedback, ground=ground)
    _check(topic, timer, clock.now())
    topic.silent_days = timer.silent_days
    topic.closes_at = _end_of_silence(topic) if timer.silent_days else timer.closes_at
    topic.opens_at = timer.opens_at
    emit(session, TopicStateChanged(topic.id, actor.account_id or 0, "timer"))


def turn_due_topics(session: Session, actor: Actor, limit: int = 100) -> int:
    """Close and open the topics whose time has come, for the house, each with a note; says how many were looked at."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    due = session.scalars(
        select(Topic)
        .options(joinedload(Topic.board))
        .where(or_(Topic.closes_at <= now, Topic.opens_at <= now))
        .order_by(Topic.id)
        .limit(limit)
        .with_for_update(of=Topic)
    ).all()
    for topic in due:
        _close(session, actor, topic, now)
        _open(session, actor, topic, now)
    return len(due)


def _close(session: Session, actor: Actor, topic: Topic, now: datetime) -> None:
    if topic.closes_at is None or topic.closes_at > now:
        return
    if topic.silent_days and (end := _end_of_silence(topic)) > now:
        topic.closes_at = end  # somebody wrote meanwhile
        return
    topic.closes_at = topic.silent_days = None
    if topic.locked_at is None and topic.archived_at is None and topic.deleted_at is None:
        topic.locked_at = now
        _noted(session, actor, topic, "locked", "timed.locked", now)


def _open(session: Session, actor: Actor, topic: Topic, now: datetime) -> None:
    if topic.opens_at is None or topic.opens_at > now:
        return
    topic.opens_at = None
    if topic.locked_at is not None and topic.archived_at is None and topic.deleted_at is None:
        topic.locked_at = None
        _noted(session, actor, topic, "unlocked", "timed.unlocked", now)


def _noted(session: Session, actor: Actor, topic: Topic, change: str, note: str, now: datetime) -> None:
    add_note(session, actor, topic, note, now)
    emit(session, TopicStateChanged(topic.id, 0, change))


def _end_of_silence(topic: Topic) -> datetime:
    return topic.last_post_at + timedelta(days=topic.silent_days or 0)


def _check(topic: Topic, timer: Timer, now: datetime) -> None:
    if timer.closes_at is not None and timer.silent_days is not None:
        raise Invalid(_("Choose one: a time, or days after the last post."), "silent_days")
    if timer.silent_days is not None and not 1 <= timer.silent_days <= LONGEST_SILENCE_DAYS:
        raise Invalid(_("Choose from 1 to %(n)s days.", n=LONGEST_SILENCE_DAYS), "silent_days")
    for name, instant in (("closes_at", timer.closes_at), ("opens_at", timer.opens_at)):
        if instant is not None and not now < instant <= now + LONGEST:
            raise Invalid(_("Choose a time in the future, within five years."), name)
    closing = timer.closes_at or (timer.silent_days and topic.last_post_at + timedelta(days=timer.silent_days))
    if timer.opens_at and closing and timer.opens_at <= closing:
        raise Invalid(_("It opens again after it closed, not before."), "opens_at")
    if timer.opens_at and not closing and topic.locked_at is None:
        raise Invalid(_("It is open, and nothing closes it: there is nothing to open again."), "opens_at")
