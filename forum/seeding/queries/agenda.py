"""The calendar as a page: what is planned week by week, what is under way, what was learned, what was dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.organization.seeds import LEAST_CONSENTS, REVIEWED_AFTER, State
from forum.permissions import Act, Actor, Right, allows, require
from forum.seeding import queries
from forum.seeding.models import Seed, SeedInvitation

PER_PAGE = 30


@dataclass(frozen=True)
class Line:
    """A seed on the calendar: when by the clock of its board, and how many of those asked said yes."""

    seed: Seed
    yes: int
    asked: int
    proposes_dropping: bool = False

    @property
    def day(self) -> date:
        return self.seed.planned_at.astimezone(ZoneInfo(self.seed.board.time_zone)).date()

    @property
    def missing(self) -> int:
        """How many more have to say yes before it is posted."""
        return max(0, LEAST_CONSENTS - self.yes)

    @property
    def reviewed_on(self) -> date | None:
        at = self.seed.posted_at
        return (at + REVIEWED_AFTER).astimezone(ZoneInfo(self.seed.board.time_zone)).date() if at else None


@dataclass(frozen=True)
class Week:
    """From a Monday on; what is planned in it, soonest first."""

    monday: date
    lines: Sequence[Line]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def page(session: Session, actor: Actor, which: str, number: int) -> Page[Line]:
    """Seeds of a state on the boards that the actor sees: planned ones soonest first, the others latest first."""
    require(actor, Act.SEE_SEEDS)
    if which not in set(State):
        raise NotFound
    where = (Seed.state == which, Seed.board_id.in_(actor.boards_with(Right.SEE)))
    count = session.scalar(select(func.count()).select_from(Seed).where(*where)) or 0
    pages = pages_for(count, PER_PAGE)
    if not 1 <= number <= max(1, pages):
        raise NotFound
    orders: Mapping[State, ColumnElement[Any]] = {
        State.PLANNED: Seed.planned_at.asc(),
        State.POSTED: Seed.posted_at.desc(),
        State.REVIEWED: Seed.reviewed_at.desc(),
        State.DROPPED: Seed.dropped_at.desc(),
    }
    with_rest = (joinedload(Seed.board), joinedload(Seed.owner), joinedload(Seed.topic))
    found = select(Seed).options(*with_rest).where(*where).order_by(orders[State(which)], Seed.id)
    rows = session.scalars(found.offset((number - 1) * PER_PAGE).limit(PER_PAGE)).all()
    return Page(_lines(session, rows), number, pages)


def weeks(lines: Sequence[Line]) -> Sequence[Week]:
    """The planned ones by the week of their boards' clocks."""
    ordered = sorted(lines, key=lambda line: (line.day, line.seed.planned_at))
    by_monday = groupby(ordered, key=lambda line: line.day - timedelta(days=line.day.weekday()))
    return [Week(monday, list(some)) for monday, some in by_monday]


def boards_to_seed(session: Session, actor: Actor) -> Sequence[Board]:
    """Where the actor may plan one."""
    return [board for board in boards.boards_to_start_on(session, actor) if allows(actor, Act.PLAN_SEED, board)]


def _lines(session: Session, rows: Sequence[Seed]) -> list[Line]:
    counted = select(SeedInvitation.seed_id, SeedInvitation.answer, func.count()).group_by(
        SeedInvitation.seed_id, SeedInvitation.answer
    )
    answers: dict[int, dict[str, int]] = {}
    for seed_id, answer, count in session.execute(counted.where(SeedInvitation.seed_id.in_([row.id for row in rows]))):
        answers.setdefault(seed_id, {})[answer] = count
    failing = queries.failing(session) if rows else frozenset()
    return [
        Line(
            row,
            answers.get(row.id, {}).get("yes", 0),
            sum(answers.get(row.id, {}).values()),
            (row.board_id, row.kind) in failing,
        )
        for row in rows
    ]
