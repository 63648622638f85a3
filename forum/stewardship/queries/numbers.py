"""What a member of staff is told of boards: their own 28 days against the board's, and what a month showed there.

Nobody is shown anybody else's (`organization.md` §3.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from forum.boards.models import Board
from forum.boards.reach import public
from forum.organization.counts import SPAN, Rate, edge
from forum.organization.intents import Intent
from forum.organization.queries import state
from forum.organization.queries.state import Stored
from forum.organization.rules import ENOUGH_FIRST_REPLIES, ENOUGH_POSTS
from forum.organization.stages import Limits, exact, voice_ceiling
from forum.organization.versions import InForce
from forum.permissions import Actor, Role
from forum.posts.countable import meant, still_counts
from forum.posts.guard_models import Override
from forum.posts.models import Post, Topic

ENOUGH_ANSWERS = 5
"""Fewer matured topics say nothing about how often peers answer."""


@dataclass(frozen=True, slots=True)
class BoardNumbers:
    """28 days on a board: `mine` of `ours` of `posts`. `ceiling`: of our share. `with_reason`: how often the reader
    posted although a rule said wait, of `all_with_reason`. `housekeeping`: what we wrote to moderate, which counts
    nowhere; told to Hosts."""

    board: Board
    mine: int
    ours: int
    posts: int
    ceiling: Fraction
    with_reason: int = 0
    all_with_reason: int = 0
    housekeeping: int = 0

    @property
    def share(self) -> Fraction | None:
        """None where too few wrote to say."""
        return Fraction(self.ours, self.posts) if self.posts >= ENOUGH_POSTS else None


@dataclass(frozen=True, slots=True)
class Signal:
    """What a monthly evaluation means for a board: `is_too_quick`: we answered first too often, and wait longer until
    the next; else members answered too seldom twice, and a Seeder should ask them something."""

    board: Board
    is_too_quick: bool
    rate: Rate


def numbers(session: Session, actor: Actor, charter: InForce, now: datetime) -> tuple[list[BoardNumbers], list[Signal]]:
    """Of the boards where the actor wrote or speaks in a role; the signals, of those where they do. Five questions,
    six of a Host."""
    posted = _own_posts(session, actor, now)
    known = _boards(session)
    mine = {id_: board for id_, board in known.items() if posted[id_] or _speaks_on(actor, id_)}
    stored = state.stored_of(session, mine, now)
    own, total = _overrides(session, actor, mine, now)
    kept = _housekeeping(session, mine, now) if actor.speaks_as(Role.HOST) else Counter[int]()
    counted = {
        id_: _numbers(board, posted[id_], stored.get(id_, Stored()), charter, now) for id_, board in mine.items()
    }
    found = [
        replace(one, with_reason=own[id_], all_with_reason=total[id_], housekeeping=kept[id_])
        for id_, one in counted.items()
    ]
    signals = [
        signal
        for id_, board in mine.items()
        if _speaks_on(actor, id_) and id_ in stored
        for signal in _signals(board, stored[id_], charter)
        if signal.is_too_quick or actor.speaks_as(Role.SEEDER, id_)
    ]
    return [one for one in found if one.posts or one.housekeeping], signals


def _boards(session: Session) -> Mapping[int, Board]:
    rows = session.scalars(select(Board).where(public(), Board.archived_at.is_(None)).order_by(Board.name))
    return {board.id: board for board in rows}


def _speaks_on(actor: Actor, board_id: int) -> bool:
    return actor.belonging is not None and bool(actor.belonging.roles_on(board_id))


def _own_posts(session: Session, actor: Actor, now: datetime) -> Counter[int]:
    """Board id → how many posts of the actor's count there; as the board's own are counted."""
    rows = session.execute(
        select(Post, Topic)
        .join(Topic, Topic.id == Post.topic_id)
        .options(load_only(Post.author_id, Post.created_at, Post.deleted_at, Post.deleted_by_id, Post.hidden_at))
        .where(Post.author_id == actor.account_id, Post.created_at >= edge(now), Post.affiliation_kind != "", meant())
    )
    return Counter(topic.board_id for post, topic in rows if still_counts(topic, post))


def _overrides(
    session: Session, actor: Actor, boards: Collection[int], now: datetime
) -> tuple[Counter[int], Counter[int]]:
    """Board id → posts with a reason, the actor's and all."""
    asked = (
        select(Override.board_id, Override.author_id, func.count(Override.post_id.distinct()))
        .where(Override.board_id.in_(boards), Override.at >= now - SPAN)
        .group_by(Override.board_id, Override.author_id)
    )
    own, total = Counter[int](), Counter[int]()
    for board_id, author_id, count in session.execute(asked):
        total[board_id] += count
        if author_id == actor.account_id:
            own[board_id] += count
    return own, total


def _limits(board: Board, stored: Stored, charter: InForce) -> Limits:
    return charter.limits(stored.evaluated.position.stage, board.id)


def _housekeeping(session: Session, boards: Collection[int], now: datetime) -> Counter[int]:
    """Board id → replies of ours that moderate, as the measure of that name counts them."""
    rows = session.execute(
        select(Post, Topic)
        .join(Topic, Topic.id == Post.topic_id)
        .options(load_only(Post.author_id, Post.created_at, Post.deleted_at, Post.deleted_by_id, Post.hidden_at))
        .where(
            Topic.board_id.in_(boards), Post.created_at >= now - SPAN, Post.action == "", Post.affiliation_kind != ""
        )
        .where(Post.intent == str(Intent.MODERATE))
    )
    return Counter(topic.board_id for post, topic in rows if still_counts(topic, post))


def _numbers(board: Board, mine: int, stored: Stored, charter: InForce, now: datetime) -> BoardNumbers:
    counts = stored.counts
    ceiling = voice_ceiling(stored.evaluated.position, now, _limits(board, stored, charter))
    return BoardNumbers(board, mine, counts.our_posts, counts.posts, ceiling)


def _signals(board: Board, stored: Stored, charter: InForce) -> Sequence[Signal]:
    limits, found = _limits(board, stored, charter), stored.evaluated
    signals = []
    ceiling, floor = limits.staff_first, limits.peer_answers
    if ceiling is not None and found.staff_first and _is_over(found.staff_first[-1], exact(ceiling)):
        signals.append(Signal(board, is_too_quick=True, rate=found.staff_first[-1]))
    months = found.peer_answers[-2:]
    if floor is not None and len(months) == 2 and all(_is_under(rate, exact(floor)) for rate in months):
        signals.append(Signal(board, is_too_quick=False, rate=months[-1]))
    return signals


def _is_over(rate: Rate, ceiling: Fraction) -> bool:
    return rate.n >= ENOUGH_FIRST_REPLIES and rate.share > ceiling


def _is_under(rate: Rate, floor: Fraction) -> bool:
    return rate.n >= ENOUGH_ANSWERS and rate.share < floor
