"""What the worker does for bookmarks: reminding."""

from __future__ import annotations

from forum import identity
from forum.bookmarks import actions
from forum.core.db import transaction
from forum.permissions import HOUSE

BATCH = 100


def remind() -> None:
    """Announce what is due, a hundred a transaction. Safe to repeat: each is marked in the transaction that tells."""
    while True:
        with transaction() as session:
            if actions.remind_due(session, HOUSE, identity.actor_for, BATCH) < BATCH:
                return
