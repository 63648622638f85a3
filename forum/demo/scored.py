"""The scorecards of the weeks before: reckoned from what the demo says, each as of its own Monday."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.demo.ground import Ground
from forum.importers.queries import posts_without_affiliation
from forum.scorecard import actions, weeks
from forum.scorecard.queries.gathering import reckoned

WEEKS = 5


def keep_score(session: Session, ground: Ground) -> None:
    """One a week, the earliest first."""
    last = weeks.latest(ground.now)
    for back in reversed(range(WEEKS)):
        week = last - back * weeks.WEEK
        actions.make(session, week, reckoned(session, weeks.instant_of(week), posts_without_affiliation()))
