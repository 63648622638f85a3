"""The charter as it is kept: what is in force on a board, and what a new version is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from forum.accounts.models import Account, GroupMember
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.organization.charter import UNWRITTEN, Commitment, Kind
from forum.organization.charter_json import from_json
from forum.organization.hours import Hours
from forum.organization.models import Affiliation, CharterVersion, Decision, Organization
from forum.organization.notice_models import DecisionItem
from forum.organization.queries import in_force as belongs_at
from forum.organization.refusals import Surroundings
from forum.organization.stages import Limits, Stage
from forum.organization.versions import NOTICE, History, InForce, Version
from forum.permissions import Group

REMEMBERED = timedelta(days=120)
"""So far back it is known which charter held, for promises that are still running or were due lately."""


@dataclass(frozen=True)
class BoardCharter:
    """What the charter says of a board at an instant: `limits` by its stage, `service` hours, `commitments`.

    `version`: 0 where none was ever saved and the usual limits hold, duty included. `since`: when the first one was
    saved; until `shadow_until` it only advises. `is_overdue`: past its review.
    """

    version: int
    limits: Mapping[Stage, Limits]
    service: Hours
    commitments: Mapping[Kind, Commitment]
    is_overdue: bool
    since: datetime | None
    shadow_until: datetime | None


def charter_in_force(session: Session, board_id: int | None, at: datetime) -> BoardCharter:
    """What holds on a board of the host's, or (None) on all that say nothing of their own. One read."""
    return on_board(charter_at(session, at), board_id, at)


def on_board(now: InForce, board_id: int | None, at: datetime) -> BoardCharter:
    """The same of a charter at hand."""
    return BoardCharter(
        version=now.number,
        limits={stage: now.limits(stage, board_id) for stage in Stage},
        service=now.service,
        commitments=now.commitments,
        is_overdue=now.is_overdue(at.astimezone(now.service.zone).date()),
        since=now.since,
        shadow_until=now.shadow_until,
    )


def charter_at(session: Session, at: datetime) -> InForce:
    """The host's charter at an instant."""
    return charter_history(session, at).at(at)


def charter_history(session: Session, until: datetime, back: timedelta = timedelta()) -> History:
    """The host's charter from so long before an instant to it: one read of the versions of that time and of the 7 days
    before, and of the one that held when they began."""
    since = until - back
    former, first = aliased(CharterVersion), aliased(CharterVersion)
    began = (
        select(former.saved_at)
        .where(former.organization_id == Organization.id, former.saved_at <= since - NOTICE)
        .order_by(former.saved_at.desc())
        .limit(1)
        .correlate(Organization)
        .scalar_subquery()
    )
    first_saved = (
        select(first.saved_at)
        .where(first.organization_id == Organization.id, first.number == 1)
        .correlate(Organization)
        .scalar_subquery()
    )
    rows = session.execute(
        select(CharterVersion.number, CharterVersion.saved_at, CharterVersion.data, first_saved)
        .join(Organization, Organization.id == CharterVersion.organization_id)
        .where(Organization.is_host, CharterVersion.saved_at <= until)
        .where(or_(CharterVersion.saved_at > since - NOTICE, CharterVersion.saved_at == began))
        .order_by(CharterVersion.number)
    ).all()
    versions = [Version(number, saved_at, from_json(data)) for number, saved_at, data, _first in rows]
    return History(versions, since, rows[0][3] if rows else None)


# ── for a new version ─────────────────────────────────────────────────────────────────────────────────────────────────


def chartered_organization(session: Session, *, locked: bool = False) -> Organization:
    """The host, whose charter it is; NotFound before it has a name. Locked: nobody else saves meanwhile."""
    asked = select(Organization).where(Organization.is_host).order_by(Organization.id).limit(1)
    found = session.scalars(asked.with_for_update() if locked else asked).first()
    if found is None:
        raise NotFound(_("There is no such organization."))
    return found


def latest_version(session: Session, organization_id: int) -> CharterVersion | None:
    """The charter as it was saved last."""
    return session.scalars(
        select(CharterVersion)
        .where(CharterVersion.organization_id == organization_id)
        .order_by(CharterVersion.number.desc())
        .limit(1)
    ).first()


def version(session: Session, organization_id: int, number: int) -> CharterVersion:
    """One version, with its decision; NotFound."""
    asked = select(CharterVersion).options(joinedload(CharterVersion.decision))
    found = session.scalars(
        asked.where(CharterVersion.organization_id == organization_id, CharterVersion.number == number)
    ).first()
    if found is None:
        raise NotFound(_("There is no version %(n)s of the charter.", n=number))
    return found


def open_decision_items(session: Session, now: datetime) -> Sequence[DecisionItem]:
    """What waits for a decision of the Host's, as it stood at an instant; the oldest first."""
    open_then = (DecisionItem.opened_at <= now, or_(DecisionItem.decision_id.is_(None), Decision.entered_at > now))
    asked = select(DecisionItem).outerjoin(Decision, Decision.id == DecisionItem.decision_id).where(*open_then)
    return session.scalars(asked.order_by(DecisionItem.id)).all()


def item_for_update(session: Session, item_id: int) -> DecisionItem:
    """One of them, locked; NotFound."""
    found = session.get(DecisionItem, item_id, with_for_update=True)
    if found is None:
        raise NotFound
    return found


def versions(session: Session, organization_id: int) -> Sequence[CharterVersion]:
    """All versions with their decisions, the latest first."""
    asked = select(CharterVersion).options(joinedload(CharterVersion.decision))
    asked = asked.where(CharterVersion.organization_id == organization_id)
    return session.scalars(asked.order_by(CharterVersion.number.desc())).all()


def surroundings(session: Session, organization: Organization, decision: int | None) -> Surroundings:
    """What a charter of this organization is held against now."""
    saved = latest_version(session, organization.id)
    numbers = select(Decision.number).where(Decision.organization_id == organization.id)
    boards = session.execute(select(Board.id, Board.time_zone, Board.name).order_by(Board.name)).all()
    return Surroundings(
        today=clock.now().date(),
        people=frozenset(one.id for one in session.scalars(_people(organization))),
        moderators=frozenset(one.id for one in session.scalars(_moderators())),
        zones={row.id: row.time_zone for row in boards},
        names={row.id: row.name for row in boards},
        before=from_json(saved.data) if saved is not None else UNWRITTEN,
        decisions=frozenset(session.scalars(numbers)),
        decision=decision,
    )


def candidates(session: Session, organization: Organization) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Who can be responsible for a role, and who can stand in for a host beside them, by their shown names."""
    rows = session.scalars(_people(organization).order_by(Account.name_key)).all()
    peers = session.scalars(_moderators().order_by(Account.name_key)).all()
    people = {one.id: one.shown_name for one in rows}
    return people, {one.id: one.shown_name for one in peers if one.id not in people}


def boards_by_name(session: Session, seen: ColumnElement[bool] | None = None) -> Mapping[int, str]:
    """Boards, by name; those only that one sees, where that is said."""
    asked = select(Board.id, Board.name).order_by(Board.name)
    rows = session.execute(asked if seen is None else asked.where(seen))
    return {row.id: row.name for row in rows}


def _people(organization: Organization) -> Select[Account]:
    return (
        select(Account)
        .join(Affiliation, Affiliation.account_id == Account.id)
        .where(Affiliation.organization_id == organization.id, Affiliation.kind == "staff")
        .where(*belongs_at(clock.now()), Account.deactivated_at.is_(None))
    )


def _moderators() -> Select[Account]:
    return (
        select(Account)
        .join(GroupMember, GroupMember.account_id == Account.id)
        .where(GroupMember.group_id == int(Group.MODERATORS), Account.deactivated_at.is_(None))
    )
