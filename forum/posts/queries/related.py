"""What stands beside a tag: tags that the same topics carry."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.boards.models import Tag
from forum.permissions import Actor
from forum.posts.models import Topic, TopicTag
from forum.posts.queries import visible

# Looked at: the latest so many topics under the tag, whatever the size of the place.
LATEST = 200
MOST = 6
LEAST_TOGETHER = 2


def related_tags(session: Session, actor: Actor, tag: Tag) -> Sequence[Tag]:
    """The tags that most often stand beside `tag` on topics that the actor may see, the closest first; at most six."""
    latest = (
        select(TopicTag.topic_id)
        .join(Topic, Topic.id == TopicTag.topic_id)
        .where(TopicTag.tag_id == tag.id, visible.listed(actor))
        .order_by(TopicTag.topic_id.desc())
        .limit(LATEST)
        .subquery()
    )
    together = func.count().label("together")
    beside = (
        select(TopicTag.tag_id, together)
        .join(latest, latest.c.topic_id == TopicTag.topic_id)
        .where(TopicTag.tag_id != tag.id)
        .group_by(TopicTag.tag_id)
        .having(together >= LEAST_TOGETHER)
        .order_by(together.desc(), TopicTag.tag_id)
        .limit(MOST)
        .subquery()
    )
    return session.scalars(
        select(Tag).join(beside, beside.c.tag_id == Tag.id).order_by(beside.c.together.desc(), Tag.id)
    ).all()


def topics_of_both(session: Session, tag: Tag, other: Tag) -> int:
    """How many topics carry the two."""
    carries_other = select(TopicTag.topic_id).where(TopicTag.tag_id == other.id)
    return (
        session.scalar(select(func.count()).where(TopicTag.tag_id == tag.id, TopicTag.topic_id.in_(carries_other))) or 0
    )
