"""What makes a topic hot, or top: people, never clicks, and never the host."""

from __future__ import annotations

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from forum.core import clock as time
from forum.popularity import actions, queries
from forum.popularity.scores import Span, hot, top
from forum.posts import actions as posts
from forum.posts.queries import post_for_update
from tests import cast

AGES = st.lists(st.floats(0, 24 * 30), max_size=20)


@given(AGES, AGES, st.floats(0.1, 24 * 7))
def test_hot_cools_and_grows_with_people(replies, reactions, later):
    now = hot(replies, reactions)
    assert now >= 0
    assert hot([age + later for age in replies], [age + later for age in reactions]) <= now
    assert hot([*replies, 1.0], reactions) > now
    assert hot(replies, [*reactions, 1.0]) - now == pytest.approx((hot([*replies, 1.0], reactions) - now) / 2)


def test_a_reply_halves_in_a_day():
    assert hot([0], []) == 1
    assert hot([24], []) == pytest.approx(0.5)
    assert top(3, 2) == 8


@pytest.fixture
def talk(session):
    return cast.board(session, "talk")


def score(session, span):
    now = time.now()
    actions.keep_scores(session, span, queries.scores(session, span, now), now)
    session.flush()


def titles(session, person, span, board=None):
    actor = cast.actor(session, person)
    return [row.title for row in queries.popular_page(session, actor, span, board).topics.items]


def react(session, post, *people):
    for person in people:
        actor = cast.actor(session, person)
        posts.react(session, actor, post_for_update(session, actor, post.id), "thanks")


def test_many_people_count_more_than_many_words_and_the_host_counts_little(session, talk):
    ada, bo, cy = (cast.member(session, name) for name in ("ada", "bo", "cy"))
    rena, stella = cast.staff(session, "rena"), cast.staff(session, "stella")
    two = cast.topic(session, talk, ada, "Two voices")
    one = cast.topic(session, talk, ada, "One voice, often")
    host = cast.topic(session, talk, ada, "The host's darling")
    own = cast.topic(session, talk, ada, "Talking to herself")
    for person in (bo, cy):
        cast.reply(session, two, person)
    for _ in range(5):
        cast.reply(session, one, bo)
        cast.reply(session, host, rena)
        cast.reply(session, own, ada)
    opening = post_for_update(session, cast.actor(session, ada), host.last_post_id)
    react(session, opening, stella, cast.staff(session, "third"))
    for span in Span:
        score(session, span)
        assert titles(session, cy, span) == ["Two voices", "One voice, often", "The host's darling"], span
    assert queries.scores(session, Span.WEEK, time.now()) == {two.id: 4, one.id: 2, host.id: 1}


def test_lists_forget_respect_rights_and_narrow_to_a_board(session, talk, clock):
    ada, bo, rena = cast.member(session, "ada"), cast.member(session, "bo"), cast.staff(session, "rena")
    back = cast.board(session, "back", rights=cast.STAFF_ONLY)
    other = cast.board(session, "other")
    for board, by in ((talk, ada), (other, ada), (back, rena)):
        topic = cast.topic(session, board, by, f"On {board.slug}")
        if board is not back:
            cast.reply(session, topic, bo)
        else:
            react(session, post_for_update(session, cast.actor(session, rena), topic.last_post_id), cast.staff(session))
    for span in (Span.DAY, Span.YEAR):
        score(session, span)
    assert set(titles(session, bo, Span.DAY)) == {"On talk", "On other"}
    assert set(titles(session, rena, Span.DAY)) == {"On talk", "On other", "On back"}
    assert titles(session, bo, Span.DAY, talk) == ["On talk"]
    clock.shift(timedelta(days=2))
    for span in (Span.DAY, Span.YEAR):
        score(session, span)
    assert titles(session, bo, Span.DAY) == []
    assert len(titles(session, bo, Span.YEAR)) == 2
