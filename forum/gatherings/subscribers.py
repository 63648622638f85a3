"""What attendance does when an event is edited."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.core.events import emit
from forum.gatherings import actions
from forum.gatherings.events import EventRescheduled
from forum.posts.events import TopicFieldsEdited
from forum.posts.models import Topic


def follow_the_edit(session: Session, event: TopicFieldsEdited) -> None:
    """More places let the next ones up; another time is announced to whoever tells those who come."""
    topic = session.scalars(select(Topic).options(joinedload(Topic.board)).where(Topic.id == event.topic_id)).one()
    if topic.board.kind != "event":
        return
    actions.let_up(session, topic)
    if event.moved:
        emit(session, EventRescheduled(topic.id, event.by_id))
