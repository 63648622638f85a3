"""The thinking of polls: ballots that can be voted on, and tallies that are right whatever order people vote in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.errors import Invalid, InvalidFields
from forum.polls import ballots
from forum.polls.ballots import Ballot

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
choices = st.frozensets(st.integers(1, 5), max_size=5)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 6), choices), max_size=40))
def test_steps_add_up_to_the_votes_that_stand(turns):
    votes: dict[int, frozenset[int]] = {}
    tally: dict[int, int] = {}
    voters = 0
    for person, chosen in turns:
        by_option, people = ballots.steps(votes.get(person, frozenset()), chosen)
        votes[person] = chosen
        voters += people
        for option, step in by_option.items():
            tally[option] = tally.get(option, 0) + step
    for option in range(1, 6):
        assert tally.get(option, 0) == sum(option in chosen for chosen in votes.values())
    assert voters == sum(bool(chosen) for chosen in votes.values())


@given(st.lists(st.text(max_size=220), max_size=24), st.integers(-1, 25), st.text(max_size=220), st.integers(-400, 400))
def test_a_ballot_that_passes_can_be_voted_on_and_kept(lines, most, question, days):
    options = ballots.options_of("\n".join(lines))
    ballot = Ballot(question, options, most, "voted", closes_at=NOW + timedelta(days=days, minutes=1))
    try:
        good = ballots.checked(ballot, NOW)
    except InvalidFields:
        return
    assert 2 <= len(good.options) <= 20
    assert 1 <= good.most <= len(good.options)
    assert all(option.strip() for option in good.options)
    assert ballots.ballot_of(good.kept()) == good


def test_a_vote_is_for_offered_options_and_not_too_many():
    assert ballots.checked_vote({1, 2}, {1, 2, 3}, 2) == {1, 2}
    for chosen, most in ((set(), 1), ({4}, 1), ({1, 2}, 1)):
        with pytest.raises(Invalid):
            ballots.checked_vote(chosen, {1, 2, 3}, most)


def test_results_wait_for_what_the_author_said():
    assert ballots.shows_results("now", has_voted=False, open_=True)
    assert not ballots.shows_results("voted", has_voted=False, open_=True)
    assert ballots.shows_results("voted", has_voted=True, open_=True)
    assert not ballots.shows_results("closed", has_voted=True, open_=True)
    assert ballots.shows_results("closed", has_voted=False, open_=False)
