"""Groups that take people in by their confirmed mail domain or their standing, and let them go with it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from forum.accounts.actions.membership import enter_group, leave_group
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.permissions import Group

_BUILT_IN = {"staff": Group.STAFF, "moderators": Group.MODERATORS}


def settle(session: Session, *, account_id: int | None = None, group_id: int | None = None) -> int:
    """Let automatic groups be as their rules say: all of them, or those of one person, or one. How many changed."""
    found = select(GroupRow).where(GroupRow.joining == "automatic", GroupRow.is_builtin.is_(False))
    if group_id is not None:
        found = found.where(GroupRow.id == group_id)
    return sum(_settle(session, group, account_id) for group in session.scalars(found).all())


def _settle(session: Session, group: GroupRow, account_id: int | None) -> int:
    who = [] if account_id is None else [Account.id == account_id]
    inside = exists().where(GroupMember.group_id == group.id, GroupMember.account_id == Account.id)
    by_rule = exists().where(
        GroupMember.group_id == group.id, GroupMember.account_id == Account.id, GroupMember.is_automatic
    )
    belongs = _belongs(group)
    coming = session.scalars(select(Account.id).where(belongs, ~inside, *who)).all()
    going = session.scalars(select(Account.id).where(by_rule, ~belongs, *who)).all()
    for one in coming:
        enter_group(session, group.id, one, is_automatic=True)
    for one in going:
        leave_group(session, group.id, one)
    return len(coming) + len(going)


def _belongs(group: GroupRow) -> ColumnElement[bool]:
    here = and_(
        Account.confirmed_at.is_not(None), Account.placeholder_since.is_(None), Account.deactivated_at.is_(None)
    )
    by_domain = [Account.email_key.endswith(f"@{domain}", autoescape=True) for domain in group.auto_domains]
    return and_(here, or_(false(), *by_domain, _has_standing(group.auto_role)))


def _has_standing(role: str) -> ColumnElement[bool]:
    if role == "regulars":
        return Account.trust == "regular"
    if role not in _BUILT_IN:
        return false()
    theirs = aliased(GroupMember)
    return exists().where(theirs.group_id == int(_BUILT_IN[role]), theirs.account_id == Account.id)
