"""What a member has not read: the lists of new and of unread topics, and how many wait on each board.

What the words mean is said in `unread.py`; here it is SQL. Of each followed place the newest two hundred topics are
looked at for those that were never opened, so that the count costs the same however long it was left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    and_,
    case,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core import clock
from forum.core.db import UtcDateTime
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.following.levels import FOLLOWED
from forum.permissions import Actor
from forum.posts.models import Topic, TopicTag
from forum.posts.queries import ignoring, visible
from forum.posts.queries.following import followed, unmuted
from forum.posts.queries.listing import NEW, UNREAD
from forum.posts.queries.reading import habits_of, new_since, with_gaps
from forum.posts.queries.rows import TopicRow, Wardrobe, fetch, found
from forum.posts.reading_models import TopicRead
from forum.posts.unread import EVERYWHERE, NEVER, OPENED_FOR, Habits

PER_PAGE = 30
# How many topics of a followed place are looked at, and at how many places: those followed last.
NEWEST, PLACES = 200, 100


@dataclass(frozen=True)
class Attention:
    """A page of what is new, or unread, everywhere or on `board`."""

    which: str
    board: Board | None
    topics: Page[TopicRow]


@dataclass(frozen=True)
class Waiting:
    """How many topics wait for somebody: unread ones, new ones, and both (a new one on a followed board is both)."""

    topics: int = 0
    unread: int = 0
    new: int = 0

    def __add__(self, other: Waiting) -> Waiting:
        return Waiting(self.topics + other.topics, self.unread + other.unread, self.new + other.new)


def waiting_on(session: Session, actor: Actor, habits: Habits) -> Mapping[int, Waiting]:
    """Board id → what waits there. Reads the member's own positions, the newest topics of what they follow and what
    is new here, no more."""
    if actor.is_guest:
        return {}
    unread = select(Topic.board_id, Topic.id, literal(UNREAD)).where(Topic.id.in_(unread_ids(actor, habits)))
    fresh = _new(session, actor, habits)
    new = select(Topic.board_id, Topic.id, literal(NEW)).outerjoin(TopicRead, _own(actor)).where(*fresh)
    boards: dict[int, dict[str, set[int]]] = defaultdict(lambda: {UNREAD: set(), NEW: set()})
    for board_id, topic_id, which in session.execute(union_all(unread, new)):
        boards[board_id][which].add(topic_id)
    return {
        board_id: Waiting(len(of[UNREAD] | of[NEW]), len(of[UNREAD]), len(of[NEW])) for board_id, of in boards.items()
    }


def new_page(session: Session, actor: Actor, board: Board | None = None, page: int = 1) -> Attention:
    """Page `page` of the topics that began lately (a setting) and that the actor never opened, newest first."""
    habits = habits_of(session, actor)
    rows = found(actor).where(*_new(session, actor, habits)).order_by(Topic.created_at.desc(), Topic.id.desc())
    return _page(session, actor, NEW, board, page, rows, habits)


def unread_page(session: Session, actor: Actor, board: Board | None = None, page: int = 1) -> Attention:
    """Page `page` of the topics in which something was added since the actor read them, and of those that began where
    they follow; the latest first."""
    habits = habits_of(session, actor)
    rows = found(actor).where(Topic.id.in_(unread_ids(actor, habits)))
    return _page(session, actor, UNREAD, board, page, rows.order_by(Topic.last_post_at.desc(), Topic.id.desc()), habits)


def unread_ids(actor: Actor, habits: Habits) -> Select[int]:
    """Ids of the topics that are unread for a member. Found first and once: joined with the rows of a page, a planner
    that takes a member's readings for few looks for them anew at every topic (PostgreSQL: seconds instead of 10 ms)."""
    found_first = _unread(actor, habits).cte("unread").prefix_with("MATERIALIZED")
    return select(found_first.c[0])


def _unread(actor: Actor, habits: Habits) -> Select[int] | CompoundSelect[int]:
    listed = (visible.listed(actor), unmuted(actor), ignoring.topics(actor))
    mark = _mark(habits)
    further = or_(
        Topic.last_post_number > TopicRead.last_number,
        Topic.id.in_(with_gaps(actor, lambda board: _mark(habits, board))),
    )
    more = and_(TopicRead.last_number > 0, further, Topic.last_post_at > mark)
    changed = and_(more, or_(Topic.last_post_at > clock.now() - OPENED_FOR, followed(actor)))
    awaited = and_(TopicRead.last_number == 0, TopicRead.level.in_(FOLLOWED), Topic.created_at > mark)
    known = select(Topic.id).join(TopicRead, _own(actor)).where(*listed, or_(changed, awaited))
    newest = _newest_where_followed(habits)
    if newest is None:
        return known
    unopened = or_(TopicRead.topic_id.is_(None), and_(TopicRead.last_number == 0, TopicRead.level == ""))
    begun = (
        select(Topic.id)
        .outerjoin(TopicRead, _own(actor))
        .where(*listed, unopened, Topic.created_at > mark, Topic.id.in_(newest))
    )
    return union_all(known, begun)


def _newest_where_followed(habits: Habits) -> CompoundSelect[int] | None:
    """Ids of the newest topics of each followed board and tag that began since it is followed: each a short walk along
    an index."""
    walks: list[Select[int]] = []
    for board_id, since in _latest(habits.boards):
        of_board = select(Topic.id).where(Topic.board_id == board_id, Topic.created_at > since)
        newest = of_board.order_by(Topic.created_at.desc()).limit(NEWEST).subquery()
        walks.append(select(newest.c.id))
    for tag_id, since in _latest(habits.tags):
        of_tag = select(TopicTag.topic_id).where(TopicTag.tag_id == tag_id)
        tagged = of_tag.order_by(TopicTag.topic_id.desc()).limit(NEWEST).subquery()
        walks.append(select(Topic.id).where(Topic.id.in_(select(tagged.c.topic_id)), Topic.created_at > since))
    return union_all(*walks) if walks else None


def _latest(places: Mapping[int, datetime]) -> list[tuple[int, datetime]]:
    return sorted(places.items(), key=lambda place: (place[1], place[0]), reverse=True)[:PLACES]


def _new(session: Session, actor: Actor, habits: Habits) -> list[ColumnElement[bool]]:
    """What a topic (joined with the actor's reading of it) must be to stand in the list of new ones."""
    unopened = or_(TopicRead.topic_id.is_(None), TopicRead.last_number == 0)
    recent = (Topic.created_at > new_since(session), Topic.created_at > _mark(habits))
    return [visible.listed(actor), unmuted(actor), ignoring.topics(actor), *recent, unopened]


def _own(actor: Actor) -> ColumnElement[bool]:
    return and_(TopicRead.topic_id == Topic.id, TopicRead.account_id == (actor.account_id or 0))


def _mark(habits: Habits, board_id: SQLColumnExpression[int] = Topic.board_id) -> ColumnElement[datetime]:
    """SQL beside a topic: the instant before which nothing there counts."""
    everywhere = literal(habits.marks.get(EVERYWHERE, NEVER), UtcDateTime())
    boards: dict[Any, Any] = {
        board: literal(habits.mark_for(board), UtcDateTime()) for board in habits.marks if board != EVERYWHERE
    }
    return case(boards, value=board_id, else_=everywhere) if boards else everywhere


def _page(
    session: Session,
    actor: Actor,
    which: str,
    board: Board | None,
    page: int,
    asked: Select[Topic, int, str],
    habits: Habits,
) -> Attention:
    if board is not None:
        asked = asked.where(Topic.board_id == board.id)
    rows = fetch(session, asked.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE))
    if page > 1 and not rows:
        raise NotFound
    shown = rows[:PER_PAGE]
    dressed = Wardrobe(session, actor, shown, habits=habits).dress(shown)
    return Attention(which, board, Page(dressed, page, page + (len(rows) > PER_PAGE)))
