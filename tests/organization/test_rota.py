"""Who is on duty, and the service hours in which nobody is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from forum.organization.hours import Hours
from forum.organization.rota import AHEAD, Shift, gaps, on_duty
from forum.permissions import Role

MONDAY = datetime(2025, 3, 3, tzinfo=UTC)
SERVICE = Hours(ZoneInfo("UTC"))  # Monday to Friday, 08:00 to 20:00
PRACTICE, NEWS = 1, 2
ADA, BO = 10, 11


def at(day, hour, minute=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def shift(since, until, person=ADA, role=Role.RESPONDER, boards=()):
    return Shift(role, person, since, until, boards=frozenset(boards))


def found(*shifts, boards=(PRACTICE,)):
    return [
        (gap.board, gap.since, gap.until, gap.length) for gap in gaps(shifts, Role.RESPONDER, boards, SERVICE, MONDAY)
    ]


def test_two_weeks_without_anybody_are_one_gap_of_ten_service_days():
    assert found() == [(PRACTICE, at(0, 8), at(11, 20), timedelta(hours=120))]


def test_whoever_is_on_duty_leaves_no_gap():
    assert found(shift(at(0, 0), at(7, 0)), shift(at(7, 0), at(15, 0), BO)) == []


def test_a_gap_of_less_than_a_service_hour_is_none():
    week = (shift(at(0, 0), at(1, 9)), shift(at(1, 9, 59), at(15, 0)))
    assert found(*week) == []
    assert found(week[0], shift(at(1, 10), at(15, 0))) == [(PRACTICE, at(1, 9), at(1, 10), timedelta(hours=1))]


def test_nights_and_weekends_are_no_gap():
    days = [shift(at(day, 8), at(day, 20)) for day in range(14)]
    assert found(*days) == []


def test_another_role_and_other_boards_cover_nothing():
    assert len(found(shift(at(0, 0), at(15, 0), role=Role.LISTENER))) == 1
    on_news = shift(at(0, 0), at(15, 0), boards=[NEWS])
    assert [gap[0] for gap in found(on_news, boards=(PRACTICE, NEWS))] == [PRACTICE]


def test_who_came_on_duty_last_stands_first():
    shifts = (shift(at(0, 0), at(5, 0)), shift(at(1, 0), at(2, 0), BO), shift(at(1, 0), at(2, 0), BO, boards=[NEWS]))
    assert [one.person for one in on_duty(shifts, Role.RESPONDER, PRACTICE, at(1, 5))] == [BO, ADA]
    assert on_duty(shifts, Role.RESPONDER, PRACTICE, at(5, 0)) == []


@given(st.lists(st.tuples(st.integers(-200, 400), st.integers(1, 200)), max_size=8))
def test_no_gap_overlaps_a_shift_and_none_is_left_out(spans):
    shifts = [shift(MONDAY + timedelta(hours=h), MONDAY + timedelta(hours=h + long)) for h, long in spans]
    holes = gaps(shifts, Role.RESPONDER, [PRACTICE], SERVICE, MONDAY)
    assert not any(hole.since < one.until and one.since < hole.until for hole in holes for one in shifts)
    free = timedelta()
    for hour in range(int(AHEAD / timedelta(hours=1))):
        begins = MONDAY + timedelta(hours=hour)
        if not any(one.is_on(begins) for one in shifts):
            free += SERVICE.between(begins, begins + timedelta(hours=1))
    assert sum((hole.length for hole in holes), timedelta()) == free  # whole hours: none is too small
