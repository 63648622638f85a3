"""What an actor may see, as SQL. Says the same as the rows SEE_TOPIC and SEE_POST of `permissions/rules.py`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from forum.permissions import Actor, Right
from forum.posts.models import Post, Topic

STUB_FOR = timedelta(hours=24)


def topics(actor: Actor) -> ColumnElement[bool]:
    """Topics whose page the actor may open. What was merged away has none: its address leads on."""
    return and_(
        Topic.board_id.in_(actor.boards_with(Right.SEE)),
        Topic.merged_post_id.is_(None),
        or_(Topic.deleted_at.is_(None), Topic.board_id.in_(_moderated(actor))),
    )


def listed(actor: Actor) -> ColumnElement[bool]:
    """Topics that lists show: removed ones only by their address, to moderators; hidden ones by theirs."""
    there = (Topic.deleted_at.is_(None), Topic.hidden_at.is_(None))
    return and_(Topic.board_id.in_(actor.boards_with(Right.SEE)), *there)


def posts(actor: Actor) -> ColumnElement[bool]:
    """Posts (joined with Topic) whose words the actor may read."""
    return and_(
        topics(actor),
        or_(
            and_(Post.deleted_at.is_(None), Post.hidden_at.is_(None)),
            and_(Post.deleted_at.is_(None), Post.author_id == actor.account_id, Post.author_id.is_not(None)),
            Topic.board_id.in_(_moderated(actor)),
        ),
    )


def readable(actor: Actor) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    """Whether the actor may read the post that a column of some other table names: what uploads ask."""
    return lambda post_id: select(Post.id).join(Post.topic).where(Post.id == post_id, posts(actor)).exists()


def placed(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Posts (joined with Topic) that have a place on the topic's page: readable ones, and stubs. A deleted post is a
    stub for a day, then gone from view but for moderators and whoever deleted it."""
    return or_(
        Post.deleted_at.is_(None),
        Post.deleted_at > now - STUB_FOR,
        and_(Post.deleted_by_id == actor.account_id, Post.deleted_by_id.is_not(None)),
        Topic.board_id.in_(_moderated(actor)),
    )


def _moderated(actor: Actor) -> list[int]:
    return [board for board in actor.boards_with(Right.MODERATE) if actor.may(Right.SEE, board)]
