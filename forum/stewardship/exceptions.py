"""In how many of its posts the organization passed over its rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.organization.counts import SPAN
from forum.organization.queries import state
from forum.organization.rules import ENOUGH_POSTS
from forum.posts.guard_models import Override
from forum.stewardship.queries import public_boards

MANY = Fraction(1, 10)


@dataclass(frozen=True)
class Exceptions:
    """Posts with an override among the organization's countable posts, of 28 days on boards that every member sees."""

    over: int
    posts: int

    @property
    def is_many(self) -> bool:
        """More than one in ten; of fewer than 20 posts nothing is said."""
        return self.posts >= ENOUGH_POSTS and Fraction(self.over, self.posts) > MANY


def exceptions(session: Session, now: datetime) -> Exceptions:
    """Of the 28 days before now. A post that passed over several rules is one."""
    boards = public_boards(session)
    of_post = func.coalesce(Override.post_id, -Override.id)
    lately = (Override.at > now - SPAN, Override.at <= now, Override.board_id.in_(boards))
    over = session.scalar(select(func.count(of_post.distinct())).where(*lately)) or 0
    return Exceptions(over, sum(state.stored(session, board, now).counts.our_posts for board in boards))
