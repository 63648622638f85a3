"""Which weeks have a scorecard: as of each Monday, 06:00 UTC. Pure; a week is called by its Monday."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from forum.core.errors import NotFound
from forum.core.words import gettext as _

HOUR_OF_WEEK = time(6, tzinfo=UTC)
WEEK = timedelta(days=7)
MOST_MISSED = 26
"""So many weeks are made up for after a long downtime; the trend shows no more."""


def instant_of(week: date) -> datetime:
    """As of when the scorecard of this week is."""
    return datetime.combine(week, HOUR_OF_WEEK)


def latest(now: datetime) -> date:
    """The last Monday whose hour has come."""
    day = (now.astimezone(UTC) - timedelta(hours=HOUR_OF_WEEK.hour)).date()
    return day - timedelta(days=day.weekday())


def missing(made: Collection[date], now: datetime) -> Sequence[date]:
    """The weeks that should have one by now and have none, the earliest first: all since the first that was made; at
    the very beginning only the last."""
    last = latest(now)
    week = max(min(made, default=last), last - (MOST_MISSED - 1) * WEEK)
    found = []
    while week <= last:
        if week not in made:
            found.append(week)
        week += WEEK
    return found


def week_of(typed: str) -> date:
    """A week from its address; NotFound where that is no Monday."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or day.weekday() != 0 or day.isoformat() != typed:
        raise NotFound(_("A scorecard is called by its Monday, such as 2026-11-30."))
    return day
