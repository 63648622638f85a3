"""Names and faces for lists: no more of an account than is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.organization.models import Affiliation, Organization


@dataclass(frozen=True, slots=True)
class Person:
    """A face and a name. Who belongs to an organization today wears its ring (`is_staff`)."""

    id: int
    name: str
    shown_name: str
    avatar_key: str
    # To which they belong today; "": a peer.
    organization: str = ""

    @property
    def is_staff(self) -> bool:
        return self.organization != ""


def people(session: Session, ids: Iterable[int]) -> Mapping[int, Person]:
    """Account id → person, in one query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    now = clock.now()
    organization = (
        select(Organization.name)
        .join(Affiliation, Affiliation.organization_id == Organization.id)
        .where(
            Affiliation.account_id == Account.id,
            Affiliation.since <= now,
            or_(Affiliation.until.is_(None), Affiliation.until > now),
        )
        .order_by(Affiliation.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Account.id, Account.name, Account.display_name, Account.avatar_key, organization).where(
            Account.id.in_(wanted)
        )
    )
    return {
        id_: Person(id_, name, display_name or name, avatar_key, of or "")
        for id_, name, display_name, avatar_key, of in rows
    }
