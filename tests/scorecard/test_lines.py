"""What a line says, and on which side of its limit it stands."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from forum.scorecard import limits, lines, said
from forum.scorecard.lines import Bound, State, Unit
from forum.stewardship.measures import MEASURES

SHARES = some.fractions(0, 1)


@given(some.integers(0, 50), some.integers(0, 50), SHARES, some.sampled_from([Bound.MOST, Bound.LEAST]))
def test_who_stands_exactly_on_a_limit_has_kept_it_and_of_too_few_nothing_is_said(k, more, limit, bound):
    line = lines.share("any", k, k + more, 5, limit, bound)
    plain = line.plain()
    if k + more < 5:
        assert (line.state, plain["value"]) == (State.TOO_FEW, None)
    else:
        share = Fraction(k, k + more)
        good = share <= limit if bound is Bound.MOST else share >= limit
        assert line.state is (State.WITHIN if good else State.BEYOND)
    assert (plain["k"], plain["n"]) == (k, k + more)


def test_a_limit_is_compared_exactly_and_not_as_it_is_rounded():
    line = lines.share("share_of_voice", 353, 1000, 20, Fraction(35, 100), Bound.MOST)
    assert line.state is State.BEYOND
    assert said.value(line.plain()) == "35.3 %", "it does not look as if it stood on the limit"
    assert said.value(lines.share("any", 353, 1000, 20).plain()) == "35 %"
    assert said.value(lines.share("any", 1, 22, 20).plain()) == "4.5 %"
    assert said.stands(line.plain()) == "above it"


@given(some.lists(some.tuples(SHARES, some.integers(0, 100)), max_size=6))
def test_the_limit_over_all_boards_lies_between_theirs(shares):
    found = limits.together(shares)
    counting = [limit for limit, n in shares if n]
    if not counting:
        assert found is None
    else:
        assert min(counting) <= found <= max(counting)
        assert limits.together([*shares, (None, 1)]) is None, "one of those that count has no limit"
        assert limits.together([*shares, (None, 0)]) == found


def test_nothing_is_ever_shown_as_a_number_that_was_not_counted():
    for state in (State.NOT_MEASURED, State.NOT_PROMISED, State.SUSPENDED):
        assert lines.absent("appeals", Unit.COUNT, state).plain()["value"] is None
    assert said.value(lines.absent("appeals", Unit.COUNT).plain()) == "not measured yet"
    assert said.value(lines.share("any", 2, 4, 5).plain()) == "too few to say (2 of 4)"


def test_times_are_said_in_the_unit_in_which_one_would():
    told = {90: "90 minutes", 120: "2 hours", 150: "2 hours 30 minutes", 4 * 1440: "4 days"}
    assert {minutes: said.duration(Fraction(minutes)) for minutes in told} == told
    assert [said.brief(Fraction(minutes)) for minutes in (45, 150, 3600)] == ["45 min", "2.5 h", "2.5 d"]


def test_every_measure_with_a_limit_exists():
    assert set(limits.BOUNDS) <= {measure.name for measure in MEASURES}


def test_where_members_replied_the_organizations_silence_is_no_neglect():
    waiting = {"state": "waiting", "k": 3, "n": 14, "value": None, "unit": "minutes"}
    peers = {"state": "said", "k": 12, "n": 14}
    assert said.told("first_staff_reply", waiting, {"first_peer_reply": peers}).endswith("members replied in most")
    alone = said.told("first_staff_reply", waiting, {"first_peer_reply": {**peers, "k": 2}})
    assert alone == "in fewer than half of the topics so far"
    assert said.told("first_human_reply", waiting, {}) == "more than half still wait"
