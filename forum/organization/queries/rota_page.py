"""The rota as a page: two weeks, day by day, and where nobody is on duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.core import clock
from forum.core.words import gettext as _
from forum.organization.models import Organization, RoleGrant
from forum.organization.queries.chartering import boards_by_name, candidates, charter_at, chartered_organization
from forum.organization.queries.rota import rota_gaps, shifts_between, staffed
from forum.organization.rota import Gap, Shift
from forum.organization.rota_models import ShiftRow
from forum.permissions import Act, Actor, Role, allows, require

DAYS = 14


@dataclass(frozen=True)
class ShiftLine:
    """A shift on a day, with its times on that day. `span`: from when to when in local time, if on several days;
    `goes_on`: a day before it says whose it is. `stands_in`: the backup is on duty then, for a part of it or all;
    `is_empty`: for a part of it nobody is."""

    row: ShiftRow
    times: str
    span: tuple[datetime, datetime] | None
    goes_on: bool
    boards: Sequence[str]
    stands_in: Account | None
    is_empty: bool
    is_over: bool


@dataclass(frozen=True)
class GapLine:
    """Nobody is on duty in a role on some boards: from, to in local time, and how many service hours that are."""

    role: Role
    boards: Sequence[str]
    since: datetime
    until: datetime
    hours: int


@dataclass(frozen=True)
class RotaPage:
    """Two weeks from `first` on, in a zone. `may_keep`: for whoever says who is on duty; others see their own shifts.
    `people`: who can be put on it, by id; `holders`: role → the names of those who hold it."""

    organization: Organization
    zone: str
    first: date
    days: Sequence[tuple[date, Sequence[ShiftLine]]]
    gaps: Sequence[GapLine]
    may_keep: bool
    people: Mapping[int, str]
    holders: Mapping[Role, Sequence[str]]
    boards: Mapping[int, str]


def rota_page(session: Session, actor: Actor, first: date | None = None) -> RotaPage:
    """The host's, for its people and administrators."""
    organization, now = chartered_organization(session), clock.now()
    require(actor, Act.SEE_ROTA, organization)
    zone = charter_at(session, now).service.zone
    first = first or now.astimezone(zone).date()
    may_keep = allows(actor, Act.KEEP_ROTA, organization)
    begins, ends = (_midnight(day, zone).astimezone(UTC) for day in (first, first + timedelta(DAYS)))
    rows = shifts_between(session, begins, ends)
    if not may_keep:
        rows = [row for row in rows if actor.account_id in (row.person_id, row.backup_id)]
    called = boards_by_name(session, boards.visible(actor))
    parts = staffed(session, rows, now)
    days: dict[date, list[ShiftLine]] = {first + timedelta(day): [] for day in range(DAYS)}
    for row in rows:
        shown = [day for day in _days_of(row, zone) if day in days]
        for day in shown:
            line = _line(row, day, parts.get(row.id, ()), zone, called, now)
            days[day].append(replace(line, goes_on=day != shown[0]))
    people = candidates(session, organization)[0] if may_keep else {}
    return RotaPage(
        organization=organization,
        zone=str(zone),
        first=first,
        days=list(days.items()),
        gaps=_gap_lines(rota_gaps(session, now), zone, called) if may_keep else (),
        may_keep=may_keep,
        people=people,
        holders=_holders(session, organization, people) if may_keep else {},
        boards=called,
    )


def _days_of(row: ShiftRow, zone: ZoneInfo) -> list[date]:
    """The days that a shift touches; one that ends at midnight does not touch the day that begins then."""
    first, last = row.since.astimezone(zone).date(), (row.until - timedelta(microseconds=1)).astimezone(zone).date()
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def _span(row: ShiftRow, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return row.since.astimezone(zone), row.until.astimezone(zone)


def _times(row: ShiftRow, day: date, zone: ZoneInfo) -> str:
    """From when to when on that day."""
    since, until = _span(row, zone)
    begins, ends = since.date() == day, until <= _midnight(day + timedelta(1), zone)
    if begins and ends:
        return f"{since:%H:%M}–{until:%H:%M}"
    if begins:
        return _("from %(time)s", time=f"{since:%H:%M}")
    return _("until %(time)s", time=f"{until:%H:%M}") if ends else _("all day")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _line(
    row: ShiftRow,
    day: date,
    parts: Sequence[Shift],
    zone: ZoneInfo,
    called: Mapping[int, str],
    now: datetime,
) -> ShiftLine:
    begins, ends = max(row.since, _midnight(day, zone)), min(row.until, _midnight(day + timedelta(1), zone))
    there = [part for part in parts if part.since < ends and begins < part.until]
    covered = sum((min(part.until, ends) - max(part.since, begins) for part in there), timedelta())
    return ShiftLine(
        row=row,
        times=_times(row, day, zone),
        span=_span(row, zone) if len(_days_of(row, zone)) > 1 else None,
        goes_on=False,
        boards=[called[board_id] for board_id in row.board_ids if board_id in called],
        stands_in=row.backup if any(part.person == row.backup_id for part in there) else None,
        is_empty=covered < ends - begins,
        is_over=row.until <= now,
    )


def _gap_lines(gaps: Sequence[Gap], zone: ZoneInfo, called: Mapping[int, str]) -> Sequence[GapLine]:
    """The same gap on several boards is one."""
    alike: dict[tuple[Role, datetime, datetime, timedelta], list[int]] = defaultdict(list)
    for gap in gaps:
        alike[gap.role, gap.since, gap.until, gap.length].append(gap.board)
    return [
        GapLine(
            role,
            sorted(called[board_id] for board_id in board_ids if board_id in called),
            since.astimezone(zone),
            until.astimezone(zone),
            length // timedelta(hours=1),
        )
        for (role, since, until, length), board_ids in alike.items()
    ]


def _holders(session: Session, organization: Organization, people: Mapping[int, str]) -> Mapping[Role, Sequence[str]]:
    rows = session.execute(
        select(RoleGrant.role, RoleGrant.account_id).where(
            RoleGrant.organization_id == organization.id, RoleGrant.until.is_(None)
        )
    )
    found: dict[Role, list[str]] = defaultdict(list)
    for role, account_id in rows:
        if account_id in people:
            found[Role(role)].append(people[account_id])
    return {role: sorted(names) for role, names in found.items()}
