"""Reads of accounts."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account, AccountSession, GroupMember
from forum.permissions import Group

SESSION_IDLE = timedelta(days=60)


def secret_hash(secret: str) -> str:
    """What is kept of a secret that a cookie or a mail carries."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed_in(session: Session, secret: str, now: datetime) -> tuple[AccountSession, Account] | None:
    """The living session behind a cookie's secret, with its account."""
    row = session.execute(
        select(AccountSession, Account)
        .join(Account, Account.id == AccountSession.account_id)
        .where(
            AccountSession.secret_hash == secret_hash(secret),
            AccountSession.last_seen_at > now - SESSION_IDLE,
            Account.deactivated_at.is_(None),
        )
    ).first()
    return (row[0], row[1]) if row else None


def groups_of(session: Session, account: Account) -> frozenset[int]:
    """Ids of the groups that the account is in, the implied ones included."""
    by_hand = session.scalars(select(GroupMember.group_id).where(GroupMember.account_id == account.id))
    return frozenset({Group.EVERYONE, Group.MEMBERS, *by_hand})


def by_id(session: Session, account_id: int) -> Account | None:
    """The account with this id."""
    return session.get(Account, account_id)
