"""Forgetting what need not be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import AccountSession, Token
from forum.accounts.queries import session_life
from forum.shields import networks
from forum.shields.actions import GONE_AFTER, MASKED_AFTER

# A token outlives its time a little, so that its link can say what happened to it.
AFTERLIFE = timedelta(days=7)


def forget_expired(session: Session, now: datetime) -> None:
    """Drop secrets whose time ran out a week ago, with the sign-ups that nobody confirmed, and idle sessions; mask the
    addresses of those that began long ago, and forget them later, as the shields do with what they have seen."""
    session.execute(delete(Token).where(Token.expires_at < now - AFTERLIFE))
    session.execute(delete(AccountSession).where(AccountSession.last_seen_at <= now - session_life(session)))
    gone = AccountSession.created_at <= now - GONE_AFTER
    session.execute(update(AccountSession).where(gone, AccountSession.address != "").values(address=""))
    whole = (AccountSession.address != "", AccountSession.address.not_like("%/%"))
    for row in session.scalars(select(AccountSession).where(AccountSession.created_at <= now - MASKED_AFTER, *whole)):
        row.address = networks.masked(row.address)
    session.flush()
