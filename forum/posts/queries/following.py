"""What a member has muted, and what they follow: SQL for lists, and the page that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session, contains_eager

from forum.core.errors import NotFound
from forum.following.levels import FOLLOWED, Level
from forum.following.models import BoardFollow, TagFollow
from forum.permissions import Actor
from forum.posts.models import Topic, TopicTag
from forum.posts.queries import visible
from forum.posts.reading_models import TopicRead

PER_PAGE = 30
CHOSEN = (Level.WATCHING, Level.TRACKING, Level.MUTED)


@dataclass(frozen=True)
class Followed:
    """A page of the topics that somebody follows at `level`, the latest activity first."""

    topics: Sequence[Topic]
    level: str
    page: int
    has_more: bool


def _own(actor: Actor, *levels: str) -> ColumnElement[bool]:
    mine = (TopicRead.account_id == actor.account_id, TopicRead.topic_id == Topic.id, TopicRead.level.in_(levels))
    return exists().where(*mine).correlate_except(TopicRead)


def unmuted(actor: Actor) -> ColumnElement[bool]:
    """Topics that the member has not muted, by themselves or by their board or tags. A topic's own level wins."""
    if actor.account_id is None:
        return true()
    boards = select(BoardFollow.board_id).where(
        BoardFollow.account_id == actor.account_id, BoardFollow.level == Level.MUTED
    )
    tags = (
        exists()
        .where(
            TopicTag.topic_id == Topic.id,
            TopicTag.tag_id == TagFollow.tag_id,
            TagFollow.account_id == actor.account_id,
            TagFollow.level == Level.MUTED,
        )
        .correlate_except(TopicTag, TagFollow)
    )
    chosen = _own(actor, Level.WATCHING, Level.TRACKING, Level.NORMAL)
    return and_(~_own(actor, Level.MUTED), or_(chosen, and_(Topic.board_id.not_in(boards), ~tags)))


def followed(actor: Actor) -> ColumnElement[bool]:
    """Topics that the member watches or tracks, themselves or as part of a board or tag. A topic's own level wins."""
    boards = select(BoardFollow.board_id).where(
        BoardFollow.account_id == actor.account_id, BoardFollow.level.in_(FOLLOWED)
    )
    tags = (
        exists()
        .where(
            TopicTag.topic_id == Topic.id,
            TopicTag.tag_id == TagFollow.tag_id,
            TagFollow.account_id == actor.account_id,
            TagFollow.level.in_(FOLLOWED),
        )
        .correlate_except(TopicTag, TagFollow)
    )
    chosen = _own(actor, Level.NORMAL, Level.MUTED)
    return or_(_own(actor, *FOLLOWED), and_(~chosen, or_(Topic.board_id.in_(boards), tags)))


def followed_topics(session: Session, actor: Actor, level: str, page: int = 1) -> Followed:
    """Page `page` of the topics that the actor follows at `level`, with their boards. NotFound past the last."""
    level = level if level in CHOSEN else Level.WATCHING
    mine = and_(TopicRead.topic_id == Topic.id, TopicRead.account_id == actor.account_id, TopicRead.level == level)
    rows = session.scalars(
        select(Topic)
        .join(TopicRead, mine)
        .join(Topic.board)
        .options(contains_eager(Topic.board))
        .where(visible.listed(actor))
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
        .limit(PER_PAGE + 1)
        .offset((page - 1) * PER_PAGE)
    ).all()
    if page > 1 and not rows:
        raise NotFound
    return Followed(rows[:PER_PAGE], level, page, len(rows) > PER_PAGE)
