"""What moderation does by the clock, or in many small steps."""

from __future__ import annotations

from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.web.running import storage
from forum.moderation import actions, queries
from forum.moderation.models import Case
from forum.moderation.queries import waiting
from forum.moderation.spam import actions as spammers
from forum.permissions import HOUSE


def remove_spam(removal_id: int) -> None:
    """Go on removing a large spam account, or giving it back, a batch a transaction."""
    while True:
        with transaction() as session:
            if not spammers.work_on(session, HOUSE, removal_id):
                return


def forget_removed() -> None:
    """Forget who they were whose removal cannot be taken back any more."""
    with transaction() as session:
        pictures = spammers.forget_removed(session, HOUSE, clock.now())
    for key in pictures:
        if not accounts.picture_is_used(reading(), key):
            storage().delete(key)


# ── the queue ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def remind_of_cases() -> None:
    """Each once, in a transaction of its own."""
    for case_id in waiting.waits_long(reading(), clock.now()):
        with transaction() as session:
            case = session.scalars(select(Case).where(Case.id == case_id).with_for_update()).one()
            actions.remind_of_case(session, HOUSE, case)


def lapse_emergencies() -> None:
    """Each in a transaction of its own."""
    for decision_id in waiting.unreviewed(reading(), clock.now()):
        with transaction() as session:
            actions.lapse(session, HOUSE, queries.decision_locked(session, decision_id))
