"""Posts that somebody wants to move, as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.posts.models import Post, Topic

MOST = 500


def posts_to_move(session: Session, topic: Topic, post_ids: Sequence[int], first: int | None = None) -> Sequence[Post]:
    """Replies of a topic (that the actor may split) with their authors: these, or all from the number `first` on."""
    which = Post.id.in_(post_ids) if first is None else Post.number >= first
    return session.scalars(
        select(Post)
        .options(joinedload(Post.author))
        .where(Post.topic_id == topic.id, Post.number > 1, Post.action == "", which)
        .order_by(Post.number)
        .limit(MOST)
    ).all()
