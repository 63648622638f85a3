"""Whether a promise was kept: on the clock of the service or of the wall, exactly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.organization.hours import Hours
from forum.organization.promises import FURTHEST, Outcome, Promise, attainment, longest_wait
from tests.organization import charters

NOW = datetime(2025, 3, 29, tzinfo=UTC)
DAY = timedelta(hours=24)
SERVICE = Hours(ZoneInfo("Europe/Berlin"))
INSTANTS = st.integers(0, 700 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
FRIDAY_EVENING = datetime(2025, 3, 28, 17, 0, tzinfo=UTC)  # 18:00 in Berlin


def hours(number):
    return timedelta(hours=number)


def made(age, reply=None, target=DAY):
    since = NOW - hours(age)
    return Promise(since, target, None if reply is None else since + hours(reply))


def test_six_questions_and_what_became_of_them():
    found = attainment([made(30, 2), made(30, 25), made(30), made(10), made(10, 1), made(24)], NOW)
    assert (found.met, found.missed, found.pending) == (2, 2, 2)
    assert (found.share, found.settled) == (Fraction(1, 2), 4)


def test_nothing_due_yet_is_no_share():
    assert attainment([made(1)], NOW).share is None


def test_what_was_due_more_than_28_days_ago_is_left_out():
    assert attainment([made(24 * 28 + 25, 1), made(24 * 28 + 23, 1)], NOW).met == 1


def test_a_reply_that_comes_after_the_instant_looked_at_has_not_come():
    assert made(10, 30).outcome(NOW) is Outcome.PENDING
    assert made(30, 40).outcome(NOW) is Outcome.MISSED


def test_a_weekend_does_not_use_up_what_is_promised_in_service_hours():
    promise = Promise(FRIDAY_EVENING, hours(8), hours=SERVICE)
    monday = datetime(2025, 3, 31, 12, 0, tzinfo=UTC)  # 14:00 in Berlin, where the clocks went forward on Sunday
    assert promise.due_at == monday
    assert promise.when_used(Fraction(3, 4)) == monday - hours(2)
    assert promise.share_used(monday - hours(2)) == Fraction(3, 4)
    assert promise.outcome(monday) is Outcome.PENDING
    assert promise.outcome(monday + timedelta(seconds=1)) is Outcome.MISSED


def test_a_service_that_is_never_open_has_no_due_date_and_misses_nothing():
    promise = Promise(FRIDAY_EVENING, hours(8), hours=Hours(ZoneInfo("UTC"), {}))
    assert promise.due_at is None
    assert promise.outcome(FRIDAY_EVENING + timedelta(days=399)) is Outcome.PENDING


@pytest.mark.parametrize("late", (timedelta(0), timedelta(microseconds=1)))
def test_exactly_on_the_target_is_met(late):
    promise = Promise(NOW - 2 * DAY, DAY, NOW - DAY + late)
    assert promise.outcome(NOW) is (Outcome.MISSED if late else Outcome.MET)


@given(
    minutes=st.integers(1, 6000),
    minute=st.integers(0, 7 * 24 * 60),
    share=st.fractions(Fraction(1, 100), 2, max_denominator=100),
    by_service=st.booleans(),
)
def test_when_a_share_is_used_it_is_used_and_not_a_moment_before(minutes, minute, share, by_service):
    promise = Promise(
        NOW + timedelta(minutes=minute), timedelta(minutes=minutes), hours=SERVICE if by_service else None
    )
    at = promise.when_used(share)
    assert promise.share_used(at) >= share
    assert promise.share_used(at - timedelta(microseconds=1)) < share


@given(ages=st.lists(st.tuples(st.integers(0, 900), st.none() | st.integers(0, 900)), max_size=20))
def test_every_promise_of_the_time_is_met_missed_or_pending_and_none_is_two_of_them(ages):
    promises = [made(age, reply) for age, reply in ages]
    found = attainment(promises, NOW)
    within = [promise for promise in promises if promise.due_at > NOW - timedelta(days=28)]
    assert found.settled + found.pending == len(within)


@given(
    since=INSTANTS,
    target=st.integers(1, 400).map(hours),
    service=st.none() | charters.hours,
)
def test_nothing_is_due_later_than_the_longest_wait(since, target, service):
    due_at = Promise(since, target, hours=service).due_at
    longest = longest_wait(target, service)
    assert longest <= FURTHEST
    if due_at is not None:
        assert due_at - since <= longest or longest == FURTHEST


@given(
    since=INSTANTS,
    target=st.integers(1, 400).map(hours),
    service=st.none() | charters.hours,
    later=st.integers(0, 600).map(hours),
)
def test_what_is_late_has_been_due_and_what_is_pending_has_not(since, target, service, later):
    """However the calendar is, and though mostly no calendar is asked."""
    promise = Promise(since, target, hours=service)
    assert (promise.outcome(since + later) is Outcome.MISSED) == (promise.share_used(since + later) > 1)
