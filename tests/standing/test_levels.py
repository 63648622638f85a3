"""Where somebody stands: the thinking."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.permissions import Trust
from forum.standing.levels import Facts, Record, bars_from, level, reaches, rights

BARS = bars_from({})
counts = st.integers(min_value=0, max_value=10**6)
records = st.builds(Record, counts, counts)
facts = st.builds(
    Facts,
    topics_read=st.integers(0, 20),
    reading=st.integers(0, 3600).map(lambda seconds: timedelta(seconds=seconds)),
    has_kept_post=st.booleans(),
    days_here=st.integers(0, 100),
    topics_answered=st.integers(0, 30),
    taken_away=st.integers(0, 10),
    posting=records,
    editing=records,
    flagging=records,
)
RANK = {Trust.NEWCOMER: 0, Trust.MEMBER: 1, Trust.REGULAR: 2}
SETTLED = Facts(
    topics_read=5, reading=timedelta(minutes=10), has_kept_post=True, days_here=50, topics_answered=10, taken_away=5
)


def test_a_newcomer_needs_all_three_and_a_regular_all_of_theirs():
    assert level(SETTLED, BARS, Trust.NEWCOMER) is Trust.REGULAR
    for short in (
        replace(SETTLED, topics_read=4),
        replace(SETTLED, reading=timedelta(minutes=9, seconds=59)),
        replace(SETTLED, has_kept_post=False),
    ):
        assert level(short, BARS, Trust.NEWCOMER) is Trust.NEWCOMER
        assert level(short, BARS, Trust.MEMBER) is Trust.REGULAR
    for short in (
        replace(SETTLED, days_here=49),
        replace(SETTLED, topics_answered=9),
        replace(SETTLED, taken_away=6),
        replace(SETTLED, editing=Record(0, 2)),
        replace(SETTLED, flagging=Record(0, 2)),
    ):
        assert level(short, BARS, Trust.REGULAR) is Trust.MEMBER
    assert level(replace(SETTLED, posting=Record(0, 2)), BARS, Trust.REGULAR) is Trust.NEWCOMER


def test_the_formula_is_exact():
    assert Record(0, 0).share == Fraction(1, 2)
    assert Record(0, 1).share * 100 == 40
    assert reaches(Record(0, 1), 40)
    assert not reaches(Record(0, 2), 40)
    assert Record(10**6, 10**6).share == Fraction(1, 2)


@given(records, st.integers(1, 50), st.integers(0, 100))
def test_more_good_never_costs_a_right_and_more_bad_never_gives_one(record, more, bar):
    better, worse = Record(record.good + more, record.bad), Record(record.good, record.bad + more)
    assert worse.share < record.share < better.share
    assert reaches(record, bar) <= reaches(better, bar)
    assert reaches(worse, bar) <= reaches(record, bar)


@pytest.mark.parametrize("what", ["posting", "editing", "flagging"])
@given(known=facts, now=st.sampled_from(list(Trust)), more=st.integers(1, 50))
def test_standing_rises_with_good_and_falls_with_bad_and_the_same_facts_give_the_same_twice(what, known, now, more):
    record = getattr(known, what)
    here = level(known, BARS, now)
    up = level(replace(known, **{what: Record(record.good + more, record.bad)}), BARS, now)
    down = level(replace(known, **{what: Record(record.good, record.bad + more)}), BARS, now)
    assert RANK[down] <= RANK[here] <= RANK[up]
    assert level(known, BARS, here) is here or here is Trust.NEWCOMER
    assert [right.key for right in rights(known, BARS)] == ["posting", "editing", "flagging"]
