"""Thanks below a post are told its author, gathered."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.posts.events import Reacted, ReactionWithdrawn
from forum.posts.limits import THANKS
from forum.posts.models import Post
from forum.recognition import actions


def gather_thanks(session: Session, event: Reacted) -> None:
    """Name whoever thanks."""
    if event.kind == THANKS:
        actions.gather(session, session.get_one(Post, event.post_id), event.account_id)


def leave_out_thanks(session: Session, event: ReactionWithdrawn) -> None:
    """And not any more, where it was not told yet."""
    if event.kind == THANKS:
        actions.leave_out(session, event.post_id, event.account_id)
