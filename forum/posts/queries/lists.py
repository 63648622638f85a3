"""Pages that list topics: each one dataclass, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from forum.boards import queries as boards
from forum.boards.models import Board
from forum.boards.queries import BoardView, SectionView
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.permissions import Actor
from forum.posts.models import Post, Topic
from forum.posts.queries import ignoring, reading, visible
from forum.posts.queries.attention import Waiting, waiting_on
from forum.posts.queries.following import unmuted
from forum.posts.queries.people import Person
from forum.posts.queries.rows import Found, TopicRow, Wardrobe, fetch, found
from forum.posts.unread import NEVER

PER_PAGE = 30
MOST_APART = 100


@dataclass(frozen=True)
class BoardSummary:
    """What the home page says beside a board: its latest topic, the last voice there, how much is new."""

    topic: Topic | None = None
    voice: Person | None = None
    unread: int = 0


@dataclass(frozen=True)
class Home:
    """The front page."""

    sections: Sequence[SectionView]
    summaries: Mapping[int, BoardSummary]
    waiting: Waiting
    pinned: Sequence[TopicRow]
    latest: Page[TopicRow]


@dataclass(frozen=True)
class Latest:
    """All topics, page by page. `pinned` is empty on all pages but the first."""

    pinned: Sequence[TopicRow]
    latest: Page[TopicRow]


# ── home ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def home(session: Session, actor: Actor, size: int = PER_PAGE) -> Home:
    """Boards with what is new, then what is pinned to the site and the latest topics."""
    sections = boards.tree(session, actor)
    views = list(_all_boards(sections))
    habits = reading.habits_of(session, actor)
    # First of all that reads topics: what is asked beside a topic stays with it.
    rows = fetch(session, found(actor).where(Topic.id.in_(_front(actor, 1, size))))
    latest_on = _latest_on(session, actor, views)
    waiting = waiting_on(session, actor, habits)
    voices = [voice for _topic, voice in latest_on.values() if voice is not None]
    wardrobe = Wardrobe(session, actor, rows, habits=habits, voices=voices)
    pinned, latest = _sorted_out(rows, wardrobe, page=1)
    return Home(
        sections,
        {view.id: _summary(view, latest_on, waiting, wardrobe) for view in views},
        sum(waiting.values(), start=Waiting()),
        pinned,
        counted(latest, 1, size, sum(view.topic_count for view in views)),
    )


def latest_page(session: Session, actor: Actor, page: int = 1, size: int = PER_PAGE) -> Latest:
    """Everything the actor may see, latest activity first. NotFound past the last page."""
    count = session.scalar(select(func.sum(Board.topic_count)).where(boards.visible(actor)))
    rows = fetch(session, found(actor).where(Topic.id.in_(_front(actor, page, size))))
    wardrobe = Wardrobe(session, actor, rows)
    pinned, latest = _sorted_out(rows, wardrobe, page=page)
    return Latest(pinned, counted(latest, page, size, int(count or 0)))


def _sorted_out(rows: Sequence[Found], wardrobe: Wardrobe, *, page: int) -> tuple[list[TopicRow], list[TopicRow]]:
    """What is pinned, on the first page only, and the rest by latest activity."""
    now = clock.now()
    pinned = [row for row in rows if page == 1 and _is_pinned_to_site(row.topic, now)]
    latest = [row for row in rows if row not in pinned]
    latest.sort(key=lambda row: (row.topic.bumped_at, row.topic.id), reverse=True)
    return wardrobe.dress(sorted(pinned, key=pinned_at, reverse=True), pinned=True), wardrobe.dress(latest)


def _all_boards(sections: Iterable[SectionView]) -> Iterable[BoardView]:
    for section in sections:
        for board in (*section.boards, *section.archived):
            yield board
            yield from board.subs


def _front(actor: Actor, page: int, size: int) -> Any:
    """Ids of what the front page lists: each half by its own index."""
    listed = (visible.listed(actor), unmuted(actor), ignoring.topics(actor))
    latest = (
        select(Topic.id)
        .where(*listed)
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
        .limit(size)
        .offset((page - 1) * size)
        .subquery()
    )
    if page > 1:
        return select(latest.c.id)
    pinned = (
        select(Topic.id)
        .where(*listed, Topic.pin_scope == "site", Topic.pinned_until > clock.now())
        .limit(MOST_APART)
        .subquery()
    )
    return union(select(latest.c.id), select(pinned.c.id))


def _is_pinned_to_site(topic: Topic, now: datetime) -> bool:
    return topic.pin_scope == "site" and topic.pinned_until is not None and topic.pinned_until > now


def _latest_on(session: Session, actor: Actor, views: Iterable[BoardView]) -> Mapping[int, tuple[Topic, int | None]]:
    """Board id → its latest topic, and who spoke last in it."""
    pointers = [view.last_topic_id for view in views if view.last_topic_id is not None]
    rows = session.execute(
        select(Topic, Post.author_id)
        .outerjoin(Post, Post.id == Topic.last_post_id)
        .where(Topic.id.in_(pointers), visible.listed(actor), ignoring.topics(actor))
    )
    return {topic.board_id: (topic, None if voice in actor.ignored else voice) for topic, voice in rows}


def _summary(
    view: BoardView,
    latest_on: Mapping[int, tuple[Topic, int | None]],
    waiting: Mapping[int, Waiting],
    wardrobe: Wardrobe,
) -> BoardSummary:
    topic, voice = latest_on.get(view.id, (None, None))
    return BoardSummary(topic, wardrobe.people.get(voice or 0), waiting.get(view.id, Waiting()).topics)


def pinned_at(row: Found) -> datetime:
    """When a topic was pinned: the latest stands first."""
    return row.topic.pinned_at or NEVER


def counted(rows: Sequence[TopicRow], page: int, size: int, count: int) -> Page[TopicRow]:
    """A page of a list of `count` rows. NotFound past the last one. `count` may be more than are listed, where the
    reader has muted some: their last pages are empty."""
    pages = pages_for(count, size)
    if page > max(1, pages) and not rows:
        raise NotFound
    return Page(rows, page, max(page, pages) if rows else page)
