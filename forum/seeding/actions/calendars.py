"""The private address of the seeding calendar, for calendar programs."""

from __future__ import annotations

import secrets

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.accounts.queries import secret_hash
from forum.core import clock
from forum.permissions import Act, Actor, require
from forum.seeding.models import SeedCalendar


def open_calendar(session: Session, actor: Actor) -> str:
    """Make an address; the one before leads nowhere any more. Gives its secret part, which is kept nowhere."""
    require(actor, Act.SEE_SEEDS)
    assert actor.account_id is not None
    _end(session, actor.account_id)
    secret = secrets.token_urlsafe(24)
    session.add(SeedCalendar(account_id=actor.account_id, secret_hash=secret_hash(secret), created_at=clock.now()))
    session.flush()
    return secret


def end_calendar(session: Session, actor: Actor) -> None:
    """Let the address lead nowhere."""
    require(actor, Act.SEE_SEEDS)
    _end(session, actor.account_id)


def _end(session: Session, account_id: int | None) -> None:
    session.execute(delete(SeedCalendar).where(SeedCalendar.account_id == account_id))
