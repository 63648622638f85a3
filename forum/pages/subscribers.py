"""What pages do when somebody joins."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts.events import AccountCreated
from forum.accounts.models import Account
from forum.pages import actions


def remember_joining(session: Session, event: AccountCreated) -> None:
    """They were shown the rules, and joined."""
    actions.remember_joining(session, session.get_one(Account, event.account_id))
