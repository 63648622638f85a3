"""Reads of who ignores whom. Only the person themselves may ask; moderators are heard by everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, String, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account, GroupMember, IgnoredMember
from forum.core import clock
from forum.permissions import Actor, Group

_Instant = datetime | SQLColumnExpression[datetime]

OFFICE = (int(Group.MODERATORS), int(Group.ADMINISTRATORS))


def in_force(now: _Instant) -> ColumnElement[bool]:
    """SQL over IgnoredMember: not over yet, and not about a moderator."""
    moderates = exists().where(GroupMember.account_id == IgnoredMember.ignored_id, GroupMember.group_id.in_(OFFICE))
    return (or_(IgnoredMember.until.is_(None), IgnoredMember.until > now)) & ~moderates


def may_be_ignored(session: Session, account_id: int) -> bool:
    """Not so of moderators: they keep the place fair for everybody."""
    moderates = select(GroupMember.group_id).where(
        GroupMember.account_id == account_id, GroupMember.group_id.in_(OFFICE)
    )
    return session.scalar(moderates.limit(1)) is None


def ignores(author_id: int | None, now: datetime) -> ColumnElement[bool]:
    """SQL over Account: whether the account of the row ignores the author."""
    return exists().where(
        IgnoredMember.account_id == Account.id, IgnoredMember.ignored_id == (author_id or 0), in_force(now)
    )


def ignored_by(account_id: int, author_id: SQLColumnExpression[int | None], now: datetime) -> ColumnElement[bool]:
    """SQL over whatever has an author: whether the account ignores that author."""
    mine = (IgnoredMember.account_id == account_id, IgnoredMember.ignored_id == author_id)
    return exists().where(*mine, in_force(now)).correlate_except(IgnoredMember, GroupMember)


def ignored_ids(session: Session, account: Account, now: datetime) -> frozenset[int]:
    """Whom the account ignores now. Asks nothing for who ignores nobody."""
    if account.ignores_until is None or account.ignores_until <= now:
        return frozenset()
    return frozenset(
        session.scalars(select(IgnoredMember.ignored_id).where(IgnoredMember.account_id == account.id, in_force(now)))
    )


def ignored_beside(now: _Instant) -> ColumnElement[str | None]:
    """SQL beside an Account: the ids of whom it ignores, for `ids_in`. Looked up only for who ignores anybody."""
    ids = (
        select(func.aggregate_strings(cast(IgnoredMember.ignored_id, String), ","))
        .where(IgnoredMember.account_id == Account.id, in_force(now))
        .correlate_except(IgnoredMember, GroupMember)
        .scalar_subquery()
    )
    return case((Account.ignores_until > now, ids))


def ids_in(joined: str | None) -> frozenset[int]:
    """What `ignored_beside` found."""
    return frozenset(int(id_) for id_ in (joined or "").split(",") if id_)


def list_of(session: Session, actor: Actor) -> Sequence[tuple[IgnoredMember, Account]]:
    """Whom the actor ignores, the latest first."""
    rows = session.execute(
        select(IgnoredMember, Account)
        .join(Account, Account.id == IgnoredMember.ignored_id)
        .where(IgnoredMember.account_id == (actor.account_id or 0), in_force(clock.now()))
        .order_by(IgnoredMember.since.desc())
        .limit(500)
    )
    return [(row, account) for row, account in rows]
