"""Who joins begins with what the boards' defaults say."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts.events import AccountCreated, PlaceholderClaimed
from forum.following import actions


def begin(session: Session, event: AccountCreated | PlaceholderClaimed) -> None:
    """They have chosen nothing yet."""
    actions.give_defaults(session, event.account_id)
