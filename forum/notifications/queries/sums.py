"""What is told once a day, in sum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from forum.notifications.models import Notice
from forum.posts.limits import THANKS
from forum.posts.models import Post, Reaction
from forum.posts.tallies import shown


def reactions_between(session: Session, since: datetime, until: datetime) -> Sequence[tuple[int, int, int]]:
    """Post, its author and how many people reacted to it in that time, the reaction that was told at once left out.
    Thanks are messages of their own."""
    told = exists().where(
        Notice.post_id == Reaction.post_id, Notice.kind == "reaction", Notice.actor_id == Reaction.account_id
    )
    rows = session.execute(
        select(Reaction.post_id, Post.author_id, func.count(Reaction.account_id.distinct()))
        .join(Post, Post.id == Reaction.post_id)
        .where(
            Reaction.created_at >= since,
            Reaction.created_at < until,
            Reaction.kind != THANKS,
            Post.author_id.is_not(None),
            ~told,
            shown(),
        )
        .group_by(Reaction.post_id, Post.author_id)
        .order_by(Reaction.post_id)
    )
    return [(post_id, author_id or 0, count) for post_id, author_id, count in rows]
