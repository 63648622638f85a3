"""How far a member has read: exact to the post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.following.levels import Level, may_rise, reads_on
from forum.permissions import Act, Actor, require
from forum.posts.addresses import numbers_on, page_of
from forum.posts.events import PostsRead
from forum.posts.models import Post, Topic
from forum.posts.reading_models import ReadGap, ReadMark, TopicRead

EVERYWHERE = 0


def mark_read(session: Session, actor: Actor, topic: Topic, number: int) -> None:
    """The member has seen the posts up to `number`. A position never moves back by itself; what was left out before it
    is read when its page is."""
    require(actor, Act.MARK_READ)
    number = min(number, topic.last_number)
    here = select(Post.id).where(Post.topic_id == topic.id, Post.number.between(numbers_on(page_of(number))[0], number))
    session.execute(
        delete(ReadGap)
        .where(ReadGap.account_id == actor.account_id, ReadGap.post_id.in_(here))
        .execution_options(synchronize_session=False)
    )
    remember_read(session, actor, topic.id, number, clock.now())
    emit(session, PostsRead(actor.account_id or 0, topic.id, number))


def remember_read(
    session: Session, actor: Actor, topic_id: int, number: int, now: datetime, level: Level | None = None
) -> None:
    """Move the position forward, if it is forward; `level`: what the member follows the topic at from now on, unless
    they follow it more closely or chose otherwise. Who reads on after a while tracks it."""
    row = position_for_update(session, actor.account_id or 0, topic_id, now)
    if row.last_number < number:
        if row.last_number and reads_on(row.read_at, now):
            rise(row, Level.TRACKING)
        row.last_number, row.read_at = number, now
    if level is not None:
        rise(row, level)


def position_for_update(session: Session, account_id: int, topic_id: int, now: datetime) -> TopicRead:
    """The member's row for the topic, made if need be and locked: two that come at once both count."""
    key = (account_id, topic_id)
    row = session.get(TopicRead, key, with_for_update=True)
    if row is None:
        values = {"account_id": account_id, "topic_id": topic_id, "last_number": 0, "read_at": now}
        upsert(session, TopicRead.__table__, [values], key=["account_id", "topic_id"])  # type: ignore[arg-type]
        row = session.get_one(TopicRead, key, with_for_update=True)
    return row


def rise(row: TopicRead, level: Level) -> None:
    """Follow the topic at `level` by itself, if that is more and nobody chose."""
    if may_rise(row.level, level, by_hand=row.level_by_hand):
        row.level = level


def rise_for(session: Session, account_id: int, topic_id: int, level: Level) -> str:
    """Somebody follows a topic at `level` from now on, unless they follow it more closely or chose otherwise. Returns
    at what level they did before."""
    row = position_for_update(session, account_id, topic_id, clock.now())
    before = row.level
    rise(row, level)
    return before


def mark_bookmarked(session: Session, actor: Actor, topic_id: int, *, has: bool) -> None:
    """Remember whether the member keeps a post of this topic, beside how far they have read."""
    require(actor, Act.MARK_READ)
    values = {"account_id": actor.account_id, "topic_id": topic_id, "last_number": 0, "read_at": clock.now()}
    upsert(
        session,
        TopicRead.__table__,  # type: ignore[arg-type]
        [values | {"has_bookmarks": has}],
        key=["account_id", "topic_id"],
        update=["has_bookmarks"],
    )


def keep_marks(session: Session, topic_ids: Sequence[int], kept: Sequence[tuple[int, int]]) -> None:
    """Of these topics, these members keep posts (account, topic), and nobody else does."""
    session.execute(
        update(TopicRead)
        .where(TopicRead.topic_id.in_(topic_ids), TopicRead.has_bookmarks)
        .values(has_bookmarks=False)
        .execution_options(synchronize_session=False)
    )
    rows = [
        {"account_id": account_id, "topic_id": topic_id, "last_number": 0, "read_at": clock.now()}
        | {"has_bookmarks": True}
        for account_id, topic_id in kept
    ]
    upsert(session, TopicRead.__table__, rows, key=["account_id", "topic_id"], update=["has_bookmarks"])  # type: ignore[arg-type]


def mark_all_read(session: Session, actor: Actor, board: Board | None) -> None:
    """Nothing on `board` (None: anywhere) counts as new or unread any more. Can be undone once."""
    require(actor, Act.MARK_READ)
    now = clock.now()
    row = _mark(session, actor, board)
    if row is None:
        session.add(ReadMark(account_id=actor.account_id, board_id=board.id if board else EVERYWHERE, marked_at=now))
    else:
        row.previous_at, row.marked_at = row.marked_at, now


def undo_mark_all_read(session: Session, actor: Actor, board: Board | None) -> None:
    """Take the last `mark_all_read` back."""
    require(actor, Act.MARK_READ)
    row = _mark(session, actor, board)
    if row is None:
        raise Invalid(_("There is nothing to undo."))
    if row.previous_at is None:
        session.delete(row)
    else:
        row.marked_at, row.previous_at = row.previous_at, None


def _mark(session: Session, actor: Actor, board: Board | None) -> ReadMark | None:
    return session.scalars(
        select(ReadMark)
        .where(ReadMark.account_id == actor.account_id, ReadMark.board_id == (board.id if board else EVERYWHERE))
        .with_for_update()
    ).first()
