"""Whatever is said officially is a statement from the beginning."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from forum.posts.events import ReplyPosted, TopicStarted
from forum.posts.models import Post, Topic
from forum.statements import actions


def begin(session: Session, event: TopicStarted | ReplyPosted) -> None:
    """Asks nothing for members: only posts of the organization are looked at."""
    post = session.get(Post, event.post_id)
    if post is None or not post.affiliation_kind:
        return
    placed = (
        select(Post)
        .join(Post.topic)
        .join(Topic.board)
        .options(contains_eager(Post.topic).contains_eager(Topic.board))
        .where(Post.id == post.id)
        .execution_options(populate_existing=True)
    )
    actions.begin_statement(session, session.scalars(placed).one())
