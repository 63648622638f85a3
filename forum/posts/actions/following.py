"""How closely a member follows a topic: by hand, or by what they do in it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.following.levels import OF_TOPICS, READING_MAKES_TRACKING_S, Level
from forum.permissions import Act, Actor, require
from forum.posts.actions.reading import position_for_update, rise
from forum.posts.events import TopicFollowed
from forum.posts.models import Topic

# What one report of reading can count, in seconds: a page left open over lunch is not being read.
LONGEST_SITTING_S = 300


def follow_topic(session: Session, actor: Actor, topic: Topic, level: str) -> None:
    """Follow `topic` at `level`, by hand: nothing else changes it any more."""
    require(actor, Act.FOLLOW, topic)
    if level not in OF_TOPICS:
        raise Invalid(_("Choose one of the ways to follow it."), "level")
    row = position_for_update(session, actor.account_id or 0, topic.id, clock.now())
    row.level, row.level_by_hand = level, True
    emit(session, TopicFollowed(actor.account_id or 0, topic.id))


def spend_reading(session: Session, actor: Actor, topic: Topic, seconds: int) -> None:
    """The member has looked at the topic for so long; five minutes in all make them track it."""
    require(actor, Act.FOLLOW, topic)
    row = position_for_update(session, actor.account_id or 0, topic.id, clock.now())
    row.seconds += max(0, min(seconds, LONGEST_SITTING_S))
    if row.seconds >= READING_MAKES_TRACKING_S:
        rise(row, Level.TRACKING)
