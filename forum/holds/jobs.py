"""Forgetting what was decided long ago."""

from __future__ import annotations

from datetime import timedelta

from forum.core import clock
from forum.core.db import transaction
from forum.holds import actions
from forum.permissions import HOUSE


def forget_decided() -> None:
    """What was held and is closed, after a while; and what newcomers linked to. Safe to repeat."""
    with transaction() as session:
        actions.forget_decided(session, HOUSE, timedelta(days=actions.KEPT), clock.now())
