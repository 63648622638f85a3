"""Roles of the charter with nobody in them: what they promise is suspended meanwhile (`organization.md` §4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.organization.models import Organization, RoleGrant
from forum.organization.versions import InForce
from forum.permissions import Role


def vacant_roles(session: Session, now: InForce, at: datetime) -> Mapping[Role, datetime]:
    """Active roles that nobody of the host holds, since when: since the last one went, else since the charter says so.
    Where no charter was saved, none is active."""
    if not now.charter.roles:
        return {}
    worn = session.execute(
        select(RoleGrant.role, RoleGrant.until, Account.deactivated_at)
        .join(Account, Account.id == RoleGrant.account_id)
        .join(Organization, Organization.id == RoleGrant.organization_id)
        .where(Organization.is_host, RoleGrant.since <= at)
    ).all()
    said = now.saved_at or now.at
    return {
        role: max(since, default=said)
        for role in now.charter.roles
        if (since := _gone([(until, closed) for one, until, closed in worn if one == role], at)) is not None
    }


def _gone(ends: Iterable[tuple[datetime | None, datetime | None]], at: datetime) -> list[datetime] | None:
    """When each of them ended; None where one has not."""
    ended = [[end for end in both if end is not None and end <= at] for both in ends]
    return [min(both) for both in ended] if all(ended) else None
