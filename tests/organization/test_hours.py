"""The hours of a week: when people are awake."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.organization.hours import Hours

WORKING = Hours(ZoneInfo("UTC"))
INSTANTS = st.integers(0, 365 * 24 * 4).map(
    lambda quarters: datetime(2026, 1, 1, tzinfo=UTC) + quarters * timedelta(minutes=15)
)
SPANS = st.integers(0, 24 * 14).map(lambda hours: timedelta(hours=hours))
ZONES = st.sampled_from(["UTC", "Europe/Amsterdam", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"])


def test_a_week_has_sixty_hours():
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert WORKING.between(monday, monday + timedelta(days=7)) == timedelta(hours=60)


def test_on_holidays_nobody_is_awake():
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert Hours(ZoneInfo("UTC"), holidays=frozenset({date(2026, 3, 4)})).between(
        monday, monday + timedelta(days=7)
    ) == timedelta(hours=48)


def test_hours_are_those_of_the_clock_on_the_wall():
    amsterdam = Hours(ZoneInfo("Europe/Amsterdam"))
    winter, summer = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 7, 6, tzinfo=UTC)
    assert next(amsterdam.stretches(winter, winter + timedelta(days=1)))[0].hour == 7
    assert next(amsterdam.stretches(summer, summer + timedelta(days=1)))[0].hour == 6


def test_a_night_that_loses_an_hour_is_an_hour_shorter():
    nights = Hours(ZoneInfo("Europe/Amsterdam"), {6: (time(0), time(6))})
    assert nights.between(datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)) == timedelta(hours=5)


@given(INSTANTS, SPANS, ZONES)
def test_what_was_waited_for_has_passed(since, length, zone):
    hours = Hours(ZoneInfo(zone))
    until = since + timedelta(days=90)
    end = hours.after(since, length, until)
    assert end is not None
    assert hours.between(since, end) == length


@given(INSTANTS, SPANS, SPANS, ZONES)
def test_hours_of_two_stretches_add_up(since, one, other, zone):
    hours = Hours(ZoneInfo(zone))
    assert hours.between(since, since + one) + hours.between(since + one, since + one + other) == hours.between(
        since, since + one + other
    )


@pytest.mark.parametrize("week", ({}, {5: (time(8), time(12))}))
def test_where_nobody_is_ever_awake_there_is_no_end(week):
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert Hours(ZoneInfo("UTC"), week).after(monday, timedelta(hours=1), monday + timedelta(days=4)) is None
