"""Forgetting what need not be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.accounts.models import AccountSession, Token
from forum.accounts.queries import session_life

# A token outlives its time a little, so that its link can say what happened to it.
AFTERLIFE = timedelta(days=7)


def forget_expired(session: Session, now: datetime) -> None:
    """Drop secrets whose time ran out a week ago, with the sign-ups that nobody confirmed, and idle sessions."""
    session.execute(delete(Token).where(Token.expires_at < now - AFTERLIFE))
    session.execute(delete(AccountSession).where(AccountSession.last_seen_at <= now - session_life(session)))
