"""When a reminder comes, by the clocks of its owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.bookmarks import reminders
from forum.core.errors import Invalid
from forum.core.moments import typed_instant, typed_moment

ZONES = ("UTC", "Europe/Dublin", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "Asia/Kathmandu")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda m: m.replace(tzinfo=UTC))  # noqa: DTZ001


@settings(max_examples=100)
@given(moments, st.sampled_from(ZONES))
def test_tomorrow_is_the_owners_next_morning_and_next_week_their_monday(now, zone):
    here = now.astimezone(ZoneInfo(zone))
    for choice, latest in ((reminders.TOMORROW, 2), (reminders.NEXT_WEEK, 8)):
        instant = reminders.remind_at(choice, "", zone, now)
        there = instant.astimezone(ZoneInfo(zone))
        assert now < instant < now + timedelta(days=latest, hours=2)
        assert (there.hour, there.minute) == (8, 0)
        assert there.date() > here.date()
    assert there.weekday() == 0


@settings(max_examples=100)
@given(moments, st.sampled_from(ZONES))
def test_what_is_typed_is_kept_as_it_was_meant(moment, zone):
    typed = typed_moment(moment, zone)
    assert typed_moment(typed_instant(typed, zone, "at"), zone) == typed


def test_a_reminder_in_the_past_or_without_a_time_is_refused():
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert reminders.remind_at("never", "", "UTC", now) is None
    for choice, typed in (
        ("at", ""),
        ("at", "2026-03-02T08:00"),
        ("at", "soon"),
        ("at", "2099-01-01T00:00"),
        ("x", ""),
    ):
        with pytest.raises(Invalid):
            reminders.remind_at(choice, typed, "UTC", now)
