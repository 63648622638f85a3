"""What the worker does for those who look after boards: reminds of the end of a term, and keeps it."""

from __future__ import annotations

from forum.caretakers import actions
from forum.core.db import transaction
from forum.permissions import HOUSE

BATCH = 100


def keep_terms() -> None:
    """A hundred a transaction. Safe to repeat: each is marked in the transaction that tells of it."""
    while True:
        with transaction() as session:
            if actions.keep_terms(session, HOUSE, BATCH) < BATCH:
                return
