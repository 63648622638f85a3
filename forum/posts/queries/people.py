"""Names and faces for lists: no more of an account than is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.organization.models import Affiliation


@dataclass(frozen=True, slots=True)
class Person:
    """A face and a name. `is_staff`: belongs to an organization today, so that the face wears its ring."""

    id: int
    name: str
    shown_name: str
    avatar_key: str
    is_staff: bool


def people(session: Session, ids: Iterable[int]) -> Mapping[int, Person]:
    """Account id → person, in one query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    now = clock.now()
    affiliated = exists().where(
        Affiliation.account_id == Account.id,
        Affiliation.since <= now,
        or_(Affiliation.until.is_(None), Affiliation.until > now),
    )
    rows = session.execute(
        select(Account.id, Account.name, Account.display_name, Account.avatar_key, affiliated).where(
            Account.id.in_(wanted)
        )
    )
    return {
        id_: Person(id_, name, display_name or name, avatar_key, bool(is_staff))
        for id_, name, display_name, avatar_key, is_staff in rows
    }
