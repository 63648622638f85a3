"""Who is on duty: shifts, the service hours in which nobody is, and which shifts were kept (`organization.md` §4).

Pure; instants in UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

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
    role: Role = Role.RESPONDER


Stretch = tuple[datetime, datetime]


def local_instant(naive: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which clocks in a zone show this. An hour that a day has twice is the first of the two; one that
    a day leaves out is moved on by as much as the clocks are."""
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC)


def in_words(since: datetime, until: datetime, zone: str) -> str:
    """From when to when in local time, in a form that every language reads."""
    begins, ends = (at.astimezone(ZoneInfo(zone)) for at in (since, until))
    end = f"{ends:%H:%M}" if ends.date() == begins.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{begins:%Y-%m-%d %H:%M}–{end} ({zone})"


def with_stand_ins(shift: Shift, absent: Mapping[int, Sequence[Stretch]]) -> Sequence[Shift]:
    """The shift as it is really staffed: while its person is absent, the backup is on duty; while both are, nobody is.
    `absent`: person → when they are not there, each stretch from an instant to an instant."""
    parts = _without(shift, absent.get(shift.person, ()))
    if shift.backup is not None:
        away = [
            stretch for stretch in absent.get(shift.person, ()) if stretch[0] < shift.until and shift.since < stretch[1]
        ]
        for since, until in away:
            stood_in = replace(
                shift, person=shift.backup, backup=None, since=max(since, shift.since), until=min(until, shift.until)
            )
            parts = [*parts, *_without(stood_in, absent.get(shift.backup, ()))]
    return sorted(parts, key=lambda part: (part.since, part.person))


def _without(shift: Shift, stretches: Sequence[Stretch]) -> list[Shift]:
    """What is left of a shift when these stretches are taken out of it."""
    left, free = list[Shift](), shift.since
    for since, until in sorted(stretches):
        if free < (stop := min(since, shift.until)):
            left.append(replace(shift, since=free, until=stop))
        free = max(free, until)
    if free < shift.until:
        left.append(replace(shift, since=free))
    return left


def on_duty(shifts: Iterable[Shift], role: Role, board_id: int, at: datetime) -> Sequence[Shift]:
    """Who is on duty there then, the shift that began last first."""
    found = [shift for shift in shifts if shift.role is role and shift.covers(board_id) and shift.is_on(at)]
    return sorted(found, key=lambda shift: (shift.since, shift.person), reverse=True)


def gaps(shifts: Iterable[Shift], role: Role, boards: Collection[int], service: Hours, now: datetime) -> Sequence[Gap]:
    """The gaps of a service hour or more within the next 14 days, in order; one that nights and weekends interrupt is
    one as long as nobody comes on duty."""
    worn = [shift for shift in shifts if shift.role is role]
    found = [
        replace(gap, role=role) for board in sorted(boards) for gap in _gaps_on(board, worn, service, now, now + AHEAD)
    ]
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


# ── kept shifts ───────────────────────────────────────────────────────────────────────────────────────────────────────

SPAN = timedelta(days=28)
ENOUGH_SHIFTS = 5
"""Of fewer shifts no share is published."""


@dataclass(frozen=True, slots=True)
class Due:
    """A promise that fell due on a board in a role's care. `done_at`: the first act that kept it; `acts`: account id →
    when somebody of the organization acted on it first."""

    role: Role
    board: int
    due_at: datetime
    done_at: datetime | None = None
    acts: Mapping[int, datetime] | None = None


@dataclass(frozen=True, slots=True)
class KeptShifts:
    """Of `counted` shifts in which something fell due, so many were kept."""

    kept: int
    counted: int

    @property
    def share(self) -> tuple[int, int] | None:
        """k of n; None: too few to say."""
        return (self.kept, self.counted) if self.counted >= ENOUGH_SHIFTS else None


def was_kept(shift: Shift, dues: Iterable[Due]) -> bool | None:
    """A shift is kept when everything that fell due in it, on its boards and in its role, was either done in time, by
    whomever, or taken up during the shift by who was on duty or the backup. None: nothing fell due in it."""
    here = [due for due in dues if due.role is shift.role and shift.covers(due.board) and shift.is_on(due.due_at)]
    return all(_is_kept(shift, due) for due in here) if here else None


def _is_kept(shift: Shift, due: Due) -> bool:
    if due.done_at is not None and due.done_at <= due.due_at:
        return True
    acted = [(due.acts or {}).get(person) for person in (shift.person, shift.backup) if person is not None]
    return any(at is not None and at < shift.until for at in acted)


def kept_shifts(shifts: Iterable[Shift], dues: Collection[Due], now: datetime) -> KeptShifts:
    """Of the shifts that ended within the last 28 days."""
    over = [shift for shift in shifts if now - SPAN < shift.until <= now]
    kept = [was_kept(shift, dues) for shift in over]
    return KeptShifts(sum(one is True for one in kept), sum(one is not None for one in kept))
