"""What somebody of the organization answers for, and sees to: for their desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from forum.permissions import Actor, Right
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.statements.models import Pledge, Statement
from forum.statements.queries import (
    PER_PAGE,
    PledgeView,
    StatementView,
    day_has_come,
    pledge_view,
    removal_of,
    statement_view,
    today_on,
)


def own_to_review(session: Session, actor: Actor, now: datetime) -> Sequence[StatementView]:
    """What the actor answers for and has to look at again by now, the longest due first."""
    rows = session.scalars(
        select(Statement)
        .join(Statement.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(contains_eager(Statement.post).contains_eager(Post.topic).contains_eager(Topic.board))
        .where(
            Statement.owner_id == actor.account_id,
            Statement.superseded_by_id.is_(None),
            day_has_come(session, Statement.review_on, now),
            visible.posts(actor),
        )
        .order_by(Statement.review_on, Statement.post_id)
        .limit(PER_PAGE)
    )
    return [statement_view(row, today_on(row.post.topic.board, now)) for row in rows]


def own_pledges(session: Session, actor: Actor, now: datetime) -> Sequence[PledgeView]:
    """What the actor sees to and is not done yet, its post there or not, the next due first."""
    rows = session.scalars(
        select(Pledge)
        .join(Pledge.post)
        .join(Post.topic)
        .join(Topic.board)
        .options(contains_eager(Pledge.post).contains_eager(Post.topic).contains_eager(Topic.board))
        .where(
            Pledge.owner_id == actor.account_id,
            Pledge.kept_on.is_(None),
            Pledge.withdrawn_at.is_(None),
            Topic.board_id.in_(actor.boards_with(Right.SEE)),
        )
        .order_by(Pledge.due_on, Pledge.id)
        .limit(PER_PAGE)
    )
    return [pledge_view(row, today_on(row.post.topic.board, now), removal_of(row.post)) for row in rows]
