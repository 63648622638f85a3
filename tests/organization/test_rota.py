"""Who is on duty, and the service hours in which nobody is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from forum.organization.hours import Hours
from forum.organization.rota import (
    AHEAD,
    Due,
    Shift,
    gaps,
    in_words,
    kept_shifts,
    local_instant,
    on_duty,
    was_kept,
    with_stand_ins,
)
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


# ── who is really there ───────────────────────────────────────────────────────────────────────────────────────────────

CAT = 12


def parts(one, **absent):
    people = {"ada": ADA, "bo": BO, "cat": CAT}
    return [
        (part.person, part.since, part.until)
        for part in with_stand_ins(one, {people[name]: stretches for name, stretches in absent.items()})
    ]


def with_backup(since, until):
    return replace(shift(since, until), backup=BO)


def test_whoever_is_away_for_a_part_of_a_shift_is_stood_in_for_during_that_part():
    one = with_backup(at(0, 8), at(0, 20))
    assert parts(one) == [(ADA, at(0, 8), at(0, 20))]
    away = [(at(0, 12), at(0, 14))]
    assert parts(one, ada=away) == [
        (ADA, at(0, 8), at(0, 12)),
        (BO, at(0, 12), at(0, 14)),
        (ADA, at(0, 14), at(0, 20)),
    ]
    assert parts(one, bo=away) == [(ADA, at(0, 8), at(0, 20))]


def test_while_both_are_away_nobody_is_on_duty_and_that_is_a_gap():
    one = with_backup(at(0, 0), at(15, 0))
    both = with_stand_ins(one, {ADA: [(at(0, 8), at(0, 20))], BO: [(at(0, 10), at(0, 12))]})
    assert found(*both) == [(PRACTICE, at(0, 10), at(0, 12), timedelta(hours=2))]


STRETCHES = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 90)).map(
        lambda drawn: (at(0, 0, drawn[0]), at(0, 0, drawn[0] + drawn[1]))
    ),
    max_size=4,
)


@given(STRETCHES, STRETCHES, st.integers(0, 299))
def test_at_each_minute_the_one_who_is_there_is_on_duty(ada_away, bo_away, minute):
    one, moment = with_backup(at(0, 1), at(0, 4)), at(0, 0, minute)
    there = [part.person for part in with_stand_ins(one, {ADA: ada_away, BO: bo_away}) if part.is_on(moment)]

    def is_away(stretches):
        return any(since <= moment < until for since, until in stretches)

    if not one.is_on(moment) or (is_away(ada_away) and is_away(bo_away)):
        assert there == []
    elif is_away(ada_away):
        assert set(there) == {BO}
    else:
        assert there == [ADA]


# ── local time ────────────────────────────────────────────────────────────────────────────────────────────────────────

ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
TIMES = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(lambda one: one.replace(second=0, microsecond=0))  # noqa: DTZ001


@given(TIMES, ZONES)
def test_clocks_show_what_was_entered_unless_they_leave_it_out(entered, name):
    zone = ZoneInfo(name)
    shown = local_instant(entered, zone).astimezone(zone).replace(tzinfo=None)
    if shown != entered:  # moved on by as much as the clocks are
        before, after = (local_instant(entered + timedelta(hours=n), zone).astimezone(zone) for n in (-3, 3))
        assert shown - entered == after.utcoffset() - before.utcoffset() > timedelta()


@given(TIMES, ZONES, st.integers(1, 26))
def test_every_week_a_shift_begins_at_the_same_local_time_summer_and_winter(entered, name, weeks):
    zone = ZoneInfo(name)
    later = local_instant(entered + weeks * timedelta(days=7), zone).astimezone(zone)
    here = local_instant(entered, zone).astimezone(zone)
    moved = timedelta(minutes=60)
    assert abs((later.replace(tzinfo=None) - here.replace(tzinfo=None)) - weeks * timedelta(days=7)) <= moved


@given(TIMES, ZONES, st.integers(1, 600))
def test_what_is_entered_later_never_begins_earlier(entered, name, minutes):
    """But for what stands in the hour that the clocks leave out."""
    zone = ZoneInfo(name)
    sooner, later = local_instant(entered, zone), local_instant(entered + timedelta(minutes=minutes), zone)
    is_left_out = sooner.astimezone(zone).replace(tzinfo=None) != entered
    assert sooner <= later or is_left_out


def test_in_the_night_in_which_summer_begins_a_shift_is_an_hour_shorter():
    berlin = ZoneInfo("Europe/Berlin")
    since, until = (
        local_instant(datetime(2025, 3, day, hour), berlin)  # noqa: DTZ001
        for day, hour in ((29, 22), (30, 6))
    )
    assert until - since == timedelta(hours=7)
    assert in_words(since, until, "Europe/Berlin") == "2025-03-29 22:00–2025-03-30 06:00 (Europe/Berlin)"


# ── kept shifts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def due(hour, done=None, board=PRACTICE, role=Role.RESPONDER, acts=None):
    return Due(role, board, at(0, hour), done and at(0, *done), acts)


def test_a_shift_is_kept_when_what_fell_due_in_it_was_done_in_time_by_whomever():
    one = shift(at(0, 8), at(0, 16))
    assert was_kept(one, [due(10, (9, 30))]) is True
    assert was_kept(one, [due(10, (9, 30)), due(12)]) is False
    assert was_kept(one, [due(10, (10, 1))]) is False


def test_whoever_was_late_but_took_it_up_in_the_shift_kept_it_too():
    one = with_backup(at(0, 8), at(0, 16))
    assert was_kept(one, [due(10, (11,), acts={ADA: at(0, 11)})]) is True
    assert was_kept(one, [due(10, (11,), acts={BO: at(0, 11)})]) is True
    assert was_kept(one, [due(10, (11,), acts={CAT: at(0, 11)})]) is False
    assert was_kept(one, [due(10, (17,), acts={ADA: at(0, 17)})]) is False


def test_a_shift_in_which_nothing_fell_due_says_nothing():
    one = replace(shift(at(0, 8), at(0, 16)), boards=frozenset([PRACTICE]))
    assert was_kept(one, []) is None
    assert was_kept(one, [due(7), due(16), due(10, board=NEWS), due(10, role=Role.LISTENER)]) is None


def test_of_fewer_than_five_shifts_no_share_is_published():
    week = [shift(at(day, 8), at(day, 20)) for day in range(6)]
    dues = [Due(Role.RESPONDER, PRACTICE, at(day, 10), at(day, 9 if day else 11)) for day in range(6)]
    assert kept_shifts(week[:4], dues, at(7, 0)).share is None
    six = kept_shifts(week, dues, at(7, 0))
    assert (six.kept, six.counted, six.share) == (5, 6, (5, 6))
    assert kept_shifts(week, dues, at(40, 0)).counted == 0
