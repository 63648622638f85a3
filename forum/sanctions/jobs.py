"""Telling members that something they could not do is open to them again."""

from __future__ import annotations

from forum.core.db import transaction
from forum.permissions import HOUSE
from forum.sanctions import actions


def tell_over() -> None:
    """Whose time has come."""
    with transaction() as session:
        actions.tell_over(session, HOUSE)
