"""Saying that one looks at something, so that two do not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict
from forum.core.words import gettext as _
from forum.moderation.models import Case
from forum.permissions import Act, Actor, require

CLAIMED_FOR = timedelta(minutes=30)


def claim(session: Session, actor: Actor, case: Case) -> None:
    """Look at `case` (locked) for half an hour. Conflict while somebody else does."""
    require(actor, Act.DECIDE, case)
    now = clock.now()
    if case.closed_at is not None:
        raise Conflict(_("Somebody else has dealt with this."))
    if is_claimed_by_another(case, actor):
        raise Conflict(_("Somebody else is looking at this."))
    case.claimed_by_id, case.claimed_at = actor.account_id, now


def let_go(session: Session, actor: Actor, case: Case) -> None:
    """Leave it to the others again."""
    require(actor, Act.DECIDE, case)
    if case.claimed_by_id == actor.account_id:
        case.claimed_by_id = case.claimed_at = None


def is_claimed_by_another(case: Case, actor: Actor) -> bool:
    """Whether somebody else said so within the half hour."""
    held = case.claimed_at is not None and clock.now() - case.claimed_at < CLAIMED_FOR
    return held and case.claimed_by_id != actor.account_id
