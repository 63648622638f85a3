"""Where a member stopped reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, and_, case, false, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.db import UtcDateTime
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.reading_models import ReadMark, TopicRead
from forum.posts.tallies import shown
from forum.site import queries as sites
from forum.site.settings import duration

EVERYWHERE = 0
MOST_COUNTED = 100
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def read_marks(session: Session, actor: Actor) -> Mapping[int, datetime]:
    """Board id (0: everywhere) → instant before which nothing counts as unread."""
    if actor.is_guest:
        return {}
    rows = session.execute(select(ReadMark.board_id, ReadMark.marked_at).where(ReadMark.account_id == actor.account_id))
    return dict(rows.all())


def mark_for(marks: Mapping[int, datetime], board_id: int) -> datetime:
    """The later of the board's mark and the mark for everywhere."""
    return max(marks.get(EVERYWHERE, NEVER), marks.get(board_id, NEVER))


def read_positions(session: Session, actor: Actor, topics: Sequence[Topic]) -> Mapping[int, int]:
    """Topic id → highest number read, for those of `topics` that the member has opened."""
    if actor.is_guest or not topics:
        return {}
    rows = session.execute(
        select(TopicRead.topic_id, TopicRead.last_number).where(
            TopicRead.account_id == actor.account_id,
            TopicRead.topic_id.in_([topic.id for topic in topics]),
            TopicRead.last_number > 0,
        )
    )
    return dict(rows.all())


class Reader(NamedTuple):
    """How far somebody has read in a topic, the instant before which nothing there is unread, whether they keep a post
    of it, and at what level they follow it ("": none was set)."""

    position: int | None = None
    mark: datetime = NEVER
    has_bookmarks: bool = False
    level: str = ""


def reader(session: Session, actor: Actor, topic: Topic) -> Reader:
    """The actor as a reader of the topic, in one query."""
    if actor.is_guest:
        return Reader()
    mine = TopicRead.account_id == actor.account_id, TopicRead.topic_id == topic.id
    marks = ReadMark.account_id == actor.account_id, ReadMark.board_id.in_((EVERYWHERE, topic.board_id))
    both: CompoundSelect[int | None, datetime, bool, str] = union_all(
        select(TopicRead.last_number, TopicRead.read_at, TopicRead.has_bookmarks, TopicRead.level).where(*mine),
        select(null(), ReadMark.marked_at, false(), literal("")).where(*marks),
    )
    found = Reader()
    for number, at, has_bookmarks, level in session.execute(both):
        if number is None:
            found = found._replace(mark=max(found.mark, at))
        else:
            found = found._replace(position=number or None, has_bookmarks=bool(has_bookmarks), level=level)
    return found


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
    """SQL beside a topic and the actor's position in it: posts after that, at most `MOST_COUNTED`; 0: all is read."""
    after = (Post.topic_id == Topic.id, Post.number > TopicRead.last_number, Post.created_at > mark_beside(actor))
    some = select(Post.id).where(*after, shown()).limit(MOST_COUNTED).correlate(Topic, TopicRead).subquery()
    count = select(func.count()).select_from(some).correlate(Topic, TopicRead).scalar_subquery()
    opened = and_(TopicRead.last_number > 0, Topic.last_post_number > TopicRead.last_number)
    return case((opened, count), else_=0)


def is_unread(topic: Topic, position: int | None, mark: datetime) -> bool:
    """Opened before, and something was added since."""
    return position is not None and topic.last_post_number > position and topic.last_post_at > mark


def new_since(session: Session) -> datetime:
    """Topics that began later are new to whoever never opened them."""
    return clock.now() - duration(sites.settings(session), "new_for")


def is_new(topic: Topic, position: int | None, mark: datetime, since: datetime) -> bool:
    """Started after `since` and never opened."""
    return position is None and topic.created_at > max(mark, since)


def first_unread(session: Session, actor: Actor, topic: Topic) -> int:
    """The number of the first post that the member has not read; the last one when all is read; 1 for guests."""
    position = read_positions(session, actor, [topic]).get(topic.id)
    if position is None:
        return 1
    mark = mark_for(read_marks(session, actor), topic.board_id)
    number = session.scalar(
        select(Post.number)
        .where(Post.topic_id == topic.id, Post.number > position, Post.created_at > mark, shown())
        .order_by(Post.number)
        .limit(1)
    )
    return number or topic.last_post_number or 1
