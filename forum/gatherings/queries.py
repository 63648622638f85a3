"""Reads of attendance and of calendars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core import clock
from forum.core.words import gettext as _
from forum.gatherings import places
from forum.gatherings.actions import places_of
from forum.gatherings.icalendar import Entry
from forum.gatherings.models import Attendance
from forum.permissions import Actor, Right
from forum.posts.addresses import topic_path
from forum.posts.models import Post, Topic
from forum.posts.queries import visible

NAMED = 12
MOST_NAMED = 1000
WAITING = "waiting"
STATES = (places.YES, WAITING, places.MAYBE, places.NO)
CALENDAR_BACK = timedelta(days=90)
CALENDAR_MOST = 500
# For so long a calendar is told that an event is gone: who never asks within it keeps a stale one.
CANCELLED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Answered:
    """How many gave one answer, and who; names are for members."""

    count: int = 0
    people: Sequence[Account] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True)
class Gathering:
    """The attendance of an event as the reader meets it. `place_in_line`: among those who wait, from 1."""

    topic_id: int
    places: int | None
    has_begun: bool
    answers: dict[str, Answered] = field(default_factory=dict)
    mine: str = ""
    place_in_line: int = 0

    @property
    def free(self) -> int | None:
        """Places left; None: all fit in."""
        return None if self.places is None else max(0, self.places - self.answers[places.YES].count)


def gathering(session: Session, actor: Actor, topic: Topic, named: int = NAMED) -> Gathering:
    """Who comes to the event, in one query. Names are given to members only."""
    together = (Attendance.answer, Attendance.is_waiting)
    ranked = (
        select(
            Attendance.account_id,
            *together,
            func.count().over(partition_by=together).label("count"),
            func.row_number().over(partition_by=together, order_by=Attendance.turn).label("rank"),
        )
        .where(Attendance.topic_id == topic.id)
        .subquery()
    )
    shown = named if actor.sees_people else 1
    rows = session.execute(
        select(ranked.c.answer, ranked.c.is_waiting, ranked.c.count, ranked.c.rank, Account)
        .join(Account, Account.id == ranked.c.account_id)
        .where(or_(ranked.c.rank <= shown, ranked.c.account_id == (actor.account_id or 0)))
        .order_by(ranked.c.rank)
    ).all()
    counts: dict[str, int] = {}
    people: dict[str, list[Account]] = {}
    mine, line = "", 0
    for answer, is_waiting, count, rank, account in rows:
        state = WAITING if is_waiting else answer
        counts[state] = count
        if actor.sees_people and rank <= named:
            people.setdefault(state, []).append(account)
        if account.id == actor.account_id:
            mine, line = state, rank if is_waiting else 0
    return Gathering(
        topic.id,
        places_of(topic),
        topic.starts_at is None or topic.starts_at <= clock.now(),
        {state: Answered(counts.get(state, 0), people.get(state, [])) for state in STATES},
        mine,
        line,
    )


def entry_of(session: Session, topic: Topic, base_url: str, host: str) -> Entry | None:
    """The event of a topic for a calendar; None where it has no time."""
    opening = session.scalars(select(Post).where(Post.topic_id == topic.id, Post.number == 1)).first()
    return _entry(topic, opening, base_url, host)


def entries_of(session: Session, actor: Actor, board: Board, base_url: str, host: str) -> list[Entry]:
    """The events of a board from ninety days ago on, soonest first, at most 500. What was taken away stands among them
    for thirty days as cancelled, so that calendars take it away, too."""
    now = clock.now()
    gone = and_(Topic.board_id.in_(actor.boards_with(Right.SEE)), Topic.deleted_at > now - CANCELLED_FOR)
    rows = session.execute(
        select(Topic, Post)
        .join(Topic.board)
        .outerjoin(Post, (Post.topic_id == Topic.id) & (Post.number == 1))
        .options(contains_eager(Topic.board))
        .where(Topic.board_id == board.id, or_(visible.listed(actor), gone), Topic.starts_at > now - CALENDAR_BACK)
        .order_by(Topic.starts_at, Topic.id)
        .limit(CALENDAR_MOST)
    )
    found = (_entry(topic, opening, base_url, host) for topic, opening in rows)
    return [entry for entry in found if entry is not None]


def _entry(topic: Topic, opening: Post | None, base_url: str, host: str) -> Entry | None:
    if topic.starts_at is None:
        return None
    readable = opening is not None and opening.deleted_at is None and opening.hidden_at is None
    is_gone = topic.deleted_at is not None
    return Entry(
        uid=f"topic-{topic.id}@{host}",
        title=_("This event was taken away") if is_gone else topic.title,
        starts_at=topic.starts_at,
        ends_at=topic.ends_at,
        changed_at=_changed_at(topic, opening),
        sequence=topic.fields_version,
        url=f"{base_url}/t/{topic.id}" if is_gone else base_url + topic_path(topic),
        place="" if is_gone else str(topic.fields.get("place", "")),
        text=opening.plain[:2000] if opening is not None and readable and not is_gone else "",
        is_cancelled=is_gone,
    )


def _changed_at(topic: Topic, opening: Post | None) -> datetime:
    moments = [topic.created_at, topic.fields_changed_at, opening.edited_at if opening is not None else None]
    return max(moment for moment in moments if moment is not None)
