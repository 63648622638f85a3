"""What search engines are told: the topics that everybody may read, so many a map, by ranges of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.permissions import Actor
from forum.posts.addresses import topic_path
from forum.posts.models import Topic
from forum.posts.queries import visible

PER_MAP = 10_000
"""Well below the 50,000 that search engines take: a map is one quick read."""


def maps(session: Session) -> range:
    """The numbers of the maps, from 1."""
    last = session.scalar(select(func.max(Topic.id))) or 0
    return range(1, -(-last // PER_MAP) + 1)


def topics_of(session: Session, guest: Actor, number: int) -> Sequence[tuple[str, datetime]]:
    """Address and last change of the topics in a map that `guest` may read."""
    first = (number - 1) * PER_MAP + 1
    topics = session.scalars(
        select(Topic)
        .where(visible.listed(guest), Topic.id.between(first, first + PER_MAP - 1), Topic.post_count > 0)
        .order_by(Topic.id)
    )
    return [(topic_path(topic), topic.last_post_at) for topic in topics]
