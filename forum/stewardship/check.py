"""What the state of a board should be, worked out again from its posts, pins and evaluations.

`flask --app app check` and the hourly job hold the stored one to it. `uncounted`: as in `queries.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from forum.boards.models import Board
from forum.organization.actions import counting
from forum.organization.counts import HOUR, NOTHING, Counts, Evaluated, Rate, edge, hour_of, of_post, total
from forum.organization.queries import state
from forum.posts.check import Drift
from forum.posts.countable import meant, still_counts
from forum.posts.models import Post, Topic
from forum.stewardship import queries
from forum.stewardship.models import StageEvaluation
from forum.stewardship.queries import Uncounted

BATCH = 500


@dataclass(frozen=True)
class Expected:
    """A board's state as the rows have it."""

    hours: Mapping[datetime, Counts]
    evaluated: Evaluated
    pins: Sequence[datetime]


def expected(session: Session, board_id: int, now: datetime, uncounted: Uncounted | None) -> Expected:
    """What the rows say of a board."""
    found = hours_of(session, board_id, edge(now), None, uncounted)
    return Expected(found, evaluated(session, board_id), pins_up(session, board_id, now))


def hours_of(
    session: Session, board_id: int, since: datetime, until: datetime | None, uncounted: Uncounted | None
) -> dict[datetime, Counts]:
    """Hour → what was published on the board within it and counts, between two instants (None: without end)."""
    rows = (
        select(Post, Topic)
        .join(Topic, Topic.id == Post.topic_id)
        .options(
            load_only(Post.number, Post.author_id, Post.created_at, Post.deleted_at, Post.deleted_by_id),
            load_only(Post.hidden_at, Post.intent, Post.affiliation_kind),
            load_only(Topic.author_id, Topic.created_at, Topic.deleted_at, Topic.deleted_by_id),
        )
        .where(Topic.board_id == board_id, Post.created_at >= since, meant())
    )
    if until is not None:
        rows = rows.where(Post.created_at < until)
    counting_still = [post for post, topic in session.execute(rows) if still_counts(topic, post)]
    left_out = _uncounted(session, [post.id for post in counting_still], uncounted)
    found: dict[datetime, Counts] = defaultdict(Counts)
    for post in counting_still:
        if post.id not in left_out:
            found[hour_of(post.created_at)] += of_post(
                post.intent, is_opening=post.is_opening, is_ours=bool(post.affiliation_kind)
            )
    return dict(found)


def _uncounted(session: Session, ids: Sequence[int], uncounted: Uncounted | None) -> set[int]:
    """Which of these posts are left out: asked for them alone, since an archive may have millions."""
    if uncounted is None:
        return set()
    (post_id,) = uncounted.selected_columns
    some = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return {found for part in some for found in session.scalars(uncounted.where(post_id.in_(part)))}


def these_hours(
    session: Session, board_id: int, wanted: Collection[datetime], uncounted: Uncounted | None
) -> dict[datetime, Counts]:
    """The same of some hours; there is at least one."""
    found = hours_of(session, board_id, min(wanted), max(wanted) + HOUR, uncounted)
    return {hour: found.get(hour, NOTHING) for hour in wanted}


def pins_up(session: Session, board_id: int, now: datetime) -> Sequence[datetime]:
    """When the pins that the organization has up on a board come down, the first one first."""
    asked = select(Topic.pinned_until).where(
        Topic.board_id == board_id, Topic.pinned_until > now, Topic.pinned_as != "", Topic.deleted_at.is_(None)
    )
    return sorted(end for end in session.scalars(asked) if end is not None)


def evaluated(session: Session, board_id: int) -> Evaluated:
    """Where a board stands, with the rates of its last two evaluations."""
    asked = select(StageEvaluation).where(StageEvaluation.board_id == board_id)
    last = session.scalars(asked.order_by(StageEvaluation.at.desc()).limit(2)).all()[::-1]
    return Evaluated(
        queries.position(session, board_id),
        tuple(Rate(row.staff_first, row.first_replied) for row in last),
        tuple(Rate(row.answered, row.matured) for row in last),
    )


# ── what is off ───────────────────────────────────────────────────────────────────────────────────────────────────────


def drifts(session: Session, now: datetime, uncounted: Uncounted | None, *, repair: bool = False) -> Iterator[Drift]:
    """Whatever is off on any board; with `repair` (in a writing transaction) set right."""
    for board_id in session.scalars(select(Board.id).order_by(Board.id)).all():
        yield from drifts_of(session, board_id, now, uncounted, repair=repair)


def drifts_of(
    session: Session, board_id: int, now: datetime, uncounted: Uncounted | None, *, repair: bool = False
) -> Sequence[Drift]:
    """The same of one board. What has passed out of the 28 days, and was not moved along yet, is not off."""
    if repair:
        state.hold(session, board_id)
    right = expected(session, board_id, now, uncounted)
    found = [
        Drift(f"board_states.{name}", board_id, stored, wanted)
        for name, stored, wanted in _compared(session, board_id, right, now)
        if stored != wanted
    ]
    if found and repair:
        settle(session, board_id, right, now)
    return found


def settle(session: Session, board_id: int, right: Expected, now: datetime) -> None:
    """Store what the rows say."""
    counting.set_all_hours(session, board_id, right.hours, now)
    counting.place(session, board_id, right.evaluated, now)
    counting.keep_pins(session, board_id, right.pins, now)


def _compared(session: Session, board_id: int, right: Expected, now: datetime) -> Iterator[tuple[str, Any, Any]]:
    stored, hours = state.stored(session, board_id, now), state.hours(session, board_id, edge(now))
    yield "counts", stored.counts, total(right.hours.values())
    for hour in sorted(hours.keys() | right.hours.keys()):
        yield f"hours {hour:%Y-%m-%dT%H}Z", hours.get(hour, NOTHING), right.hours.get(hour, NOTHING)
    yield "stage", stored.evaluated, right.evaluated
    yield "pins", list(stored.pins), list(right.pins)
