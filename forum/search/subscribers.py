"""What the search does when somebody publishes: it notes which topics their words link to."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.posts.events import PostEdited, ReplyPosted, TopicStarted
from forum.posts.models import Post
from forum.search.actions import keep_links
from forum.search.links import may_link
from forum.search.queries.linking import Linking, OldTopics


def note_links(session: Session, event: TopicStarted | ReplyPosted | PostEdited, *, old: OldTopics) -> None:
    """For the list of where a topic is linked from."""
    post = session.get_one(Post, event.post_id)
    if may_link(post.html) or isinstance(event, PostEdited):
        keep_links(session, [Linking(post.id, post.topic_id, post.html)], old)
