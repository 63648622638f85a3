"""What the search does when somebody publishes: it notes which topics their words link to."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.posts.events import PostEdited, ReplyPosted, TopicStarted
from forum.posts.models import Post
from forum.search.actions import keep_links


def note_links(session: Session, event: TopicStarted | ReplyPosted | PostEdited) -> None:
    """For the list of where a topic is linked from."""
    keep_links(session, session.get_one(Post, event.post_id), is_new=not isinstance(event, PostEdited))
