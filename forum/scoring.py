"""Reckoning a scorecard anew for the operator: `flask --app app scorecard recompute`.

The scorecard is kept by its capability; archives know which of their posts say nothing about the host. Here they meet.
"""

from __future__ import annotations

from forum.core.db import reading, transaction
from forum.importers.queries import posts_without_affiliation
from forum.organization.queries.chartering import chartered_organization
from forum.permissions import HOUSE
from forum.scorecard import actions, weeks
from forum.scorecard.queries.gathering import reckoned


def recompute(week: str, reason: str) -> int:
    """The number of the new version. Reckoned while reading; opens a transaction to write it down."""
    monday = weeks.week_of(week)
    parts = reckoned(reading(), weeks.instant_of(monday), posts_without_affiliation())
    with transaction() as session:
        host = chartered_organization(session, locked=True)
        return actions.recompute(session, HOUSE, host, monday, parts, reason).version
