"""What the guard keeps whatever happens, tried on situations that nobody thought of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.organization.guard import evaluate
from forum.organization.intents import Intent
from forum.organization.precedence import LINES, cap
from forum.organization.situation import INCIDENT, STALE, Purpose, Situation
from forum.organization.verdicts import FIRM, RESTRAINTS, RuleId, held_until
from forum.organization.windows import Asked
from tests.organization.scenes import A_TOPIC, BOARDS, DAY, HOUR, MEMBER, NOW, PURPOSES, TOPICS, WRITERS

FOUND = (WRITERS, TOPICS, BOARDS, PURPOSES)
LOWERED = tuple(id_ for id_ in RuleId if id_ not in FIRM)


def restrained(verdict, ids=LOWERED) -> int:
    """The highest level of these rules."""
    return max((rule.level for rule in verdict.rules if rule.id in ids), default=0)


def firm(verdict):
    return [rule for rule in verdict.rules if rule.id in FIRM]


@given(TOPICS, BOARDS, PURPOSES)
def test_a_member_is_never_delayed(topic, board, purpose):
    assert evaluate(MEMBER, topic, board, purpose, "", NOW).level == 0


@given(WRITERS, TOPICS, BOARDS, PURPOSES)
def test_moderation_is_never_delayed(writer, topic, board, purpose):
    plain = Purpose(Intent.MODERATE, purpose.is_dangerous, purpose.notice)
    assert evaluate(writer, topic, board, plain, "", NOW).level == 0


@given(WRITERS, A_TOPIC, BOARDS, PURPOSES)
def test_duty_goes_before_every_ceiling(writer, topic, board, purpose):
    due = replace(topic, is_due=True, has_human_reply=False)
    assert restrained(evaluate(writer, due, board, purpose, "", NOW), RESTRAINTS) <= 1


@given(WRITERS, A_TOPIC, BOARDS)
def test_a_first_word_that_a_topic_brought_along_holds_on_every_board(writer, topic, board):
    asked = Asked(NOW - HOUR, kept_until=NOW + HOUR)
    brought = replace(
        topic, asked=asked, by_peer=True, wants_organization=False, is_urgent=False, is_due=False, is_slot=False
    )
    free = replace(board, incident_since=None, measured_at=NOW)
    verdict = evaluate(writer, brought, free, Purpose(Intent.ANSWER), "", NOW)
    assert any(rule.id is RuleId.PEER_FIRST and rule.level == 2 for rule in verdict.rules)


@given(*FOUND, st.integers(1, 30))
def test_the_more_the_organization_says_the_less_it_may(writer, topic, board, purpose, more):
    before = evaluate(writer, topic, board, purpose, "", NOW)
    louder = replace(
        board, our_posts=board.our_posts + more, posts=board.posts + more, seeds=board.seeds + more,
        our_topics=board.our_topics + more, topics=board.topics + more, announcements=board.announcements + more,
        pins=board.pins + more,
    )  # fmt: skip
    fuller = topic and replace(topic, replies=topic.replies + more, our_replies=topic.our_replies + more)
    after = evaluate(writer, fuller, louder, purpose, "", NOW)
    assert after.level >= before.level
    instead = replace(board, our_posts=min(board.our_posts + more, board.posts))  # ours in the place of members'
    assert evaluate(writer, topic, instead, purpose, "", NOW).level >= before.level


@given(*FOUND)
def test_the_same_question_has_the_same_answer(writer, topic, board, purpose):
    first = evaluate(writer, topic, board, purpose, "", NOW)
    assert first == evaluate(writer, topic, board, purpose, "Other words.", NOW)
    assert str(first.sentence) == first.text or not first.text
    assert all(rule.text and "%(" not in rule.text for rule in first.rules)


@given(*FOUND)
def test_no_line_raises_a_level_and_no_rule_goes_above_what_it_found(writer, topic, board, purpose):
    at = Situation(writer, topic, board, purpose, NOW)
    lines = [line.beside(at) for line in LINES if line.matches(at)]
    verdict = evaluate(writer, topic, board, purpose, "", NOW)
    for rule in verdict.rules:
        brought = rule.id is RuleId.PEER_FIRST and at.brought_window
        caps = [cap(rule.id, lines[:n], 3 if brought else board.limits.hardest) for n in range(len(lines) + 1)]
        assert caps == sorted(caps, reverse=True)
        assert rule.level == min(rule.found, caps[-1])
    assert verdict.level == max((rule.level for rule in verdict.rules), default=0)


@pytest.mark.parametrize(
    ("change", "most"),
    (
        ({"measured_at": NOW - STALE - HOUR}, 1),
        ({"shadow_until": NOW + DAY}, 1),
        ({"incident_since": NOW - INCIDENT + HOUR}, 0),
    ),
    ids=("degraded", "shadow", "incident"),
)
@given(found=st.tuples(*FOUND))
def test_modes_lower_everything_but_pins_and_the_announcers_role(change, most, found):
    writer, topic, board, purpose = found
    usual = evaluate(writer, topic, board, purpose, "", NOW)
    verdict = evaluate(writer, topic, replace(board, **change), purpose, "", NOW)
    brought = topic is not None and topic.asked.kept_until is not None
    if change.keys() == {"shadow_until"} and brought:  # a new board gives nothing away that it did not give
        assert restrained(verdict, tuple(rule for rule in LOWERED if rule is not RuleId.PEER_FIRST)) <= most
    else:
        assert restrained(verdict) <= most
    assert firm(verdict) == firm(usual)
    assert all(rule.level == 3 for rule in firm(verdict))


@given(*FOUND)
def test_pins_are_the_same_whatever_else_is_the_case(writer, topic, board, purpose):
    """G7 is touched by no line: what a topic is like, or a post is for, changes nothing about a pin."""
    pins = [rule for rule in evaluate(writer, topic, board, purpose, "", NOW).rules if rule.id is RuleId.PINS]
    plain = replace(board, incident_since=None, shadow_until=None, is_staff_only=False, measured_at=NOW)
    answer = replace(purpose, intent=Intent.ANSWER, is_dangerous=False, notice=None)
    alone = evaluate(writer, None, plain, answer, "", NOW)
    assert pins == [rule for rule in alone.rules if rule.id is RuleId.PINS]


@given(*FOUND)
def test_who_is_held_is_offered_a_place_for_what_they_wrote(writer, topic, board, purpose):
    verdict = evaluate(writer, topic, board, purpose, "", NOW)
    kept = {"stand_by", "keep_draft"} & set(verdict.actions)
    assert bool(kept) or verdict.level < 2
    assert len(verdict.actions) <= (0, 1, 9, 9)[verdict.level]
    assert not verdict.is_refusal or not {"post_with_reason", "ask_host"} & set(verdict.actions)


@given(*FOUND)
def test_a_stand_by_waits_for_something_that_is_yet_to_come(writer, topic, board, purpose):
    until = held_until(evaluate(writer, topic, board, purpose, "", NOW))
    assert until is None or until > NOW
