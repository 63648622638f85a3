"""Reads of organizations and affiliations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from forum.organization.models import Affiliation, Organization


def host(session: Session) -> Organization | None:
    """The organization that hosts this community, once an administrator named it."""
    return session.scalars(select(Organization).where(Organization.is_host).order_by(Organization.id).limit(1)).first()


def affiliation_of(session: Session, account_id: int, at: datetime) -> Affiliation | None:
    """The affiliation in force at an instant, its organization loaded; the latest where several are."""
    return session.scalars(
        select(Affiliation)
        .options(joinedload(Affiliation.organization))
        .where(
            Affiliation.account_id == account_id,
            Affiliation.since <= at,
            or_(Affiliation.until.is_(None), Affiliation.until > at),
        )
        .order_by(Affiliation.since.desc(), Affiliation.id.desc())
        .limit(1)
    ).first()
