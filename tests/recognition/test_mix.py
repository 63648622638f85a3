"""To whom recognition goes: at least half to those not recognized lately, three tenths outside the top."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from forum.recognition.mix import MIN_N, Candidate, Mix, advice, standing, top_tenth

candidates = st.builds(Candidate, st.booleans(), st.booleans())
given_so_far = st.lists(candidates, max_size=40)


def mix_of(people):
    mix = Mix()
    for person in people:
        mix = mix.with_one(person)
    return mix


@given(given_so_far)
def test_a_mix_counts_each_once_and_says_no_share_of_too_few(people):
    mix = mix_of(people)
    assert (mix.given, mix.not_lately) == (len(people), sum(one.not_lately for one in people))
    if len(people) < MIN_N:
        assert (mix.share_not_lately, mix.share_outside_top, standing(mix).level) == (None, None, 0)
    else:
        assert mix.share_outside_top == Fraction(sum(one.outside_top for one in people), len(people))


@given(given_so_far, candidates)
def test_there_is_a_remark_exactly_where_a_share_is_off_and_this_one_does_not_mend_it(people, person):
    then = mix_of([*people, person])
    off = [
        then.given >= MIN_N and 2 * then.not_lately < then.given and not person.not_lately,
        then.given >= MIN_N and 10 * then.outside_top < 3 * then.given and not person.outside_top,
    ]
    said = advice(mix_of(people), person)
    assert (len(said.remarks), said.level) == (sum(off), int(any(off)))


@given(given_so_far)
def test_nothing_is_held_against_who_was_not_recognized_and_writes_seldom(people):
    assert advice(mix_of(people), Candidate(not_lately=True, outside_top=True)).level == 0


@given(given_so_far, candidates, st.integers(0, 9))
def test_the_same_words_are_remarked_on_from_the_fourth_person_on(people, person, same):
    there = len(advice(mix_of(people), person).remarks)
    assert len(advice(mix_of(people), person, same).remarks) - there == int(same > 3)


def test_exactly_half_and_exactly_three_tenths_are_enough():
    mix = Mix(given=10, not_lately=5, outside_top=3)
    assert (mix.lacks_others, mix.lacks_quiet) == (False, False)
    mix = Mix(given=10, not_lately=4, outside_top=2)
    assert [str(one)[:12] for one in standing(mix).remarks] == ["Only 4 of 10", "Only 2 of 10"]


@given(st.dictionaries(st.integers(1, 99), st.integers(1, 9)))
def test_the_top_tenth_holds_at_most_a_tenth_rounded_up_and_everybody_in_it_writes_more_than_those_outside(posts):
    top = top_tenth(posts)
    assert len(top) <= -(-len(posts) // 10)
    outside = [count for account, count in posts.items() if account not in top]
    assert all(posts[account] > max(outside, default=0) for account in top)


def test_where_all_write_as_much_nobody_writes_most():
    assert top_tenth(dict.fromkeys(range(20), 3)) == frozenset()
    assert top_tenth({1: 9, 2: 3, 3: 3}) == {1}
