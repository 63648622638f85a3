"""When somebody waits for the organization so long that a reply is a duty, as the charter promises it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.organization.charter import Clock, Commitment, Kind
from forum.organization.duties import FROM, first_due, is_due, promised, silence_ends, stands_in_queue
from forum.organization.hours import Hours
from forum.organization.promises import Outcome, Promise
from tests.machines.proof import share
from tests.organization import charters

SERVICE = Hours(ZoneInfo("UTC"))  # Monday to Friday, 08:00 to 20:00
FRIDAY = datetime(2025, 3, 7, 18, tzinfo=UTC)
PROMISES = {
    Kind.NO_SILENCE: Commitment(8, Clock.SERVICE),
    Kind.NEWCOMER_HELLO: Commitment(24, Clock.WALL),
}


def due(after, promises=PROMISES, *, by_newcomer=False):
    return is_due(FRIDAY, promises, SERVICE, by_newcomer=by_newcomer, now=FRIDAY + timedelta(hours=after))


def test_three_quarters_of_eight_service_hours_after_friday_evening_are_monday_noon():
    assert silence_ends(FRIDAY, PROMISES, SERVICE) == datetime(2025, 3, 10, 12, tzinfo=UTC)
    assert not due(65)
    assert due(66)


@pytest.mark.parametrize(("after", "is_duty"), ((11.9, False), (12, True)))
def test_a_newcomer_is_a_duty_from_half_of_the_hello_on(after, is_duty):
    assert due(after, by_newcomer=True) is is_duty
    assert not due(after)


def test_where_nothing_is_promised_nobody_is_a_duty():
    assert silence_ends(FRIDAY, {}, SERVICE) is None
    assert not due(10_000, {}, by_newcomer=True)


@settings(max_examples=share(500))
@given(
    kind=st.sampled_from(sorted(FROM)),
    after=st.integers(0, 400),
    more=st.integers(0, 400),
    commitments=charters.commitments,
    service=charters.hours,
)
def test_who_stands_in_the_queue_stays_there_until_somebody_replies(kind, after, more, commitments, service):
    promise = promised(kind, FRIDAY, commitments, service)
    if promise is not None:
        early, late = FRIDAY + timedelta(hours=after), FRIDAY + timedelta(hours=after + more)
        assert stands_in_queue(kind, promise, early) <= stands_in_queue(kind, promise, late)
        if promise.outcome(late) is Outcome.MISSED:
            assert stands_in_queue(kind, promise, late)


def test_what_is_due_first_goes_before_what_never_is():
    never = Promise(FRIDAY, timedelta(hours=1), hours=Hours(ZoneInfo("UTC"), {}))
    soon, later = (Promise(FRIDAY, timedelta(hours=hours)) for hours in (3, 5))
    assert first_due([never, later, soon]) is soon
    assert first_due([never]) is never
