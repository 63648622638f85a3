"""What was promised to members who began topics, and what became of it: for the rota and its reminders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from forum.boards.models import Board
from forum.boards.reach import public
from forum.organization import duties
from forum.organization.charter import KEEPERS, Kind
from forum.organization.promises import SPAN, Promise
from forum.organization.queries.chartering import charter_at
from forum.organization.queries.rota import over_lately
from forum.organization.rota import Due, KeptShifts
from forum.organization.rota import kept_shifts as kept_of
from forum.posts.models import Post, Topic


@dataclass(frozen=True, slots=True)
class Made:
    """A promise to whoever began a topic; `promise.done_at`: when it was kept, where it was."""

    kind: Kind
    topic_id: int
    board_id: int
    promise: Promise


def promises_made(session: Session, now: datetime, *, only_open: bool = False) -> Iterator[Made]:
    """A human reply, and a hello to newcomers: on boards that every member may see, of what may have been due within
    28 days. Two questions."""
    charter = charter_at(session, now)
    opening, reply, earlier = aliased(Post), aliased(Post), aliased(Post)
    replied_at = (
        select(func.min(reply.created_at))
        .where(
            reply.topic_id == Topic.id,
            reply.number > 1,
            reply.action == "",
            reply.affiliation_kind != "bot",
            reply.deleted_at.is_(None),
            reply.hidden_at.is_(None),
            reply.author_id.is_distinct_from(Topic.author_id),
        )
        .correlate(Topic)
        .scalar_subquery()
    )
    wrote_before = exists().where(
        earlier.author_id == Topic.author_id, earlier.created_at < Topic.created_at, earlier.action == ""
    )
    asked = (
        select(Topic.id, Topic.board_id, Topic.created_at, replied_at, ~wrote_before)
        .join(Board, Board.id == Topic.board_id)
        .join(opening, and_(opening.topic_id == Topic.id, opening.number == 1))
        .where(
            Topic.created_at > now - 2 * SPAN,
            Topic.deleted_at.is_(None),
            Topic.duplicate_of_id.is_(None),
            opening.affiliation_kind == "",
            opening.hidden_at.is_(None),
            public(),
        )
        .order_by(Topic.id)
    )
    if only_open:
        asked = asked.where(replied_at.is_(None), Topic.locked_at.is_(None), Topic.archived_at.is_(None))
    for topic_id, board_id, at, done_at, is_newcomers in session.execute(asked):
        for kind in (Kind.NO_SILENCE, *((Kind.NEWCOMER_HELLO,) if is_newcomers else ())):
            promise = duties.promised(kind, at, charter.commitments, charter.service)
            if promise is not None:
                yield Made(kind, topic_id, board_id, replace(promise, done_at=done_at))


def kept_shifts(session: Session, now: datetime) -> KeptShifts:
    """How many of the shifts that ended within 28 days were kept, of those in which something fell due."""
    shifts = over_lately(session, now)
    if not shifts:
        return KeptShifts(0, 0)
    made = [one for one in promises_made(session, now) if _was_due(one.promise, now)]
    acts = _acts(session, [one.topic_id for one in made])
    return kept_of(shifts, [_due(one, acts) for one in made], now)


def _was_due(promise: Promise, now: datetime) -> bool:
    return (due_at := promise.due_at) is not None and now - 2 * SPAN < due_at <= now


def _due(made: Made, acts: Mapping[int, Mapping[int, datetime]]) -> Due:
    due_at = made.promise.due_at
    assert due_at is not None
    return Due(KEEPERS[made.kind], made.board_id, due_at, made.promise.done_at, acts.get(made.topic_id))


def _acts(session: Session, topic_ids: Sequence[int]) -> Mapping[int, Mapping[int, datetime]]:
    """Topic id → who of the organization replied there, and when first."""
    rows = session.execute(
        select(Post.topic_id, Post.author_id, func.min(Post.created_at))
        .where(
            Post.topic_id.in_(topic_ids),
            Post.number > 1,
            Post.action == "",
            Post.affiliation_kind == "staff",
            Post.deleted_at.is_(None),
            Post.hidden_at.is_(None),
        )
        .group_by(Post.topic_id, Post.author_id)
    )
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    for topic_id, author_id, at in rows:
        if author_id is not None:
            found[topic_id][author_id] = at
    return found
