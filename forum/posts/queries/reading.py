"""Where a member stopped reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from forum.core import clock
from forum.core.db import UtcDateTime
from forum.following.levels import FOLLOWED, Level
from forum.following.models import BoardFollow, TagFollow
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.reading_models import ReadGap, ReadMark, TopicRead
from forum.posts.tallies import shown
from forum.posts.unread import EVERYWHERE, NEVER, NOBODYS, Habits
from forum.site import queries as sites
from forum.site.settings import duration

MOST_COUNTED = 100
_MARK, _BOARD, _TAG = "mark", "board", "tag"
_TELLING = (*FOLLOWED, Level.MUTED)


def habits_of(session: Session, actor: Actor) -> Habits:
    """What the actor marked read, follows and muted, in one query."""
    if actor.account_id is None:
        return NOBODYS
    said: CompoundSelect[str, int, str, datetime] = union_all(
        select(literal(_MARK), ReadMark.board_id, literal(""), ReadMark.marked_at).where(
            ReadMark.account_id == actor.account_id
        ),
        select(literal(_BOARD), BoardFollow.board_id, BoardFollow.level, BoardFollow.since).where(
            BoardFollow.account_id == actor.account_id, BoardFollow.level.in_(_TELLING)
        ),
        select(literal(_TAG), TagFollow.tag_id, TagFollow.level, TagFollow.since).where(
            TagFollow.account_id == actor.account_id, TagFollow.level.in_(_TELLING)
        ),
    )
    rows = session.execute(said).all()

    def places(of: str) -> dict[int, datetime]:
        return {place: since for what, place, level, since in rows if what == of and level in FOLLOWED}

    def muted(of: str) -> frozenset[int]:
        return frozenset(place for what, place, level, _since in rows if what == of and level == Level.MUTED)

    marks = {board: at for what, board, _level, at in rows if what == _MARK}
    return Habits(marks, places(_BOARD), places(_TAG), muted(_BOARD), muted(_TAG))


class Reader(NamedTuple):
    """How far somebody has read in a topic, the instant before which nothing there is unread, whether they keep a post
    of it, at what level they follow it ("": none was set), and the numbers that they left out on the way."""

    position: int | None = None
    mark: datetime = NEVER
    has_bookmarks: bool = False
    level: str = ""
    gaps: frozenset[int] = frozenset()


def reader(session: Session, actor: Actor, topic: Topic) -> Reader:
    """The actor as a reader of the topic, in one query."""
    if actor.is_guest:
        return Reader()
    mine = TopicRead.account_id == actor.account_id, TopicRead.topic_id == topic.id
    marks = ReadMark.account_id == actor.account_id, ReadMark.board_id.in_((EVERYWHERE, topic.board_id))
    both: CompoundSelect[int | None, datetime, bool, str] = union_all(
        select(TopicRead.last_number, TopicRead.read_at, TopicRead.has_bookmarks, TopicRead.level).where(*mine),
        select(null(), ReadMark.marked_at, false(), literal("")).where(*marks),
        select(-Post.number, Post.created_at, false(), literal("")).where(*_left_out(actor), Post.topic_id == topic.id),
    )
    found = Reader()
    for number, at, has_bookmarks, level in session.execute(both):
        if number is None:
            found = found._replace(mark=max(found.mark, at))
        elif number < 0:
            found = found._replace(gaps=found.gaps | {-number})
        else:
            found = found._replace(position=number or None, has_bookmarks=bool(has_bookmarks), level=level)
    return found


def _left_out(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """What makes a post (beside its gap) one that the actor left out."""
    return (ReadGap.post_id == Post.id, ReadGap.account_id == (actor.account_id or 0))


def first_gap_beside(actor: Actor) -> ColumnElement[int | None]:
    """SQL beside a topic: the number of the first post that the actor left out there."""
    found = select(func.min(Post.number)).where(*_left_out(actor), *_counts(actor)).correlate(Topic)
    return found.scalar_subquery()


def _counts(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """What makes a post one of the topic beside that can be unread."""
    return (Post.topic_id == Topic.id, Post.created_at > mark_beside(actor), shown())


def with_gaps(actor: Actor, mark: Callable[[SQLColumnExpression[int]], ColumnElement[datetime]]) -> Select[int]:
    """Ids of topics in which the actor left something out; `mark`: the instant on a board before which nothing counts.
    Asked once for a whole list."""
    there = aliased(Topic)
    return (
        select(Post.topic_id)
        .join(there, there.id == Post.topic_id)
        .where(*_left_out(actor), Post.created_at > mark(there.board_id), shown())
    )


def mark_beside(actor: Actor) -> ColumnElement[datetime]:
    """SQL beside a topic: the instant before which nothing there counts."""
    latest = (
        select(func.max(ReadMark.marked_at))
        .where(
            ReadMark.account_id == (actor.account_id or 0),
            or_(ReadMark.board_id == EVERYWHERE, ReadMark.board_id == Topic.board_id),
        )
        .correlate_except(ReadMark)
        .scalar_subquery()
    )
    return func.coalesce(latest, literal(NEVER, UtcDateTime()))


def unread_beside(actor: Actor) -> ColumnElement[int]:
    """SQL beside a topic and the actor's position in it: posts after that, at most `MOST_COUNTED`, and those left out
    before; 0: all is read."""
    after = (Post.number > TopicRead.last_number, *_counts(actor))
    some = select(Post.id).where(*after).limit(MOST_COUNTED).correlate(Topic, TopicRead).subquery()
    count = select(func.count()).select_from(some).correlate(Topic, TopicRead).scalar_subquery()
    opened = and_(TopicRead.last_number > 0, Topic.last_post_number > TopicRead.last_number)
    gaps = select(func.count()).select_from(Post).where(*_left_out(actor), *_counts(actor)).correlate(Topic)
    return case((opened, count), else_=0) + gaps.scalar_subquery()


def new_since(session: Session) -> datetime:
    """Topics that began later are new to whoever never opened them."""
    return clock.now() - duration(sites.settings(session), "new_for")


def first_unread(session: Session, actor: Actor, topic: Topic) -> int:
    """The number of the first post that the member has not read; the last one when all is read; 1 for guests."""
    found = reader(session, actor, topic)
    if found.position is None:
        return 1
    unread = or_(Post.number > found.position, Post.number.in_(sorted(found.gaps)))
    number = session.scalar(
        select(Post.number)
        .where(Post.topic_id == topic.id, unread, Post.created_at > found.mark, shown())
        .order_by(Post.number)
        .limit(1)
    )
    return number or topic.last_post_number or 1
