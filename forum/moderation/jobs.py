"""What moderation does by the clock, or in many small steps."""

from __future__ import annotations

from forum.accounts import queries as accounts
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.web.running import storage
from forum.moderation.actions import spammers
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
