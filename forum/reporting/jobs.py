"""What is forgotten about who reported what."""

from __future__ import annotations

from forum.core import clock
from forum.core.db import transaction
from forum.permissions import HOUSE
from forum.reporting import actions


def forget_senders() -> None:
    """Names and addresses of whoever reported something, half a year after the decision."""
    with transaction() as session:
        actions.forget_senders(session, HOUSE, clock.now())
