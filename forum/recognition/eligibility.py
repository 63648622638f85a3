"""Who may be recognized, as SQL over Account: members. Whoever belongs to an organization, as staff or as an automated
account, works for this place or has perks never is, and stands in no list."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists

from forum.accounts import queries as accounts
from forum.accounts.models import Account, GroupMember
from forum.organization import queries as organizations
from forum.permissions import Group


def is_unbound(now: datetime) -> ColumnElement[bool]:
    """Has nothing from an organization: neither pay nor perks."""
    works_here = exists().where(GroupMember.account_id == Account.id, GroupMember.group_id == int(Group.STAFF))
    return and_(
        Account.perks_since.is_(None),
        ~organizations.belongs(Account.id, now),
        ~works_here.correlate_except(GroupMember),
    )


def may_be_recognized(now: datetime) -> ColumnElement[bool]:
    """And is here to hear of it."""
    return and_(accounts.is_here(now), accounts.is_public(), is_unbound(now))


def may_be_listed(now: datetime) -> ColumnElement[bool]:
    """Whoever was recognized and said yes; not once they belong to an organization, have perks or are gone."""
    return and_(accounts.is_public(), is_unbound(now))
