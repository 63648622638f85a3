"""What the worker does for statements and pledges: asking whoever sees to what is due."""

from __future__ import annotations

from forum.core.db import transaction
from forum.permissions import HOUSE
from forum.statements import actions


def ask_what_is_due() -> None:
    """A hundred a transaction. Safe to repeat: each is marked in the transaction that asks."""
    while True:
        with transaction() as session:
            if actions.ask_what_is_due(session, HOUSE) < actions.BATCH:
                return
