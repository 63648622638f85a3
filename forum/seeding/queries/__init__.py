"""Reads of seeds: single ones, and what their verbs and the clock ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from forum.core.errors import NotFound
from forum.organization.seeds import REVIEWED_AFTER, Heard, Outcome, State, proposes_dropping
from forum.permissions import Act, Actor, Right, require
from forum.posts.models import Post, Topic
from forum.seeding.models import Seed, SeedInvitation


def seed(session: Session, actor: Actor, seed_id: int, *, lock: bool = False) -> Seed:
    """A seed with board, owner and topic, for staff who see its board; else NotFound."""
    require(actor, Act.SEE_SEEDS)
    return _one(session, seed_id, actor.boards_with(Right.SEE), lock=lock)


def asked_of(session: Session, actor: Actor, seed_id: int, *, lock: bool = False) -> tuple[Seed, SeedInvitation]:
    """A seed to which the actor is invited, and their invitation; else NotFound."""
    mine = session.get(SeedInvitation, (seed_id, actor.account_id or 0), populate_existing=True)
    if mine is None:
        raise NotFound
    return _one(session, seed_id, actor.boards_with(Right.SEE), lock=lock), mine


def one(session: Session, seed_id: int) -> Seed:
    """Any seed, locked, with board, owner and topic: for the clock and for notices. NotFound where it is gone."""
    return _one(session, seed_id, None, lock=True)


def _one(session: Session, seed_id: int, boards: Sequence[int] | None, *, lock: bool) -> Seed:
    rows = select(Seed).options(joinedload(Seed.board), joinedload(Seed.owner), joinedload(Seed.topic))
    rows = rows.where(Seed.id == seed_id)
    if boards is not None:
        rows = rows.where(Seed.board_id.in_(boards))
    if lock:
        rows = rows.with_for_update(of=Seed).execution_options(populate_existing=True)
    found = session.scalars(rows).first()
    if found is None:
        raise NotFound
    return found


def invited(session: Session, seed_id: int) -> Sequence[SeedInvitation]:
    """Who was asked, with their accounts: who will, who has not said, who will not."""
    order = (SeedInvitation.answer == "no", SeedInvitation.answer == "", SeedInvitation.asked_at)
    rows = select(SeedInvitation).options(joinedload(SeedInvitation.account)).where(SeedInvitation.seed_id == seed_id)
    return session.scalars(rows.order_by(*order)).all()


def consents(session: Session, seed_id: int) -> int:
    """How many said that they will take part."""
    yes = (SeedInvitation.seed_id == seed_id, SeedInvitation.answer == "yes")
    return session.scalar(select(func.count()).where(*yes)) or 0


def times_on(session: Session, board_id: int, *, besides: int | None = None) -> Sequence[datetime]:
    """When conversations were begun on a board on purpose, and when they are planned to be. What was held back has no
    time until it is given one."""
    waiting = (Seed.board_id == board_id, Seed.state == State.PLANNED, Seed.held_at.is_(None))
    planned = select(Seed.planned_at).where(*waiting, Seed.id.is_distinct_from(besides))
    begun = select(Topic.created_at).where(Topic.board_id == board_id, Topic.is_seed, Topic.deleted_at.is_(None))
    latest = begun.order_by(Topic.created_at.desc()).limit(50)
    return [*session.scalars(planned), *session.scalars(latest)]


def heard(session: Session, topic_id: int | None, until: datetime) -> Sequence[Heard]:
    """The replies to a topic before an instant, each with whom it answers: the opening post where it names none."""
    reply, answered = aliased(Post), aliased(Post)
    rows = session.execute(
        select(reply.author_id, reply.affiliation_kind, answered.author_id, answered.affiliation_kind)
        .outerjoin(
            answered,
            (answered.topic_id == reply.topic_id) & (answered.number == func.coalesce(reply.reply_to_number, 1)),
        )
        .where(
            reply.topic_id == topic_id,
            reply.number > 1,
            reply.action == "",
            reply.deleted_at.is_(None),
            reply.hidden_at.is_(None),
            reply.created_at < until,
        )
        .order_by(reply.number)
    )
    return [Heard(author, kind == "", to, to_kind == "") for author, kind, to, to_kind in rows]


def failing(session: Session, board_id: int | None = None) -> frozenset[tuple[int, str]]:
    """(board id, type) → of which the last two failed: dropping the type is proposed."""
    reviewed = select(Seed.board_id, Seed.kind, Seed.outcome).where(Seed.state == State.REVIEWED)
    if board_id is not None:
        reviewed = reviewed.where(Seed.board_id == board_id)
    outcomes: dict[tuple[int, str], list[Outcome]] = {}
    for board, kind, outcome in session.execute(reviewed.order_by(Seed.posted_at, Seed.id)):
        outcomes.setdefault((board, kind), []).append(Outcome(outcome))
    return frozenset(place for place, found in outcomes.items() if proposes_dropping(found))


# ── for the clock ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Due(NamedTuple):
    """A seed whose time has come, and whose words are to be rendered."""

    id: int
    owner_id: int
    words: str


def due(session: Session, now: datetime, limit: int) -> Sequence[Due]:
    """What is to be posted, the longest due first."""
    waiting = (Seed.state == State.PLANNED, Seed.planned_at <= now, Seed.held_at.is_(None))
    rows = session.scalars(select(Seed).where(*waiting).order_by(Seed.planned_at, Seed.id).limit(limit))
    return [Due(row.id, row.owner_id, row.words) for row in rows]


def to_review(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """Ids of what was posted a week ago and is not reviewed."""
    ripe = (Seed.state == State.POSTED, Seed.posted_at <= now - REVIEWED_AFTER)
    return session.scalars(select(Seed.id).where(*ripe).order_by(Seed.posted_at).limit(limit)).all()
