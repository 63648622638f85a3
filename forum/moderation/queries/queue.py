"""The queue: what waits for a decision of the actor, the most urgent first. A fixed number of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.core.words import gettext as _
from forum.moderation.actions.claiming import CLAIMED_FOR
from forum.moderation.cases import LINES, Kind
from forum.moderation.models import Case, Flag
from forum.moderation.queries import to_decide
from forum.moderation.queries.glances import Glance, glances
from forum.permissions import Act, Actor, Right, is_peer, require
from forum.site.rules import CONFIDENTIAL

PER_PAGE = 25
_ORDER = (Case.due_at, Case.weight.desc(), Case.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the queue is narrowed: by `kind`, by `board` (its id), by `show`: mine, host, or all."""

    kind: str = ""
    board: int = 0
    show: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """As it stands in an address."""
        said = {"kind": self.kind, "board": str(self.board or ""), "show": self.show}
        return {key: value for key, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Why:
    """So many flags say so; `is_confidential`: who did is for moderators alone."""

    rule: str
    count: int

    @property
    def is_confidential(self) -> bool:
        return self.rule in CONFIDENTIAL


@dataclass(frozen=True)
class Row:
    """One line: the case, what it is about (None: that is not there any more), and why."""

    case: Case
    glance: Glance | None
    why: Sequence[Why] = ()
    board: str = ""
    is_late: bool = False
    is_claimed: bool = False


@dataclass(frozen=True)
class Queue:
    """A page of it; `counts`: how much waits by kind, whatever is narrowed; `boards`: where the actor decides."""

    rows: Page[Row]
    counts: Mapping[str, int]
    boards: Mapping[int, str]
    wanted: Wanted
    total: int = 0


def number_waiting(session: Session, actor: Actor) -> int:
    """How much waits for the actor."""
    return session.scalar(select(func.count()).select_from(Case).where(*_open(actor))) or 0


def queue(session: Session, actor: Actor, wanted: Wanted, page: int) -> Queue:
    """What waits, narrowed, page by page."""
    require(actor, Act.WORK_QUEUE)
    now = clock.now()
    counted = select(Case.kind, func.count()).where(*_open(actor)).group_by(Case.kind)
    counts: dict[str, int] = {row[0]: row[1] for row in session.execute(counted)}
    narrowed = _narrowed(actor, wanted, now)
    total = session.scalar(select(func.count()).select_from(Case).where(*_open(actor), *narrowed)) or 0
    pages = pages_for(total, PER_PAGE)
    number = min(max(1, page), pages)
    cases = session.scalars(
        select(Case)
        .options(joinedload(Case.claimed_by), joinedload(Case.account))
        .where(*_open(actor), *narrowed)
        .order_by(*_ORDER)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    boards = boards_of(session, actor)
    rows = _rows(session, cases, boards, now)
    in_order = {str(kind): counts[kind] for kind in LINES if kind in counts}
    return Queue(Page(rows, number, pages), in_order, boards, wanted, total)


def boards_of(session: Session, actor: Actor) -> Mapping[int, str]:
    """Id → name of the boards on which the actor decides, by name."""
    asked = select(Board.id, Board.name).where(Board.id.in_(decided_boards(actor))).order_by(Board.name)
    return {row[0]: row[1] for row in session.execute(asked)}


def decided_boards(actor: Actor) -> list[int]:
    """Ids of the boards that the actor moderates and sees."""
    return [board for board in actor.boards_with(Right.MODERATE) if actor.may(Right.SEE, board)]


def neighbours(session: Session, actor: Actor, case: Case, wanted: Wanted) -> tuple[int, int, int | None, int | None]:
    """Which of how many `case` is among what is wanted, and the ids of the one before and the next."""
    narrowed = (*_open(actor), *_narrowed(actor, wanted, clock.now()))
    before = session.scalar(select(func.count()).select_from(Case).where(*narrowed, _before(case))) or 0
    total = session.scalar(select(func.count()).select_from(Case).where(*narrowed)) or 0
    last = select(Case.id).where(*narrowed, _before(case)).order_by(Case.due_at.desc(), Case.weight, Case.id.desc())
    following = select(Case.id).where(*narrowed, _after(case)).order_by(*_ORDER)
    return before + 1, total, session.scalar(last.limit(1)), session.scalar(following.limit(1))


def next_after(session: Session, actor: Actor, case: Case, wanted: Wanted) -> int | None:
    """The next one at which nobody else looks; after the last, the first."""
    narrowed = (*_open(actor), *_narrowed(actor, wanted, clock.now()), _free(actor, clock.now()), Case.id != case.id)
    following = session.scalar(select(Case.id).where(*narrowed, _after(case)).order_by(*_ORDER).limit(1))
    return following or session.scalar(select(Case.id).where(*narrowed).order_by(*_ORDER).limit(1))


def case_of(session: Session, actor: Actor, case_id: int) -> Case:
    """One that the actor may decide, or could while it waited; or NotFound."""
    require(actor, Act.WORK_QUEUE)
    found = session.scalars(
        select(Case)
        .options(joinedload(Case.claimed_by), joinedload(Case.account))
        .where(Case.id == case_id, to_decide(actor))
    ).first()
    if found is None:
        raise NotFound(_("This does not wait, or it is not yours to decide."))
    return found


def _open(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Case.closed_at.is_(None), to_decide(actor)


def _narrowed(actor: Actor, wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.kind:
        asked.append(Case.kind == wanted.kind)
    if wanted.board:
        asked.append(Case.board_id == wanted.board)
    if wanted.show == "host":
        asked.append(Case.concerns_host.is_(True))
    if wanted.show == "mine":
        asked.append(_free(actor, now))
        if not is_peer(actor):  # what they cannot decide alone is for their peers to look at
            asked += [Case.concerns_host.is_(False), Case.kind.not_in((str(Kind.PROPOSAL), str(Kind.REVIEW)))]
    return asked


def _free(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Nobody else looks at it."""
    return or_(
        Case.claimed_by_id.is_(None), Case.claimed_by_id == actor.account_id, Case.claimed_at <= now - CLAIMED_FOR
    )


def _before(case: Case) -> ColumnElement[bool]:
    return or_(
        Case.due_at < case.due_at,
        and_(Case.due_at == case.due_at, Case.weight > case.weight),
        and_(Case.due_at == case.due_at, Case.weight == case.weight, Case.id < case.id),
    )


def _after(case: Case) -> ColumnElement[bool]:
    return and_(~_before(case), Case.id != case.id)


def _rows(session: Session, cases: Sequence[Case], boards: Mapping[int, str], now: datetime) -> list[Row]:
    why = _why(session, [case.id for case in cases])
    about = glances(session, cases)
    return [
        Row(
            case,
            about.get(case.id),
            why.get(case.id, ()),
            boards.get(case.board_id or 0, ""),
            case.due_at < now,
            case.claimed_at is not None and case.claimed_at > now - CLAIMED_FOR,
        )
        for case in cases
    ]


def _why(session: Session, ids: Sequence[int]) -> Mapping[int, list[Why]]:
    if not ids:
        return {}
    counted = (
        select(Flag.case_id, Flag.rule, func.count())
        .where(Flag.case_id.in_(ids), Flag.verdict.in_(("", "right")))
        .group_by(Flag.case_id, Flag.rule)
        .order_by(func.count().desc(), Flag.rule)
    )
    found: dict[int, list[Why]] = {}
    for case_id, rule, count in session.execute(counted):
        found.setdefault(case_id, []).append(Why(rule, count))
    return found
