"""The page of a board: what is below it, what stands apart, and its list, in whatever order and by how topics stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_
from sqlalchemy.orm import Session

from forum.boards import kinds
from forum.boards import queries as boards
from forum.boards.models import Board, Tag
from forum.core import clock
from forum.core.paging import Page
from forum.permissions import Actor
from forum.posts.models import Topic
from forum.posts.queries import reading, standings
from forum.posts.queries.attention import Waiting, waiting_on
from forum.posts.queries.lists import MOST_APART, PER_PAGE, counted, pinned_at
from forum.posts.queries.rows import Found, Place, TopicRow, Wardrobe, carries, fetch, found
from forum.posts.queries.standings import uncounted
from forum.posts.unread import NEVER

ACTIVITY, NEWEST, TITLE, SOONEST, VOTES = "activity", "newest", "title", "soonest", "votes"
ORDERS = (ACTIVITY, NEWEST, TITLE)
TAGS_HERE = 12
_DEFAULTS = {
    kinds.Order.NEWEST: NEWEST,
    kinds.Order.TITLE: TITLE,
    kinds.Order.SOONEST: SOONEST,
    kinds.Order.VOTES: VOTES,
}


@dataclass(frozen=True)
class BoardPage:
    """A board. `orders`: in which it can be read; `filters`: by what it can be narrowed, `show`: by what it is; `tag`:
    to which tag it is."""

    board: Board
    subs: Sequence[Board]
    waiting: Mapping[int, Waiting]
    pinned: Sequence[TopicRow]
    upcoming: Sequence[TopicRow]
    topics: Page[TopicRow]
    order: str
    orders: Sequence[str]
    show: str
    filters: Sequence[str]
    tag: Tag | None = None

    @property
    def tags_here(self) -> Sequence[Place]:
        """The tags of the topics on this page, those that most of them carry first."""
        carried = Counter(tag for row in (*self.pinned, *self.topics.items) for tag in row.tags)
        return [tag for tag, _times in carried.most_common(TAGS_HERE + 1) if not self.tag or tag.slug != self.tag.slug][
            :TAGS_HERE
        ]

    @property
    def waiting_in_all(self) -> Waiting:
        """What waits on all boards together."""
        return sum(self.waiting.values(), start=Waiting())


def board_page(
    session: Session,
    actor: Actor,
    board: Board,
    page: int = 1,
    order: str = "",
    show: str = "",
    tag: Tag | None = None,
    size: int = PER_PAGE,
) -> BoardPage:
    """Page `page` of a board (with section and parent) in `order`, by default in its kind's, narrowed to `show` and to
    a `tag`. NotFound past the end."""
    orders = _orders(board.kind)
    order = order if order in orders else orders[0]
    filters = standings.filters_of(board.kind)
    show = show if show in filters else ""
    narrowed = bool(show) or tag is not None
    apart = [] if narrowed else fetch(session, _apart(actor, board).limit(MOST_APART))
    rows = fetch(session, _rest(actor, board, order, show, tag).limit(size + 1).offset((page - 1) * size))
    more, rows = len(rows) > size, rows[:size]
    subs = boards.subs_of(session, actor, board)
    habits = reading.habits_of(session, actor)
    shown_apart = apart if page == 1 else []
    wardrobe = Wardrobe(session, actor, (*shown_apart, *rows), habits=habits)
    now = clock.now()
    pinned = [row for row in shown_apart if (until := row.topic.pinned_until) is not None and until > now]
    upcoming = [row for row in shown_apart if row not in pinned]
    dressed = wardrobe.dress(rows)
    count = board.topic_count - len(apart)
    whole = tag is None and standings.condition(board.kind, show) is None
    return BoardPage(
        board=board,
        subs=subs,
        waiting=waiting_on(session, actor, habits),
        pinned=wardrobe.dress(sorted(pinned, key=pinned_at, reverse=True), pinned=True),
        upcoming=wardrobe.dress(sorted(upcoming, key=_starts_at)),
        topics=(counted(dressed, page, size, count) if whole else uncounted(dressed, page, more=more)),
        order=order,
        orders=orders,
        show=show,
        filters=filters,
        tag=tag,
    )


def _orders(kind: str) -> tuple[str, ...]:
    """The orders of a kind's boards, its own first."""
    default = _DEFAULTS.get(kinds.kind(kind).order, ACTIVITY)
    if default in {SOONEST, VOTES}:
        return (default, *ORDERS)
    return (default, *(order for order in ORDERS if order != default))


def _apart(actor: Actor, board: Board) -> Select[Topic, int, str]:
    """What is pinned, and the events to come."""
    now = clock.now()
    coming = or_(Topic.starts_at > now, Topic.ends_at > now) if board.kind == "event" else false()
    return found(actor).where(Topic.board_id == board.id, or_(Topic.pinned_until > now, coming))


def _rest(actor: Actor, board: Board, order: str, show: str, tag: Tag | None) -> Select[Topic, int, str]:
    """The list: all that does not stand apart; narrowed, everything that meets the condition."""
    now = clock.now()
    rows = found(actor).where(Topic.board_id == board.id)
    if (condition := standings.condition(board.kind, show)) is not None:
        rows = rows.where(condition)
    if tag is not None:
        return rows.where(carries(tag)).order_by(*order_of(order))
    if not show:
        rows = rows.where(or_(Topic.pinned_until.is_(None), ~(Topic.pinned_until > now)))
    if board.kind == "event":
        rows = rows.where(or_(Topic.starts_at.is_(None), Topic.starts_at <= now))
        rows = rows.where(or_(Topic.ends_at.is_(None), Topic.ends_at <= now))
    return rows.order_by(*order_of(order))


def _starts_at(row: Found) -> datetime:
    return row.topic.starts_at or NEVER


def order_of(order: str) -> tuple[ColumnElement[Any], ...]:
    """An order as SQL, the same topic never in two places."""
    if order == VOTES:  # ties older first
        return (Topic.vote_count.desc(), Topic.created_at.asc(), Topic.id.asc())
    if order == NEWEST:
        return (Topic.created_at.desc(), Topic.id.desc())
    if order == TITLE:
        return (func.lower(Topic.title).asc(), Topic.id.asc())
    if order == SOONEST:  # of what is over, the latest first
        return (Topic.starts_at.desc().nulls_last(), Topic.id.desc())
    return (Topic.bumped_at.desc(), Topic.id.desc())
