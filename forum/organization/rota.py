"""Who is on duty: shifts, and the service hours in which nobody is (`organization.md` §4). Pure; instants in UTC."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.organization.hours import Hours
from forum.permissions import Role

AHEAD = timedelta(days=14)
SMALLEST_GAP = timedelta(hours=1)
"""So much service time without anybody is a task for the Host."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on duty in a role, on some boards or (none named) on all. People are account ids."""

    role: Role
    person: int
    since: datetime
    until: datetime
    backup: int | None = None
    boards: frozenset[int] = frozenset()

    def covers(self, board_id: int) -> bool:
        return not self.boards or board_id in self.boards

    def is_on(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Gap:
    """Service hours on a board in which nobody is on duty: from, to, and how much of the service lies between."""

    board: int
    since: datetime
    until: datetime
    length: timedelta


def on_duty(shifts: Iterable[Shift], role: Role, board_id: int, at: datetime) -> Sequence[Shift]:
    """Who is on duty there then, the shift that began last first."""
    found = [shift for shift in shifts if shift.role is role and shift.covers(board_id) and shift.is_on(at)]
    return sorted(found, key=lambda shift: (shift.since, shift.person), reverse=True)


def gaps(shifts: Iterable[Shift], role: Role, boards: Collection[int], service: Hours, now: datetime) -> Sequence[Gap]:
    """The gaps of a service hour or more within the next 14 days, in order; one that nights and weekends interrupt is
    one as long as nobody comes on duty."""
    worn = [shift for shift in shifts if shift.role is role]
    found = [gap for board in sorted(boards) for gap in _gaps_on(board, worn, service, now, now + AHEAD)]
    return sorted(found, key=lambda gap: (gap.since, gap.board))


def _gaps_on(board: int, shifts: Sequence[Shift], service: Hours, now: datetime, end: datetime) -> list[Gap]:
    covered = sorted((shift.since, shift.until) for shift in shifts if shift.covers(board) and shift.until > now)
    found, free = [], now
    for since, until in (*covered, (end, end)):
        if free < (stop := min(since, end)):
            found.append(_gap(board, free, stop, service))
        free = max(free, until)
    return [gap for gap in found if gap is not None]


def _gap(board: int, since: datetime, until: datetime, service: Hours) -> Gap | None:
    """What of the service lies between, from its first to its last minute; None where that is less than an hour."""
    stretches = list(service.stretches(since, until))
    length = sum((ends - begins for begins, ends in stretches), timedelta())
    return Gap(board, stretches[0][0], stretches[-1][1], length) if length >= SMALLEST_GAP else None
