"""What the worker does for polls: closing them when their time has come."""

from __future__ import annotations

from forum.core.db import transaction
from forum.permissions import HOUSE
from forum.polls import actions

BATCH = 100


def close_due_polls() -> None:
    """Close what is due, a hundred a transaction. Safe to repeat: what is closed is not due."""
    while True:
        with transaction() as session:
            if actions.close_due_polls(session, HOUSE, BATCH) < BATCH:
                return
