"""Who is held back now, as SQL and as what an `Actor` knows. Sanctions end by the clock: nothing needs to lift them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, or_, select
from sqlalchemy.orm import Session

from forum.accounts.sanction_models import Sanction
from forum.permissions import Kind, Restraint

_Instant = datetime | SQLColumnExpression[datetime]


def in_force(now: _Instant) -> ColumnElement[bool]:
    """SQL over Sanction: neither lifted nor over, and where it is a warning, not read yet."""
    return and_(
        Sanction.lifted_at.is_(None),
        Sanction.acknowledged_at.is_(None),
        or_(Sanction.until.is_(None), Sanction.until > now),
    )


def is_sanctioned(account_id: SQLColumnExpression[int], now: _Instant) -> ColumnElement[bool]:
    """SQL beside an account: whether anything holds it back."""
    return exists().where(Sanction.account_id == account_id, in_force(now)).correlate_except(Sanction)


def is_suspended(account_id: SQLColumnExpression[int], now: _Instant) -> ColumnElement[bool]:
    """SQL beside an account: whether a suspension is in force."""
    suspends = Sanction.kind == Kind.SUSPENSION
    return exists().where(Sanction.account_id == account_id, suspends, in_force(now)).correlate_except(Sanction)


def is_held_back(account_id: SQLColumnExpression[int], now: _Instant, *rights: str) -> ColumnElement[bool]:
    """SQL beside an account: whether it is suspended, may only read, or has one of these rights withdrawn."""
    what = or_(Sanction.kind.in_([Kind.SUSPENSION, Kind.READ_ONLY]), Sanction.right.in_(rights))
    return exists().where(Sanction.account_id == account_id, what, in_force(now)).correlate_except(Sanction)


def restraints_of(session: Session, account_id: int, now: datetime) -> Mapping[str, Restraint]:
    """What holds an account back: one of RIGHTS or the kind → the sanction that does so the longest."""
    found: dict[str, Restraint] = {}
    for row in session.scalars(
        select(Sanction).where(Sanction.account_id == account_id, in_force(now)).order_by(Sanction.id)
    ):
        one = Restraint(Kind(row.kind), row.right, row.until, row.rule)
        before = found.get(key := row.right or row.kind)
        if before is None or (before.until is not None and (one.until is None or one.until > before.until)):
            found[key] = one
    return found


def suspensions(session: Session, ids: Collection[int], now: datetime) -> Mapping[int, Sanction]:
    """Account id → the suspension in force, of those that have one."""
    asked = select(Sanction).where(Sanction.account_id.in_(ids), Sanction.kind == Kind.SUSPENSION, in_force(now))
    return {row.account_id: row for row in session.scalars(asked.order_by(Sanction.id))}


def in_force_of(session: Session, account_id: int, now: datetime) -> Sequence[Sanction]:
    """The sanctions in force themselves, the oldest first."""
    asked = select(Sanction).where(Sanction.account_id == account_id, in_force(now))
    return session.scalars(asked.order_by(Sanction.id)).all()
