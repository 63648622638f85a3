"""Reads of organizations, and of who belongs to them in which role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import GroupMember
from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.permissions import Belonging, Group, Role
from forum.permissions.peers import independent_since

_Instant = datetime | SQLColumnExpression[datetime]


def host(session: Session) -> Organization | None:
    """The organization that hosts this community, once an administrator named it."""
    return session.scalars(select(Organization).where(Organization.is_host).order_by(Organization.id).limit(1)).first()


def host_for_update(session: Session) -> Organization | None:
    """The same, locked: whatever there may be only one of waits for it."""
    found = select(Organization).where(Organization.is_host).order_by(Organization.id).limit(1)
    return session.scalars(found.with_for_update()).first()


def in_force(at: _Instant) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """SQL over Affiliation: whether it holds at an instant."""
    return Affiliation.since <= at, or_(Affiliation.until.is_(None), Affiliation.until > at)


def belongs(
    account_id: SQLColumnExpression[Any], at: _Instant, organization_id: int | None = None
) -> ColumnElement[bool]:
    """SQL beside an account: whether it belongs to an organization, or to this one, at an instant."""
    theirs = () if organization_id is None else (Affiliation.organization_id == organization_id,)
    return exists().where(Affiliation.account_id == account_id, *theirs, *in_force(at)).correlate_except(Affiliation)


def ever_belonged(account_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """SQL beside an account: whether it belongs to an organization, or once did."""
    return exists().where(Affiliation.account_id == account_id).correlate_except(Affiliation)


def is_peer(account_id: SQLColumnExpression[Any], made_at: datetime | None = None) -> ColumnElement[bool]:
    """SQL beside an account: whether it is a peer, as `permissions.is_peer` says of an actor."""
    belonged = or_(Affiliation.until.is_(None), Affiliation.until > independent_since(made_at))
    theirs = exists().where(Affiliation.account_id == account_id, belonged).correlate_except(Affiliation)
    staff = exists().where(GroupMember.account_id == account_id, GroupMember.group_id == int(Group.STAFF))
    return and_(~theirs, ~staff.correlate_except(GroupMember))


def left_at(session: Session, account_id: int) -> datetime | None:
    """When an account last ceased to belong to an organization; None: it never belonged to one."""
    return session.scalar(select(func.max(Affiliation.until)).where(Affiliation.account_id == account_id))


def affiliation_of(session: Session, account_id: int, at: datetime) -> Affiliation | None:
    """The affiliation in force at an instant, its organization loaded; the latest where several are."""
    return session.scalars(
        select(Affiliation)
        .options(joinedload(Affiliation.organization))
        .where(Affiliation.account_id == account_id, *in_force(at))
        .order_by(Affiliation.since.desc(), Affiliation.id.desc())
        .limit(1)
    ).first()


def belonging(session: Session, account_id: int, at: datetime) -> Belonging | None:
    """To whom an account belongs at an instant, with the roles that are given to it then."""
    affiliation = affiliation_of(session, account_id, at)
    if affiliation is None:
        return None
    grants = session.scalars(
        select(RoleGrant).where(
            RoleGrant.account_id == account_id,
            RoleGrant.organization_id == affiliation.organization_id,
            RoleGrant.since <= at,
            or_(RoleGrant.until.is_(None), RoleGrant.until > at),
        )
    )
    roles = {Role(grant.role): frozenset(grant.board_ids) for grant in grants}
    there = affiliation.organization
    return Belonging(there.id, there.name, affiliation.kind, roles, there.is_host)


def open_grant(session: Session, account_id: int, organization_id: int, role: Role) -> RoleGrant | None:
    """The grant of a role that has not ended."""
    return session.scalars(
        select(RoleGrant).where(
            RoleGrant.account_id == account_id,
            RoleGrant.organization_id == organization_id,
            RoleGrant.role == role,
            RoleGrant.until.is_(None),
        )
    ).first()
