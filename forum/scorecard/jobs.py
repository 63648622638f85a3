"""The weekly scorecard: reckoned while reading, then written down in a short transaction, a week at a time."""

from __future__ import annotations

from forum.core import clock
from forum.core.db import reading, transaction
from forum.importers.queries import posts_without_affiliation
from forum.organization import queries as organizations
from forum.scorecard import actions, queries, weeks
from forum.scorecard.queries.gathering import reckoned


def make_scorecards() -> None:
    """Each week that should have one by now and has none, as of its own Monday; nothing before the place has a host."""
    session = reading()
    if organizations.host(session) is None:
        return
    for week in weeks.missing(queries.weeks_made(session), clock.now()):
        parts = reckoned(session, weeks.instant_of(week), posts_without_affiliation())
        session.rollback()
        with transaction() as writing:
            actions.make(writing, week, parts)
