"""Putting people on the rota, changing their shifts and taking them away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Conflict, InvalidFields
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.zones import is_time_zone
from forum.organization import queries
from forum.organization.drafts import ShiftDraft
from forum.organization.events import ShiftChanged, ShiftNears, ShiftRemoved, ShiftsGiven
from forum.organization.models import Organization
from forum.organization.queries.rota import near
from forum.organization.rota import in_words, local_instant
from forum.organization.rota_models import ShiftRow
from forum.permissions import Act, Actor, Role, require
from forum.permissions.predicates import is_house
from forum.site.actions import note_deed

MOST_WEEKS = 26
JUST_NOW = timedelta(hours=1)
"""So long after its beginning a new shift may still be entered: then it begins now."""
YEARS = range(2000, 2201)
LONGEST = timedelta(days=14)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _Checked:
    role: Role
    since: datetime
    until: datetime
    zone: ZoneInfo
    board_ids: list[int]


def add_shifts(session: Session, actor: Actor, organization: Organization, draft: ShiftDraft) -> ShiftRow:
    """Put somebody on the rota, once or every week at the same local time; the first of the shifts."""
    require(actor, Act.KEEP_ROTA, organization)
    # The house tells of a rota that was kept already, and so of shifts that have begun.
    earliest = None if is_house(actor, None) else clock.now() - JUST_NOW
    checked = _checked(session, organization, draft, earliest=earliest)
    rows = []
    for week in range(draft.weeks):
        since = local_instant(checked.since + week * WEEK, checked.zone)
        since = max(since, _this_minute()) if earliest else since
        until = local_instant(checked.until + week * WEEK, checked.zone)
        if since < until:  # a shift inside the hour that the clocks leave out does not take place
            row = ShiftRow(organization_id=organization.id)
            _fill(row, checked, draft, since, until)
            rows.append(row)
    session.add_all(rows)
    session.flush()
    after = _said(session, rows[0]) | {"weeks": len(rows)}
    note_deed(session, actor, "organization", rows[0].id, "shift_given", after=after)
    emit(session, ShiftsGiven(rows[0].id, len(rows), actor.account_id))
    return rows[0]


def change_shift(session: Session, actor: Actor, organization: Organization, row: ShiftRow, draft: ShiftDraft) -> None:
    """Have it at another time, or give it to somebody else. What is over stays as it was: of a shift that has begun the
    part until now, which stays its own when the rest is handed on."""
    require(actor, Act.KEEP_ROTA, organization)
    _check_to_come(row)
    cut, has_begun = _this_minute(), row.since < _this_minute()
    running, earliest = row if has_begun else None, None if has_begun else clock.now() - JUST_NOW
    checked = _checked(session, organization, draft, earliest=earliest, running=running)
    before, people = _said(session, row), _people(row)
    since, until = local_instant(checked.since, checked.zone), local_instant(checked.until, checked.zone)
    if not has_begun:
        _fill(row, checked, draft, max(since, cut), until)
        row.reminded_at = None
    elif _is_handed_on(row, checked, draft):
        row.until = cut
        row = ShiftRow(organization_id=organization.id)
        _fill(row, checked, draft, cut, until)
        session.add(row)
    else:
        row.until = until
    session.flush()
    note_deed(session, actor, "organization", row.id, "shift_changed", before=before, after=_said(session, row))
    emit(session, ShiftChanged(row.id, tuple(sorted({*people, *_people(row)})), actor.account_id))


def remove_shift(session: Session, actor: Actor, organization: Organization, row: ShiftRow) -> bool:
    """Take it off the rota. What is over stays: it is counted. Whether it had begun: then it ends now."""
    require(actor, Act.KEEP_ROTA, organization)
    _check_to_come(row)
    said, cut = _said(session, row), _this_minute()
    has_begun = row.since < cut
    lost = in_words(max(row.since, cut), row.until, row.zone)
    note_deed(session, actor, "organization", row.id, "shift_removed", before=said)
    emit(session, ShiftRemoved(row.id, _people(row), lost, actor.account_id))
    if has_begun:
        row.until = cut
    else:
        session.delete(row)
    session.flush()
    return has_begun


def remind_of_shifts(session: Session, actor: Actor, limit: int) -> int:
    """Who has a shift tomorrow hears of it from eight in the morning on; how many did. For the worker."""
    require(actor, Act.KEEP_TIME)
    now = clock.now()
    rows = near(session, now, limit)
    for row in rows:
        row.reminded_at = now
        emit(session, ShiftNears(row.id))
    return len(rows)


def _checked(
    session: Session,
    organization: Organization,
    draft: ShiftDraft,
    *,
    earliest: datetime | None,
    running: ShiftRow | None = None,
) -> _Checked:
    """`running`: it has begun, and when it did stays; `earliest`: else no new one begins before."""
    wrong: dict[str, str] = {}
    zone = ZoneInfo(draft.zone) if is_time_zone(draft.zone) else None
    if zone is None:
        wrong["zone"] = _("There is no such time zone.")
    if draft.role is None:
        wrong["role"] = _("Choose a role.")
    if draft.since is None:
        wrong["since"] = _("Say when it begins.")
    if draft.until is None:
        wrong["until"] = _("Say when it ends.")
    if draft.since is not None and draft.until is not None and zone is not None:
        wrong |= _wrong_times(draft.since, draft.until, zone, earliest, running)
    if not 1 <= draft.weeks <= MOST_WEEKS:
        wrong["weeks"] = _("Between 1 and %(n)s weeks.", n=MOST_WEEKS)
    boards = sorted(session.scalars(select(Board.id).where(Board.id.in_(set(draft.board_ids)))))
    if len(boards) != len(set(draft.board_ids)):
        wrong["boards"] = _("One of these boards is not there any more.")
    if draft.role is not None:
        wrong |= _wrong_people(session, organization, draft, draft.role, boards)
    if wrong:
        raise InvalidFields(wrong)
    assert draft.role is not None
    assert draft.since is not None
    assert draft.until is not None
    assert zone is not None
    return _Checked(draft.role, draft.since, draft.until, zone, boards)


def _wrong_times(
    since: datetime, until: datetime, zone: ZoneInfo, earliest: datetime | None, running: ShiftRow | None
) -> dict[str, str]:
    named = {"since": since, "until": until}
    if far := {name: _("Choose a day nearer to today.") for name, at in named.items() if at.year not in YEARS}:
        return far
    begins, ends = local_instant(since, zone), local_instant(until, zone)
    if running is not None and begins != running.since.replace(second=0, microsecond=0):
        return {"since": _("This shift has begun: when it began stays as it was.")}
    if ends <= begins:
        return {"until": _("It ends after it begins.")}
    if ends - begins > LONGEST:
        return {"until": _("A shift lasts %(n)s days at most.", n=LONGEST.days)}
    if ends <= clock.now():
        return {"until": _("That is over already.")}
    if earliest is not None and begins < earliest:
        return {"since": _("No shift begins in the past: choose a time from now on.")}
    return {}


def _wrong_people(
    session: Session, organization: Organization, draft: ShiftDraft, role: Role, boards: list[int]
) -> dict[str, str]:
    wrong = {}
    if not _may_stand(session, organization, draft.person_id, role, boards):
        wrong["person"] = _("Choose somebody who holds this role on these boards.")
    if draft.backup_id is not None and draft.backup_id == draft.person_id:
        wrong["backup"] = _("Somebody else stands in.")
    elif draft.backup_id is not None and not _may_stand(session, organization, draft.backup_id, role, boards):
        wrong["backup"] = _("Choose somebody who holds this role on these boards.")
    return wrong


def _may_stand(session: Session, organization: Organization, account_id: int, role: Role, boards: list[int]) -> bool:
    belonging = queries.belonging(session, account_id, clock.now())
    if belonging is None or belonging.organization_id != organization.id or belonging.kind == "bot":
        return False
    return all(belonging.has(role, board_id) for board_id in boards) if boards else belonging.has_everywhere(role)


def _fill(row: ShiftRow, checked: _Checked, draft: ShiftDraft, since: datetime, until: datetime) -> None:
    row.role, row.board_ids, row.zone = str(checked.role), checked.board_ids, str(checked.zone)
    row.person_id, row.backup_id, row.since, row.until = draft.person_id, draft.backup_id, since, until


def _is_handed_on(row: ShiftRow, checked: _Checked, draft: ShiftDraft) -> bool:
    was = (row.person_id, row.backup_id, row.role, sorted(row.board_ids))
    return was != (draft.person_id, draft.backup_id, str(checked.role), checked.board_ids)


def _this_minute() -> datetime:
    return clock.now().replace(second=0, microsecond=0)


def _check_to_come(row: ShiftRow) -> None:
    if row.until <= clock.now():
        raise Conflict(_("This shift is over: it stays as it was."))


def _people(row: ShiftRow) -> tuple[int, ...]:
    return (row.person_id, row.backup_id) if row.backup_id is not None else (row.person_id,)


def _said(session: Session, row: ShiftRow) -> dict[str, Any]:
    name = session.get_one(Account, row.person_id).name
    return {"name": name, "role": row.role, "when": in_words(row.since, row.until, row.zone)}
