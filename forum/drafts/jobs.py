"""Forgetting drafts that nobody came back to."""

from __future__ import annotations

from forum.core.db import transaction
from forum.drafts import actions
from forum.permissions import HOUSE

BATCH = 200


def forget_old_drafts() -> None:
    """In batches, so that nobody waits."""
    while True:
        with transaction() as session:
            count = actions.forget_old(session, HOUSE, BATCH)
        if count < BATCH:
            return
