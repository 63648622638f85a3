"""What the search does when somebody publishes: it notes which topics their words link to."""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from forum.posts.events import PostEdited, PostsRelocated, ReplyPosted, TopicStarted
from forum.posts.models import Post
from forum.search.actions import keep_links
from forum.search.links import SIGNS, may_link
from forum.search.models import TopicLink
from forum.search.queries.linking import Linking, OldTopics

BATCH = 300


def note_links(session: Session, event: TopicStarted | ReplyPosted | PostEdited, *, old: OldTopics) -> None:
    """For the list of where a topic is linked from."""
    post = session.get_one(Post, event.post_id)
    if may_link(post.html) or isinstance(event, PostEdited):
        keep_links(session, [Linking(post.id, post.topic_id, post.html)], old)


def note_relocated(session: Session, event: PostsRelocated, *, old: OldTopics) -> None:
    """A post does not count as linking to the topic where it stands; that, and where the posts stand that others name,
    is otherwise now."""
    topics = (event.from_id, event.to_id)
    inside = and_(Post.topic_id.in_(topics), or_(*(Post.html.contains(sign, autoescape=True) for sign in SIGNS)))
    naming = select(TopicLink.from_post_id).where(TopicLink.to_topic_id.in_(topics))
    linking = select(Post.id, Post.topic_id, Post.html).where(or_(inside, Post.id.in_(naming)), Post.action == "")
    found = [Linking(*row) for row in session.execute(linking.order_by(Post.id))]
    for start in range(0, len(found), BATCH):
        keep_links(session, found[start : start + BATCH], old)
