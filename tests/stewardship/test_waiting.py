"""The time until a first reply, with those counted who still wait."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from forum.stewardship.waiting import kaplan_meier, median_wait

WAITS = st.lists(st.tuples(st.integers(0, 500).map(lambda n: timedelta(minutes=n)), st.booleans()), max_size=40)


def minutes(*spans):
    """(60, True): answered after 60 minutes; (60, False): still waiting then."""
    return [(timedelta(minutes=span), answered) for span, answered in spans]


def test_the_known_curve():
    curve = kaplan_meier(minutes((20, True), (60, True), (27_000, False), (60, True), (10, True)))
    assert [(span // timedelta(minutes=1), share) for span, share in curve] == [
        (10, Fraction(4, 5)),
        (20, Fraction(3, 5)),
        (60, Fraction(1, 5)),
    ]


def test_when_more_than_half_still_wait_there_is_no_median():
    assert median_wait(minutes((5, True), (90, False), (90, False))) is None
    assert median_wait([]) is None


@given(WAITS)
def test_the_curve_falls_from_one_and_never_below_nothing(waits):
    shares = [Fraction(1), *(share for _, share in kaplan_meier(waits))]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == len(shares)
    assert shares[-1] >= 0


@given(WAITS)
def test_where_everybody_was_answered_it_is_the_plain_share_of_those_who_wait(waits):
    spans = [span for span, _ in waits]
    for span, share in kaplan_meier([(span, True) for span in spans]):
        assert share == Fraction(sum(other > span for other in spans), len(spans))


@given(WAITS, st.integers(0, 39))
def test_waiting_longer_never_makes_the_median_shorter(waits, which):
    """Whoever turns from answered to still waiting at the same moment: the forum cannot look quicker for it."""
    if waits:
        worse = list(waits)
        worse[which % len(waits)] = (worse[which % len(waits)][0], False)
        before, after = median_wait(waits), median_wait(worse)
        assert after is None or (before is not None and before <= after)
