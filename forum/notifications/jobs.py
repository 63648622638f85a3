"""Notices on a clock: what was read long ago goes, and reactions are summed once a day."""

from __future__ import annotations

from datetime import timedelta

from forum.core import clock
from forum.core.db import reading, transaction
from forum.notifications import actions, queries

KEPT_READ = timedelta(days=90)
DAY = timedelta(days=1)


def forget_read_notices() -> None:
    """What was read more than 90 days ago. What is unread stays, however old."""
    with transaction() as session:
        actions.forget_read_before(session, clock.now() - KEPT_READ)


def sum_reactions() -> None:
    """Of posts whose first reaction was told: how many people reacted since, once for each day (UTC) that is over."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    sums = queries.reactions_between(reading(), today - DAY, today)
    with transaction() as session:
        actions.tell_sums(session, sums, today - DAY)
