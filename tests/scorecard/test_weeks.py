"""Which weeks have a scorecard."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from forum.core.errors import NotFound
from forum.scorecard import weeks

INSTANTS = some.integers(1_577_836_800, 1_893_456_000).map(lambda second: datetime.fromtimestamp(second, UTC))
MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2026, 11, 30, 5, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 30, 6, 0, tzinfo=UTC), MONDAY),
        (datetime(2026, 12, 6, 23, 0, tzinfo=UTC), MONDAY),
    ],
)
def test_a_week_begins_on_monday_at_six(now, week):
    assert weeks.latest(now) == week


@given(INSTANTS)
def test_the_last_monday_has_come_and_the_next_has_not(now):
    week = weeks.latest(now)
    assert week.weekday() == 0
    assert weeks.instant_of(week) <= now < weeks.instant_of(week + weeks.WEEK)


@given(INSTANTS, some.integers(0, 60), some.sets(some.integers(0, 60)))
def test_whatever_was_missed_is_made_up_for_once_and_no_more_than_half_a_year_back(now, ago, made):
    last = weeks.latest(now)
    there = {last - back * weeks.WEEK for back in made if back <= ago} | {last - ago * weeks.WEEK}
    found = weeks.missing(there, now)
    assert list(found) == sorted(set(found))
    assert not there & set(found)
    assert all(week.weekday() == 0 and week <= last for week in found)
    assert weeks.missing(there | set(found), now) == []
    assert {last - back * weeks.WEEK for back in range(min(ago, weeks.MOST_MISSED - 1))} <= there | set(found)


def test_at_the_very_beginning_only_the_last_week_is_made():
    assert weeks.missing((), datetime(2026, 12, 2, tzinfo=UTC)) == [MONDAY]


@pytest.mark.parametrize("typed", ["2026-12-01", "2026-11-3x", "20261130", "", "2026-W49-1"])
def test_only_a_monday_is_a_week(typed):
    with pytest.raises(NotFound):
        weeks.week_of(typed)
    assert weeks.week_of("2026-11-30") == MONDAY
    assert weeks.instant_of(MONDAY) - timedelta(hours=6) == datetime(2026, 11, 30, tzinfo=UTC)
