"""Reads of who took part where, and of the lists that follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.organization.models import Affiliation
from forum.permissions import Actor
from forum.popularity.models import TopicScore
from forum.popularity.scores import LOOKS_BACK, Span, hot, top
from forum.posts.models import Post, Reaction, Topic
from forum.posts.queries import TopicRow
from forum.posts.queries.following import unmuted
from forum.posts.queries.rows import Wardrobe, fetch, found
from forum.posts.tallies import shown

PER_PAGE = 30


@dataclass(frozen=True)
class Popular:
    """A page of the topics that are talked about most, everywhere or on `board`."""

    span: Span
    board: Board | None
    topics: Page[TopicRow]


def popular_page(session: Session, actor: Actor, span: Span, board: Board | None = None, page: int = 1) -> Popular:
    """Page `page` of a list. NotFound past the last page."""
    mine = and_(TopicScore.topic_id == Topic.id, TopicScore.span == span)
    asked = found(actor).join(TopicScore, mine).where(unmuted(actor))
    if board is not None:
        asked = asked.where(TopicScore.board_id == board.id)
    asked = asked.order_by(TopicScore.score.desc(), TopicScore.topic_id.desc())
    rows = fetch(session, asked.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE))
    if page > 1 and not rows:
        raise NotFound
    shown_ = rows[:PER_PAGE]
    wardrobe = Wardrobe(session, actor, shown_)
    return Popular(span, board, Page(wardrobe.dress(shown_), page, page + (len(rows) > PER_PAGE)))


def scores(session: Session, span: Span, now: datetime) -> Mapping[int, float]:
    """Topic id → what it scores now."""
    since = now - LOOKS_BACK[span]
    return _hot(session, since, now) if span is Span.HOT else _top(session, since)


def _top(session: Session, since: datetime) -> Mapping[int, float]:
    replies = (
        select(Post.topic_id, func.count(Post.author_id.distinct()))
        .join(Topic, Topic.id == Post.topic_id)
        .where(_counts(since))
        .group_by(Post.topic_id)
    )
    of_host = _of_host()
    reactors = func.count(case((~of_host, Reaction.account_id)).distinct())
    anybody = func.max(case((of_host, 1), else_=0), type_=Integer)
    reactions = (
        select(Post.topic_id, reactors + anybody)
        .select_from(Reaction)
        .join(Post, Post.id == Reaction.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(_reaction_counts(since))
        .group_by(Post.topic_id)
    )
    repliers = {topic_id: count for topic_id, count in session.execute(replies)}  # noqa: C416
    reacted = {topic_id: count for topic_id, count in session.execute(reactions)}  # noqa: C416
    topics = repliers.keys() | reacted.keys()
    return {topic_id: top(repliers.get(topic_id, 0), reacted.get(topic_id, 0)) for topic_id in topics}


def _hot(session: Session, since: datetime, now: datetime) -> Mapping[int, float]:
    replies = (
        select(Post.topic_id, func.max(Post.created_at))
        .join(Topic, Topic.id == Post.topic_id)
        .where(_counts(since))
        .group_by(Post.topic_id, Post.author_id)
    )
    # All the organization's people are one voice: 0.
    voice = case((_of_host(), 0), else_=Reaction.account_id)
    reactions = (
        select(Post.topic_id, func.max(Reaction.created_at))
        .select_from(Reaction)
        .join(Post, Post.id == Reaction.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(_reaction_counts(since))
        .group_by(Post.topic_id, voice)
    )
    ages: dict[int, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for which, rows in enumerate((replies, reactions)):
        for topic_id, at in session.execute(rows):
            ages[topic_id][which].append((now - at).total_seconds() / 3600)
    return {topic_id: hot(*both) for topic_id, both in ages.items()}


def _counts(since: datetime) -> ColumnElement[bool]:
    """Replies of members, not of who opened the topic, not of the organization."""
    another = or_(Topic.author_id.is_(None), Post.author_id != Topic.author_id)
    member = and_(Post.author_id.is_not(None), Post.affiliation_kind == "")
    return and_(Post.created_at > since, Post.number > 1, shown(), Topic.deleted_at.is_(None), another, member)


def _reaction_counts(since: datetime) -> ColumnElement[bool]:
    another = or_(Topic.author_id.is_(None), Reaction.account_id != Topic.author_id)
    return and_(Reaction.created_at > since, shown(), Topic.deleted_at.is_(None), another)


def _of_host() -> ColumnElement[bool]:
    """Whether who reacted belonged to an organization then."""
    return (
        exists()
        .where(
            Affiliation.account_id == Reaction.account_id,
            Affiliation.since <= Reaction.created_at,
            or_(Affiliation.until.is_(None), Affiliation.until > Reaction.created_at),
        )
        .correlate_except(Affiliation)
    )
