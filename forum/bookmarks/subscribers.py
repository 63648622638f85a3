"""What bookmarks do when the posts they keep stand elsewhere."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.bookmarks.actions import follow_posts
from forum.posts.events import PostsRelocated


def follow_the_posts(session: Session, event: PostsRelocated) -> None:
    """They stay with their posts."""
    follow_posts(session, (event.from_id, event.to_id))
