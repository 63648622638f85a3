"""Somebody's account as an actor, for verbs that publish in another's name when a moderator says so.

Who somebody is stands above (`forum/identity.py`), which `forum/app.py` hands down here.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.permissions import Actor

ActorFor = Callable[[Session, Account], Actor]
_known: dict[str, ActorFor] = {}


def wire(actor_for: ActorFor) -> None:
    """Say who tells it."""
    _known["actor_for"] = actor_for


def actor_of(session: Session, account_id: int) -> Actor:
    """The account with the rights that it has now."""
    return _known["actor_for"](session, session.get_one(Account, account_id))
