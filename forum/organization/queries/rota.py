"""The rota of the host as it is staffed: who is on duty, where nobody is, and what each sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.boards.models import Board
from forum.boards.reach import public
from forum.core.errors import NotFound
from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.organization.queries import in_force
from forum.organization.queries.chartering import charter_at
from forum.organization.rota import AHEAD, SPAN, Gap, Shift, Stretch, gaps, on_duty, with_stand_ins
from forum.organization.rota_models import ShiftRow
from forum.people.models import Away
from forum.permissions import Actor, Role

REMINDED_FROM = time(8)
_MOMENT = timedelta(microseconds=1)
_Absences = Mapping[int, Sequence[Stretch]]


def shifts_between(session: Session, since: datetime, until: datetime) -> Sequence[ShiftRow]:
    """The host's shifts that touch this time, with their people, in order."""
    return session.scalars(
        select(ShiftRow)
        .join(Organization, Organization.id == ShiftRow.organization_id)
        .options(joinedload(ShiftRow.person), joinedload(ShiftRow.backup))
        .where(Organization.is_host, ShiftRow.until > since, ShiftRow.since < until)
        .order_by(ShiftRow.since, ShiftRow.role, ShiftRow.id)
    ).all()


def staffed(session: Session, rows: Sequence[ShiftRow], now: datetime) -> Mapping[int, Sequence[Shift]]:
    """Shift id → how it is really staffed: without whoever is away or does not hold the role any more."""
    absent = _absences(session, rows, now)
    return {row.id: with_stand_ins(_worn(row), absent[row.id]) for row in rows}


def backups_at(session: Session, now: datetime) -> Sequence[tuple[Shift, int]]:
    """The shifts of this instant, each with its backup, where there is one who is there."""
    rows = [row for row in shifts_between(session, now, now + _MOMENT) if row.backup_id is not None]
    absent = _absences(session, rows, now)
    found = []
    for row in rows:
        shift = _worn(row)
        stood_in = replace(shift, person=row.backup_id or 0, backup=None)
        if any(part.is_on(now) for part in with_stand_ins(stood_in, absent[row.id])):
            found.append((shift, stood_in.person))
    return found


def _absences(session: Session, rows: Sequence[ShiftRow], now: datetime) -> Mapping[int, _Absences]:
    """Shift id → person → when they are not there for it."""
    people = {one for row in rows for one in (row.person_id, row.backup_id) if one is not None}
    if not people:
        return {}
    away, able = _away(session, people, now), _able(session, people, now)

    def of(row: ShiftRow) -> _Absences:
        whole = [(row.since, row.until)]
        return {one: away.get(one, []) if (one, row.role) in able else whole for one in people}

    return {row.id: of(row) for row in rows}


def shifts_as_staffed(session: Session, since: datetime, until: datetime, now: datetime) -> Sequence[Shift]:
    """All of them in one row."""
    found = staffed(session, shifts_between(session, since, until), now)
    return [shift for shifts in found.values() for shift in shifts]


def on_duty_at(session: Session, now: datetime) -> Sequence[Shift]:
    """Who is on duty at this instant, in whatever role and on whatever boards."""
    shifts = shifts_as_staffed(session, now, now + _MOMENT, now)
    return [shift for shift in shifts if shift.is_on(now)]


def is_on_duty(session: Session, actor: Actor, role: Role, board_id: int, now: datetime) -> bool:
    """Whether the actor is on duty there."""
    return any(shift.person == actor.account_id for shift in on_duty(on_duty_at(session, now), role, board_id, now))


def rota_gaps(session: Session, now: datetime) -> tuple[Gap, ...]:
    """Service hours of the next 14 days in which nobody is on duty: a task for the Host. A role is on the rota from its
    first shift on; the boards are those of the members that the organization looks after."""
    of_host = select(ShiftRow.role).join(Organization, Organization.id == ShiftRow.organization_id)
    roles = [Role(role) for role in session.scalars(of_host.where(Organization.is_host).distinct())]
    if not roles:
        return ()
    looked_after = (public(), Board.archived_at.is_(None), ~Board.member_run, Board.kind != "announcement")
    boards = session.scalars(select(Board.id).where(*looked_after)).all()
    shifts = shifts_as_staffed(session, now, now + AHEAD, now)
    service = charter_at(session, now).service
    found = [gap for role in roles for gap in gaps(shifts, role, boards, service, now)]
    return tuple(sorted(found, key=lambda gap: (gap.since, gap.role, gap.board)))


def near(session: Session, now: datetime, limit: int) -> Sequence[ShiftRow]:
    """Shifts of tomorrow, where it is eight in the morning or later, that nobody was reminded of; locked."""
    rows = session.scalars(
        select(ShiftRow)
        .where(ShiftRow.reminded_at.is_(None), ShiftRow.since > now, ShiftRow.since < now + timedelta(days=2))
        .order_by(ShiftRow.since, ShiftRow.id)
        .with_for_update()
    )
    return [row for row in rows if _reminded_from(row) <= now][:limit]


def shift(session: Session, shift_id: int, *, locked: bool = False) -> ShiftRow:
    """One of them; NotFound. Who may change it is asked by the verb. Locked: nobody else changes it meanwhile."""
    asked = select(ShiftRow).where(ShiftRow.id == shift_id)
    found = session.scalars(asked.with_for_update() if locked else asked).first()
    if found is None:
        raise NotFound
    return found


def over_lately(session: Session, now: datetime) -> Sequence[Shift]:
    """The shifts that ended within the last 28 days, as they were entered: what is counted of them."""
    rows = shifts_between(session, now - SPAN, now)
    return [_worn(row) for row in rows if row.until <= now]


def _worn(row: ShiftRow) -> Shift:
    return Shift(Role(row.role), row.person_id, row.since, row.until, row.backup_id, frozenset(row.board_ids))


def _reminded_from(row: ShiftRow) -> datetime:
    zone = ZoneInfo(row.zone)
    before = row.since.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(before, REMINDED_FROM, zone).astimezone(UTC)


def _away(session: Session, people: Iterable[int], now: datetime) -> Mapping[int, Sequence[Stretch]]:
    """Person → from when to when they say that they are away: whole days in the zone of the service."""
    zone = charter_at(session, now).service.zone
    rows = session.scalars(select(Away).where(Away.account_id.in_(people)))

    def begins(day: date) -> datetime:
        return datetime.combine(day, time(), zone).astimezone(UTC)

    return {row.account_id: [(begins(row.first_day), begins(row.last_day + timedelta(days=1)))] for row in rows}


def _able(session: Session, people: Iterable[int], now: datetime) -> frozenset[tuple[int, str]]:
    """(person, role) of those who are here, belong to the host, and hold the role."""
    belongs = exists().where(
        Affiliation.account_id == RoleGrant.account_id,
        Affiliation.organization_id == RoleGrant.organization_id,
        *in_force(now),
    )
    rows = session.execute(
        select(RoleGrant.account_id, RoleGrant.role)
        .join(Organization, Organization.id == RoleGrant.organization_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            Organization.is_host,
            RoleGrant.account_id.in_(people),
            RoleGrant.since <= now,
            or_(RoleGrant.until.is_(None), RoleGrant.until > now),
            accounts.is_here(now),
            belongs.correlate(RoleGrant),
        )
    )
    return frozenset((row.account_id, row.role) for row in rows)
