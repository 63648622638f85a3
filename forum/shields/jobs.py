"""What the shields forget by the clock."""

from __future__ import annotations

from forum.core import clock
from forum.core.db import transaction
from forum.permissions import HOUSE
from forum.shields import actions


def forget_addresses() -> None:
    """Network addresses are masked after 30 days and gone after 90; in batches, so that nobody waits for it."""
    while True:
        with transaction() as session:
            masked = actions.forget_old(session, HOUSE, clock.now())
        if masked < actions.BATCH:
            return
