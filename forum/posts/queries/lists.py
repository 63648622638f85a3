"""Lists of topics: a fixed number of queries, whatever their length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.core import clock
from forum.core.paging import Page, pages_for
from forum.permissions import Actor, Right
from forum.posts.addresses import topic_path
from forum.posts.models import Post, Topic, TopicRead, TopicTag
from forum.posts.queries import reading, visible

PER_PAGE = 30
ORDERS = ("activity", "newest", "title")


@dataclass(frozen=True)
class TopicRow:
    """A line of a list. `faces`: who opened it, then the latest voices."""

    topic: Topic
    faces: Sequence[Account]
    is_unread: bool = False
    is_new: bool = False
    is_pinned: bool = False

    @property
    def url(self) -> str:
        """Unread topics open where the member stopped."""
        return f"/t/{self.topic.id}-{self.topic.slug}/unread" if self.is_unread else topic_path(self.topic)


@dataclass(frozen=True)
class BoardSummary:
    """What the home page says beside a board: its latest topic, the last voice there, how much is new."""

    topic: Topic | None = None
    voice: Account | None = None
    unread: int = 0


def _order(order: str) -> tuple[ColumnElement[Any], ...]:
    if order == "newest":
        return (Topic.created_at.desc(), Topic.id.desc())
    if order == "title":
        return (func.lower(Topic.title).asc(), Topic.id.asc())
    return (Topic.bumped_at.desc(), Topic.id.desc())


def _rows(actor: Actor) -> Select[Topic]:
    return (
        select(Topic)
        .join(Topic.board)
        .options(contains_eager(Topic.board), selectinload(Topic.tags))
        .where(visible.listed(actor))
    )


def latest_topics(session: Session, actor: Actor, page: int = 1, size: int = PER_PAGE) -> Page[TopicRow]:
    """Everything the actor may see, latest activity first."""
    count = session.scalar(select(func.sum(Board.topic_count)).where(Board.id.in_(actor.boards_with(Right.SEE))))
    return _page(session, actor, _rows(actor).order_by(*_order("activity")), page, size, int(count or 0))


def board_topics(
    session: Session, actor: Actor, board: Board, page: int = 1, order: str = "activity", size: int = PER_PAGE
) -> Page[TopicRow]:
    """A board's topics, without those that stand in a list of their own above: pinned ones and coming events."""
    now = clock.now()
    apart = or_(Topic.pinned_until.is_(None), Topic.pinned_until <= now)
    rows = _rows(actor).where(Topic.board_id == board.id, apart)
    if board.kind == "event":
        rows = rows.where(or_(Topic.starts_at.is_(None), Topic.starts_at <= now))
        rows = rows.order_by(Topic.starts_at.desc(), Topic.id.desc())
    else:
        rows = rows.order_by(*_order(order))
    return _page(session, actor, rows, page, size, board.topic_count)


def tagged_topics(session: Session, actor: Actor, tag: Tag, page: int = 1, size: int = PER_PAGE) -> Page[TopicRow]:
    """Topics under a tag, across the boards that the actor may see."""
    carries = Topic.id.in_(select(TopicTag.topic_id).where(TopicTag.tag_id == tag.id))
    count = session.scalar(select(func.count()).select_from(Topic).where(carries, visible.listed(actor)))
    return _page(session, actor, _rows(actor).where(carries).order_by(*_order("activity")), page, size, count or 0)


def pinned_topics(session: Session, actor: Actor, board: Board | None = None) -> list[TopicRow]:
    """Pinned topics whose pin has not run out: of the board, or (None) of the whole site."""
    here = Topic.pin_scope == "site" if board is None else Topic.board_id == board.id
    topics = session.scalars(
        _rows(actor).where(here, Topic.pinned_until > clock.now()).order_by(Topic.pinned_at.desc()).limit(10)
    ).all()
    return _with_people(session, actor, topics, pinned=True)


def upcoming_topics(session: Session, actor: Actor, board: Board) -> list[TopicRow]:
    """Coming events of a board, soonest first."""
    topics = session.scalars(
        _rows(actor)
        .where(Topic.board_id == board.id, Topic.starts_at > clock.now())
        .order_by(Topic.starts_at, Topic.id)
        .limit(50)
    ).all()
    return _with_people(session, actor, topics)


def board_summaries(session: Session, actor: Actor, boards: Iterable[Board]) -> Mapping[int, BoardSummary]:
    """Board id → its summary, in two queries (guests: one)."""
    boards = list(boards)
    pointers = {board.last_topic_id: board.id for board in boards if board.last_topic_id is not None}
    found = session.execute(
        select(Topic, Account)
        .outerjoin(Post, Post.id == Topic.last_post_id)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(Topic.id.in_(pointers), visible.listed(actor))
    )
    latest = {topic.board_id: (topic, voice) for topic, voice in found}
    unread = _unread_counts(session, actor)
    return {
        board.id: BoardSummary(topic, voice, unread.get(board.id, 0))
        for board in boards
        for topic, voice in [latest.get(board.id, (None, None))]
    }


def _unread_counts(session: Session, actor: Actor) -> Mapping[int, int]:
    """Board id → topics that are unread or new. Reads the member's own positions and the last two days, no more."""
    if actor.is_guest:
        return {}
    marks = reading.read_marks(session, actor)
    opened = and_(TopicRead.topic_id == Topic.id, TopicRead.account_id == actor.account_id)
    changed = session.execute(
        select(Topic.board_id, Topic.last_post_at)
        .join(TopicRead, opened)
        .where(visible.listed(actor), Topic.last_post_number > TopicRead.last_number)
    )
    begun = session.execute(
        select(Topic.board_id, Topic.created_at)
        .outerjoin(TopicRead, opened)
        .where(visible.listed(actor), Topic.created_at > clock.now() - reading.NEW_FOR, TopicRead.topic_id.is_(None))
    )
    counts: dict[int, int] = {}
    for board_id, at in [*changed, *begun]:
        if at > reading.mark_for(marks, board_id):
            counts[board_id] = counts.get(board_id, 0) + 1
    return counts


def _page(session: Session, actor: Actor, rows: Select[Topic], page: int, size: int, count: int) -> Page[TopicRow]:
    page = max(1, page)
    topics = session.scalars(rows.limit(size).offset((page - 1) * size)).all()
    return Page(_with_people(session, actor, topics), page, max(page if topics else 1, pages_for(count, size)))


def _with_people(session: Session, actor: Actor, topics: Sequence[Topic], *, pinned: bool = False) -> list[TopicRow]:
    people = accounts_by_id(session, {face for topic in topics for face in topic.face_ids})
    positions = reading.read_positions(session, actor, topics)
    marks = reading.read_marks(session, actor) if topics else {}
    now = clock.now()
    return [_row(topic, people, positions.get(topic.id), marks, actor, now, pinned=pinned) for topic in topics]


def _row(
    topic: Topic,
    people: Mapping[int, Account],
    position: int | None,
    marks: Mapping[int, datetime],
    actor: Actor,
    now: datetime,
    *,
    pinned: bool,
) -> TopicRow:
    mark = reading.mark_for(marks, topic.board_id)
    return TopicRow(
        topic,
        [people[face] for face in topic.face_ids if face in people],
        is_unread=not actor.is_guest and reading.is_unread(topic, position, mark),
        is_new=not actor.is_guest and reading.is_new(topic, position, mark, now),
        is_pinned=pinned,
    )


def accounts_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, Account]:
    """Account id → account, in one query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in session.scalars(select(Account).where(Account.id.in_(wanted)))}
