"""What accounts forget by the clock."""

from __future__ import annotations

from forum.accounts import actions
from forum.core import clock
from forum.core.db import transaction
from forum.permissions import HOUSE


def remind_of_waiting() -> None:
    """Who waits to be let in is not forgotten."""
    with transaction() as session:
        actions.remind_of_waiting(session, clock.now())


def carry_out_answers() -> None:
    """Who was told yes or no comes in, or is forgotten."""
    with transaction() as session:
        actions.carry_out_answers(session, HOUSE, clock.now())


def forget_expired_secrets() -> None:
    """Links whose time ran out, sign-ups that nobody confirmed, sessions that nobody used for long."""
    with transaction() as session:
        actions.forget_expired(session, clock.now())
