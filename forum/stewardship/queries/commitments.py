"""What the organization promised over what became of it: the queue of duties, and how each commitment was kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.boards.reach import public
from forum.moderation.queries import appeals
from forum.organization import duties, promises
from forum.organization.charter import KEEPERS, Clock, Commitment, Kind
from forum.organization.promises import Outcome, Promise
from forum.organization.queries.chartering import REMEMBERED, charter_history
from forum.organization.queries.vacancies import vacant_roles
from forum.permissions import Role
from forum.posts.models import Post, Topic
from forum.posts.queries import promised
from forum.posts.queries.promised import Item
from forum.stewardship.queries import Uncounted

ENOUGH = 5
"""Fewer say nothing about how a commitment is kept."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody waits for the organization. `share`: how much of the promise's time is used; from 1 on it is late.
    `due_at`: None where the service is never open. One for each topic and role that keeps the promise: the one that has
    to be kept first."""

    kind: Kind
    topic_id: int
    slug: str
    title: str
    board_id: int
    board: str
    asked_at: datetime
    due_at: datetime | None
    share: Fraction
    is_late: bool
    is_newcomers: bool
    is_urgent: bool
    has_stand_by: bool

    @property
    def id(self) -> int:
        """The topic's, as addresses are made."""
        return self.topic_id

    @property
    def role(self) -> Role:
        return KEEPERS[self.kind]


@dataclass(frozen=True, slots=True)
class Attainment:
    """How a commitment was kept: of what was due within 28 days, `kept` and `missed`; `pending` still run.

    `target`: so many hours by that `clock`, in `percentage` of 100 cases, as it is promised now (or was last).
    `suspended_since`: nobody is in the role that keeps it.
    """

    kind: Kind
    target: int
    clock: Clock
    percentage: int
    kept: int = 0
    missed: int = 0
    pending: int = 0
    suspended_since: datetime | None = None

    @property
    def commitment(self) -> Commitment:
        return Commitment(self.target, self.clock, self.percentage)

    @property
    def settled(self) -> int:
        return self.kept + self.missed

    @property
    def share(self) -> Fraction | None:
        """As it is published: None where too few were due, and while it is suspended."""
        if self.settled < ENOUGH or self.suspended_since is not None:
            return None
        return Fraction(self.kept, self.settled)

    @property
    def is_reached(self) -> bool | None:
        """Whether it was kept as often as was promised; None where too few were due."""
        return None if self.share is None else self.share * 100 >= self.percentage


def open_duties(session: Session, now: datetime, *, boards: Collection[int] | None = None) -> tuple[Duty, ...]:
    """Who waits, what is due first standing first. `boards`: on these alone. Four questions at most, however many."""
    found: dict[tuple[int, Role], list[Item]] = defaultdict(list)
    for item in promised.items(session, charter_history(session, now, REMEMBERED), now, _on(boards), only_open=True):
        if duties.stands_in_queue(item.kind, item.promise, now):
            found[item.topic.id, KEEPERS[item.kind]].append(item)
    return tuple(sorted((_duty(items, now) for items in found.values()), key=_first_due))


def attained(
    session: Session, now: datetime, *, board_id: int | None = None, uncounted: Uncounted | None = None
) -> dict[str, Attainment]:
    """Kind → how it was kept, on the boards that every member may see or on one, in the order of the charter.
    `uncounted`: as in the measures. Six questions at most, however many."""
    history = charter_history(session, now, REMEMBERED)
    where = [public(), Board.archived_at.is_(None)] if board_id is None else [Board.id == board_id]
    counted = [] if uncounted is None else [_not_of_archives(uncounted)]
    settled: dict[Kind, list[Promise]] = defaultdict(list)
    for item in promised.items(session, history, now, [*where, *counted]):
        settled[item.kind].append(item.promise)
    settled[Kind.APPEAL].extend(appeals.promised(session, history, now, where, of_no_board=board_id is None))
    today = history.at(now)
    vacant = vacant_roles(session, today, now)
    return {
        str(kind): _attainment(kind, commitment, settled[kind], vacant.get(KEEPERS[kind]), now)
        for kind in Kind
        if (commitment := today.commitments.get(kind) or _last(settled[kind])) is not None
    }


def _on(boards: Collection[int] | None) -> list[ColumnElement[bool]]:
    on = public() if boards is None else Topic.board_id.in_(boards)
    return [on, Board.archived_at.is_(None)]


def _not_of_archives(uncounted: Uncounted) -> ColumnElement[bool]:
    of_archive = exists().where(Post.topic_id == Topic.id, Post.number == 1, Post.id.in_(uncounted))
    return ~of_archive.correlate(Topic)


def _duty(items: Sequence[Item], now: datetime) -> Duty:
    promise = duties.first_due(item.promise for item in items)
    item = next(one for one in items if one.promise is promise)
    topic = item.topic
    return Duty(
        kind=item.kind,
        topic_id=topic.id,
        slug=topic.slug,
        title=topic.title,
        board_id=topic.board_id,
        board=topic.board,
        asked_at=topic.asked_at,
        due_at=promise.due_at,
        share=promise.share_used(now),
        is_late=promise.outcome(now) is Outcome.MISSED,
        is_newcomers=topic.is_newcomers,
        is_urgent=topic.is_urgent,
        has_stand_by=topic.has_stand_by,
    )


def _first_due(duty: Duty) -> tuple[bool, datetime, int]:
    return duty.due_at is None, duty.due_at or duty.asked_at, duty.topic_id


def _attainment(
    kind: Kind, commitment: Commitment, items: Sequence[Promise], suspended_since: datetime | None, now: datetime
) -> Attainment:
    counts = promises.attainment(items, now)
    return Attainment(
        kind,
        commitment.hours,
        commitment.clock,
        commitment.percentage,
        counts.met,
        counts.missed,
        counts.pending,
        suspended_since,
    )


def _last(items: Sequence[Promise]) -> Commitment | None:
    """What was promised when the last of them was made, where it is not promised any more."""
    if not items:
        return None
    last = max(items, key=lambda promise: promise.since)
    return Commitment(last.target // timedelta(hours=1), Clock.WALL if last.hours is None else Clock.SERVICE)
