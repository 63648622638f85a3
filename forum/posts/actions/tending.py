"""What the house does by itself: closing solved questions that have gone quiet, and counting confirmations anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.events import emit
from forum.permissions import Act, Actor, require
from forum.posts import standing
from forum.posts.actions.publishing import add_note
from forum.posts.events import TopicStateChanged
from forum.posts.models import Topic


def close_solved(session: Session, actor: Actor, topic: Topic, quiet: timedelta) -> None:
    """Lock a solved question (locked for update) that nobody has written in for `quiet`; a note in it says so."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    if topic.solved_at is None or topic.locked_at is not None or topic.archived_at is not None:
        return
    if now - topic.last_post_at < quiet or now - topic.solved_at < quiet:
        return
    topic.locked_at = now
    add_note(session, actor, topic, "solved.closed", now)
    emit(session, TopicStateChanged(topic.id, actor.account_id or 0, "locked"))


def settle_confirmations(session: Session, actor: Actor, topic_ids: Sequence[int]) -> None:
    """Ask anew of these topics which answers their peers confirm."""
    require(actor, Act.KEEP_TIME)
    standing.settle_all(session, list(topic_ids))
