"""What might be begun: words that were looked for in vain, questions that no member answered, boards that are quiet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, contains_eager

from forum.boards.models import Board
from forum.boards.reach import public
from forum.core import clock
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.organization.models import BoardSummary
from forum.organization.queries import state
from forum.organization.rules import needs_seeding
from forum.organization.stages import Limits
from forum.permissions import Act, Actor, require
from forum.posts.models import Post, Topic
from forum.posts.queries import visible
from forum.search.models import SearchMiss
from forum.seeding.models import SetAside

MOST = 12
_TOPIC_ID = re.compile("[0-9]{1,9}")
UNANSWERED_FOR, UNANSWERED_SINCE = timedelta(days=7), timedelta(days=120)
LEAST_MATURED = 5
"""From how many topics on the share that members answered is one (`organization.md` §2)."""


@dataclass(frozen=True)
class Suggestion:
    """Something that could be begun. `key` names it; `why` in words; `board_id` where it would stand, if that is known;
    `topic`: the question that it comes from."""

    key: str
    title: str
    why: str
    board_id: int | None = None
    topic: Topic | None = None
    last_at: datetime | None = None


def suggestions(session: Session, actor: Actor) -> Sequence[Suggestion]:
    """What was looked for in vain, most often first; then questions without a member's answer, the oldest last."""
    require(actor, Act.SEE_SEEDS)
    return [*_looked_for(session), *_unanswered(session, actor)]


def suggestion(session: Session, actor: Actor, key: str) -> Suggestion | None:
    """One of them, to plan a seed from; None where it is none any more."""
    return next((one for one in suggestions(session, actor) if one.key == key), None)


def quiet_boards(session: Session, actor: Actor) -> Sequence[Board]:
    """Where members answered less than they should in the last two monthly evaluations: plan something there. One
    question, and a few more for each board where members left some topic unanswered."""
    require(actor, Act.SEE_SEEDS)
    rows = session.execute(
        select(Board, BoardSummary.peer_answers)
        .join(BoardSummary, BoardSummary.board_id == Board.id)
        .where(public(), Board.archived_at.is_(None))
        .order_by(Board.name)
    )
    rated = [(board, [_rate(k, n) for k, n in kept]) for board, kept in rows]
    return [board for board, rates in rated if _may_be_quiet(rates) and needs_seeding(rates, _limits(session, board))]


def _rate(k: int, n: int) -> Fraction | None:
    return Fraction(k, n) if n >= LEAST_MATURED else None


def _may_be_quiet(rates: Sequence[Fraction | None]) -> bool:
    return len(rates) >= 2 and all(rate is not None and rate < 1 for rate in rates[-2:])


def _limits(session: Session, board: Board) -> Limits:
    return state.board_state(session, board, clock.now()).limits


def _looked_for(session: Session) -> Sequence[Suggestion]:
    aside = {key.removeprefix("term:") for key in session.scalars(select(SetAside.key)) if key.startswith("term:")}
    latest = (SearchMiss.count.desc(), SearchMiss.last_at.desc(), SearchMiss.term)
    misses = session.scalars(select(SearchMiss).order_by(*latest).limit(MOST + len(aside)))
    found = [miss for miss in misses if miss.term not in aside][:MOST]
    return [
        Suggestion(
            f"term:{miss.term}",
            miss.term,
            ngettext("Looked for once, in vain.", "Looked for %(num)s times, in vain.", miss.count),
            last_at=miss.last_at,
        )
        for miss in found
    ]


def _unanswered(session: Session, actor: Actor) -> Sequence[Suggestion]:
    now = clock.now()
    aside = {key.removeprefix("topic:") for key in session.scalars(select(SetAside.key)) if key.startswith("topic:")}
    taken = {int(key) for key in aside if _TOPIC_ID.fullmatch(key)}
    rows = session.scalars(
        select(Topic)
        .join(Topic.board)
        .join(Post, and_(Post.topic_id == Topic.id, Post.number == 1))
        .options(contains_eager(Topic.board))
        .where(
            visible.listed(actor),
            public(),
            Board.kind == "question",
            Board.archived_at.is_(None),
            Topic.created_at.between(now - UNANSWERED_SINCE, now - UNANSWERED_FOR),
            Topic.first_peer_at.is_(None),
            Topic.solved_at.is_(None),
            Topic.locked_at.is_(None),
            Topic.duplicate_of_id.is_(None),
            Topic.id.not_in(taken),
            Post.affiliation_kind == "",
            Post.hidden_at.is_(None),
        )
        .order_by(Topic.created_at.desc(), Topic.id.desc())
        .limit(MOST)
    )
    return [
        Suggestion(
            f"topic:{topic.id}",
            topic.title,
            _("A question on %(board)s that no member has answered.", board=topic.board.name),
            topic.board_id,
            topic,
            topic.created_at,
        )
        for topic in rows
    ]
