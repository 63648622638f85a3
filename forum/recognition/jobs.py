"""Thank-you messages on a clock."""

from __future__ import annotations

from forum.core.db import transaction
from forum.permissions import HOUSE
from forum.recognition import actions
from forum.recognition.actions.gathering import BATCH


def complete_thanks() -> None:
    """Announce the messages whose day is over."""
    told = BATCH
    while told >= BATCH:
        with transaction() as session:
            told = actions.complete(session, HOUSE)
