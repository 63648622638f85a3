"""What the worker does for the rota: whoever has a shift tomorrow is reminded."""

from __future__ import annotations

from forum.core.db import transaction
from forum.organization import actions
from forum.permissions import HOUSE

BATCH = 100


def remind_of_shifts() -> None:
    """A hundred a transaction. Safe to repeat: each is marked in the transaction that reminds."""
    while True:
        with transaction() as session:
            if actions.remind_of_shifts(session, HOUSE, BATCH) < BATCH:
                return
