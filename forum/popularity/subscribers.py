"""A topic that moves takes its place in the lists along."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.popularity import actions
from forum.posts.events import TopicMoved


def follow_the_topic(session: Session, event: TopicMoved) -> None:
    """Its scores stand under the board where it is."""
    actions.move_scores(session, event.topic_id, event.to_id)
