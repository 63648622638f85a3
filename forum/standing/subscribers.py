"""What standing hears: that somebody read on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.posts.events import PostsRead
from forum.standing import actions


def count_reading(session: Session, event: PostsRead) -> None:
    """After the answer was sent, in the transaction that moves the reading position."""
    actions.count_reading(session, event.account_id, clock.now())
