"""How long members have the first word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.organization.hours import Hours
from forum.organization.stages import LIMITS, Stage
from forum.organization.windows import EXTENSION, LONGEST, Asked, window_end

AWAKE = Hours(ZoneInfo("UTC"))
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOURS = st.integers(0, 200).map(lambda hours: timedelta(hours=hours))
ASKED = st.integers(0, 7 * 24 * 60 - 1).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
STAGES = st.sampled_from([LIMITS[stage] for stage in Stage])


def on(day, clock):
    """Day 0 is the Monday."""
    return MONDAY + timedelta(days=day, hours=int(clock[:2]), minutes=int(clock[3:]))


@pytest.mark.parametrize(
    ("asked", "wall", "awake", "end"),
    (
        (on(0, "09:00"), 12, 6, on(0, "21:00")),
        (on(4, "18:00"), 12, 6, on(7, "12:00")),
        (on(4, "18:00"), 24, 8, on(7, "14:00")),
        (on(4, "18:00"), 4, 4, on(7, "10:00")),
        (on(5, "10:00"), 12, 6, on(7, "14:00")),
        (on(4, "19:30"), 4, 4, on(7, "11:30")),
    ),
)
def test_the_known_windows(asked, wall, awake, end):
    limits = replace(LIMITS[Stage.ESTABLISHMENT], wall=timedelta(hours=wall), awake=timedelta(hours=awake))
    assert window_end(Asked(asked), limits, AWAKE) == end


def test_a_newcomers_first_topic_waits_less():
    limits = LIMITS[Stage.MATURITY]
    assert window_end(Asked(on(0, "09:00"), by_newcomer=True), limits, AWAKE) == on(0, "13:00")
    assert window_end(Asked(on(0, "09:00")), limits, AWAKE) == on(1, "09:00")


def test_it_ends_when_a_peer_answers_or_the_asker_says_so():
    limits = LIMITS[Stage.ESTABLISHMENT]
    asked = Asked(on(0, "09:00"), answered_at=on(0, "11:00"), waived_at=on(0, "10:00"))
    assert window_end(asked, limits, AWAKE) == on(0, "10:00")
    assert window_end(replace(asked, waived_at=None), limits, AWAKE) == on(0, "11:00")


def test_a_member_who_is_on_it_gets_six_hours_once_and_no_promise_is_broken_for_it():
    limits = LIMITS[Stage.ESTABLISHMENT]
    taken = Asked(on(0, "09:00"), taken_at=on(0, "20:00"))
    assert window_end(taken, limits, AWAKE) == on(1, "02:00")
    assert window_end(replace(taken, promised_by=on(0, "23:00")), limits, AWAKE) == on(0, "23:00")
    assert window_end(replace(taken, taken_at=on(0, "10:00")), limits, AWAKE) == on(0, "21:00")  # is over before
    assert window_end(replace(taken, taken_at=on(1, "10:00")), limits, AWAKE) == on(0, "21:00")  # came too late


def test_over_long_holidays_it_ends_after_four_days():
    nobody = Hours(ZoneInfo("UTC"), {})
    assert window_end(Asked(on(0, "09:00")), LIMITS[Stage.ESTABLISHMENT], nobody) == on(4, "09:00")


@given(ASKED, STAGES, st.booleans(), st.none() | HOURS, st.none() | HOURS, st.none() | HOURS, st.none() | HOURS)
def test_it_lies_between_the_question_and_four_days_and_six_hours(at, limits, new, answered, waived, taken, promised):
    later = [None if span is None else at + span for span in (answered, waived, taken, promised)]
    end = window_end(Asked(at, new, *later), limits, AWAKE)
    assert at <= end <= at + LONGEST + EXTENSION
    for early in (later[0], later[1], later[3]):
        assert early is None or end <= early


@given(ASKED, ASKED, STAGES)
def test_who_asks_later_does_not_wait_for_less_than_who_asked_before(one, other, limits):
    first, second = sorted((one, other))
    assert window_end(Asked(first), limits, AWAKE) <= window_end(Asked(second), limits, AWAKE)
