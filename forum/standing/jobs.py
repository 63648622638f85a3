"""Reckoning every member's standing, at night."""

from __future__ import annotations

from forum.core import clock
from forum.core.db import reading, transaction
from forum.jobs.actions import enqueue
from forum.standing import actions, queries

BATCH = 200


def reckon_standings(after: int = 0) -> None:
    """A batch, and the order for the next, in one transaction: what is killed goes on where it was."""
    now = clock.now()
    reading().rollback()
    with transaction() as session:
        if after == 0:
            actions.forget_days(session, now)
        batch = queries.to_reckon(session, after, now, BATCH)
        actions.reckon(session, batch, now)
        if len(batch) == BATCH:
            last = batch[-1].id
            enqueue(session, "reckon_standings", {"after": last}, key=f"reckon_standings:{last}")
