"""Where a topic is linked from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import ignoring
from forum.search.models import TopicLink
from forum.search.queries.filters import readable
from forum.search.queries.similar import SimilarTopic

MOST = 10


def linked_from(session: Session, actor: Actor, topic: Topic) -> Sequence[SimilarTopic]:
    """Topics with a post that `actor` may read and that links to `topic`, the latest first."""
    latest = (
        select(Post.topic_id, func.max(Post.id).label("post_id"))
        .join(TopicLink, TopicLink.from_post_id == Post.id)
        .join(Post.topic)
        .where(TopicLink.to_topic_id == topic.id, readable(actor), ignoring.posts(actor))
        .group_by(Post.topic_id)
        .order_by(func.max(Post.id).desc())
        .limit(MOST)
        .subquery()
    )
    rows = select(Topic).join(latest, latest.c.topic_id == Topic.id).options(joinedload(Topic.board, innerjoin=True))
    return [SimilarTopic(found) for found in session.scalars(rows.order_by(latest.c.post_id.desc()))]
