"""What a conversation begun on purpose must be, and what a week makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import Invalid
from forum.organization.intents import Intent
from forum.organization.seeds import (
    APART,
    Heard,
    Kind,
    Outcome,
    asks,
    check_slot,
    check_time,
    checked_ask,
    proposes_dropping,
    review,
    too_many,
    too_near,
)
from forum.organization.verdicts import held_until
from tests.organization import scenes
from tests.organization.scenes import board, judge

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMES = st.lists(st.integers(0, 24 * 40).map(lambda hours: NOW + hours * HOUR), max_size=12)


@pytest.mark.parametrize(
    "words",
    [
        "How do you keep reeds dry?",
        "Wie hältst du Zungen trocken?",
        "¿Cómo la mantienes seca?",
        "どうやって乾かしますか？",
        "كيف تحافظ عليها جافة؟",
        "Πώς τα κρατάτε στεγνά;",
        "What would you say to “why bother?”",
        "**What do you set at A4?**",
    ],
)
def test_a_question_is_known_by_the_punctuation_of_its_language(words):
    assert asks(words)


@pytest.mark.parametrize("words", ["", "?!", "Tell us how you do it.", "Do it; then rest;", "Why? Because."])
def test_what_asks_nothing_is_no_question(words):
    assert not asks(words)


@pytest.mark.parametrize(("words", "said"), [("Tell us about it.", "End with a question"), ("Why so?", "at least 15")])
def test_an_ask_that_members_cannot_answer_is_refused_in_words(words, said):
    with pytest.raises(Invalid, match=said):
        checked_ask(words)


@given(TIMES, st.integers(0, 24 * 40))
def test_no_two_on_a_board_come_nearer_than_48_hours(others, hours):
    at = NOW + hours * HOUR
    near = too_near(at, others)
    assert (near is not None) == any(abs(other - at) < APART for other in others)
    assert near is None or all(abs(near - at) <= abs(other - at) for other in others)


@given(TIMES, st.integers(0, 24 * 40), st.integers(0, 4), st.sampled_from([7, 14]))
def test_no_window_of_time_holds_more_than_it_may(others, hours, most, days):
    """Against the definition: any window that begins with one of them and holds the new one."""
    at, span = NOW + hours * HOUR, days * DAY
    times = [*others, at]
    starts = [start for start in times if start <= at < start + span]
    held = [sum(start <= time < start + span for time in times) for start in starts]
    assert too_many(at, others, most, span) == (max(held) > most)


def test_a_time_is_refused_in_the_past_near_another_or_where_there_are_enough():
    for at, others, said in (
        (NOW, [], "in the future"),
        (NOW + 400 * DAY, [], "within a year"),
        (NOW + 3 * DAY, [NOW + 2 * DAY], "within 48 hours"),
        (NOW + 6 * DAY, [NOW + 1 * DAY, NOW + 3 * DAY], "more than 2 in 7 days"),
    ):
        with pytest.raises(Invalid, match=said):
            check_time(at, others, 2, 7 * DAY, NOW)
    check_time(NOW + 8 * DAY, [NOW + 1 * DAY, NOW + 3 * DAY], 2, 7 * DAY, NOW)


def test_a_time_for_asking_anything_has_both_ends_and_is_no_loophole():
    for starts, ends, said in (
        (None, None, "when it begins"),
        (NOW - HOUR, NOW + HOUR, "not before"),
        (NOW, None, "until when"),
        (NOW + HOUR, NOW + HOUR, "ends after"),
        (NOW, NOW + 73 * HOUR, "At most 72 hours"),
    ):
        with pytest.raises(Invalid, match=said):
            check_slot(Kind.AMA, starts, ends, NOW)
    check_slot(Kind.AMA, NOW, NOW + 72 * HOUR, NOW)
    check_slot(Kind.EVENT, NOW, None, NOW)
    check_slot(Kind.STORY, None, None, NOW)


# ── what became of it ─────────────────────────────────────────────────────────────────────────────────────────────────

HEARD = st.builds(Heard, st.integers(1, 4), st.booleans(), st.integers(1, 4), st.booleans())


def peer(author, answers=0):
    return Heard(author, True, answers, answers_peer=answers > 0)


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ([], Outcome.FAILED),
        ([Heard(9, is_peer=False)], Outcome.FAILED),
        ([peer(1)], Outcome.PARTLY),
        ([peer(1), peer(2)], Outcome.PARTLY),
        ([peer(1), peer(1, answers=1)], Outcome.PARTLY),
        ([peer(1), peer(2, answers=1)], Outcome.SUCCESS),
    ],
)
def test_a_week_makes_a_success_a_failure_or_something_between(replies, outcome):
    assert review(replies).outcome is outcome


@given(st.lists(HEARD, max_size=8), HEARD)
def test_a_reply_more_never_makes_it_worse(replies, one):
    order = [Outcome.FAILED, Outcome.PARTLY, Outcome.SUCCESS]
    assert order.index(review([*replies, one]).outcome) >= order.index(review(replies).outcome)
    without_us = [reply for reply in replies if reply.is_peer]
    assert review(replies) == review(without_us)  # whatever the organization says itself counts for nothing


@given(st.lists(st.sampled_from(Outcome), max_size=6))
def test_two_failures_in_a_row_propose_dropping_and_nothing_else_does(outcomes):
    assert proposes_dropping(outcomes) == (outcomes[-2:] == [Outcome.FAILED] * 2)


# ── what the guard says of it ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_one_within_48_hours_on_a_board_is_held_back():
    verdict = judge(Intent.SEED, about=None, on=board(seeded_at=scenes.NOW - 47 * HOUR))
    assert verdict.level == 2
    assert "less than 48 hours ago" in verdict.text
    assert held_until(verdict) == scenes.NOW + HOUR
    assert judge(Intent.SEED, about=None, on=board(seeded_at=scenes.NOW - APART)).level == 0
    assert judge(Intent.OFFICIAL, about=None, on=board(seeded_at=scenes.NOW - HOUR)).level == 0


@pytest.mark.parametrize("intent", list(Intent))
def test_whoever_began_it_leaves_it_to_members_for_a_day_but_for_questions_back_and_thanks(intent):
    mine = scenes.topic(at=scenes.NOW - 23 * HOUR, by_peer=False, is_writers_seed=True)
    verdict = judge(intent, about=mine, by=scenes.ANNOUNCER)
    free = intent in (Intent.CLARIFY, Intent.THANK, Intent.MODERATE)
    assert verdict.level == (0 if free else 2)
    assert free or held_until(verdict) == scenes.NOW + HOUR
    a_day_later = replace(mine, asked=replace(mine.asked, at=scenes.NOW - DAY))
    assert judge(intent, about=a_day_later, by=scenes.ANNOUNCER).level == 0
    assert judge(intent, about=replace(mine, is_writers_seed=False), by=scenes.ANNOUNCER).level == 0
    assert judge(intent, about=replace(mine, is_slot=True), by=scenes.ANNOUNCER).level == 0
    assert judge(intent, about=mine, by=scenes.MEMBER).level == 0
