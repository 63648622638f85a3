"""When a level changes by itself."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from forum.following.levels import OF_PLACES, OF_TOPICS, Level, may_rise, place_levels, topic_levels

AUTOMATIC = st.sampled_from((Level.TRACKING, Level.WATCHING))


@given(st.sampled_from(("", *OF_TOPICS)), AUTOMATIC)
def test_what_was_set_by_hand_never_changes_by_itself(now, to):
    assert not may_rise(now, to, by_hand=True)


@given(st.lists(AUTOMATIC, min_size=1))
def test_automatic_levels_only_rise_whatever_the_order(steps):
    now = ""
    for to in steps:
        if may_rise(now, to, by_hand=False):
            now = to
    assert now == (Level.WATCHING if Level.WATCHING in steps else Level.TRACKING)


def test_muted_never_changes_by_itself():
    assert not may_rise(Level.MUTED, Level.WATCHING, by_hand=False)


def test_every_level_has_its_words():
    assert list(topic_levels()) == list(OF_TOPICS)
    assert list(place_levels()) == list(OF_PLACES)
    assert all(said.summary for said in (*topic_levels().values(), *place_levels().values()))
