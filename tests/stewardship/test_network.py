"""Who talks with whom, and how few carry it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forum.stewardship import network
from forum.stewardship.facts import By, Facts, PostFact
from forum.stewardship.voice import share_of_voice

NOW = datetime(2026, 3, 2, tzinfo=UTC)

POSTS = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.sampled_from(list(By))), max_size=40)


def facts(posts):
    """(who, to whom, whose voice) → facts, a minute apart."""
    return Facts(
        NOW,
        {},
        [
            PostFact(1, number, who, NOW - timedelta(minutes=len(posts) - number + 2), by, answers=to)
            for number, (who, to, by) in enumerate(posts, start=2)
        ],
    )


@given(POSTS)
def test_shares_lie_between_nothing_and_all(posts):
    for measure in (network.hub_share, network.reciprocity, network.top_share, network.gini, network.herfindahl):
        value = measure(facts(posts)).value
        assert value is None or 0 <= value <= 1, measure.__name__


@given(POSTS)
def test_half_of_the_posts_come_from_no_more_people_than_there_are(posts):
    people = {who for who, _, by in posts if by is By.PEER}
    found = network.absence_factor(facts(posts))
    assert (found.value is None) == (not people)
    assert found.k <= (len(people) + 1) // 2


@given(st.integers(1, 9), st.integers(1, 9))
def test_where_everybody_writes_as_much_nothing_is_uneven(people, each):
    posts = [(who, 99, By.PEER) for who in range(people) for _ in range(each)]
    assert network.gini(facts(posts)).value == 0
    assert network.herfindahl(facts(posts)).value * people == 1


def test_one_who_answers_herself_talks_with_nobody():
    assert network.hub_share(facts([(1, 1, By.PEER)])).value is None


@given(POSTS)
def test_one_more_post_of_the_organization_never_makes_its_voice_smaller(posts):
    before, after = share_of_voice(facts(posts)).value, share_of_voice(facts([*posts, (7, 1, By.STAFF)])).value
    assert before is None or before <= after
