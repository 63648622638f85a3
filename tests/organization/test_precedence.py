"""What goes before the rules: duty, members' wishes, danger; each can only lower, and the first says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from forum.organization.guard import evaluate, pinning, without_measures
from forum.organization.intents import SOFT, Intent
from forum.organization.precedence import LINES
from forum.organization.situation import Pinned, Purpose
from forum.organization.stages import Stage
from forum.organization.verdicts import FIRM, RESTRAINTS, Action, RuleId
from tests.organization.scenes import (
    ANNOUNCER,
    DAY,
    HOUR,
    MEMBER,
    NOW,
    OLD,
    STAFF,
    board,
    judge,
    level,
    rule,
    topic,
)

LOUD = {"our_posts": 60, "posts": 100, "our_topics": 20, "topics": 20, "staff_first": Fraction(1), "announcements": 9}
CROWDED = {"replies": 9, "our_replies": 9, "peer_authors": 3, "recent_peer_posts": 2, "our_thanks": 1}
FULL = board(**LOUD)
ASK = topic(**CROWDED)
"""A question of twenty minutes ago in which, and on a board on which, everything speaks against one more of ours."""


def levels(verdict) -> dict[str, int]:
    return {id_: level(verdict, id_) for id_ in ("G1", "G2", "G4")}


def test_without_a_line_everything_holds():
    assert levels(judge(about=ASK, on=FULL)) == {"G1": 2, "G2": 3, "G4": 2}


# ── line 1 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_line_1_a_member_is_asked_nothing():
    purpose = Purpose(Intent.ANNOUNCE, pin=Pinned(NOW + 99 * DAY))
    verdict = evaluate(MEMBER, ASK, board(**LOUD, pins=9), purpose, "", NOW)
    assert (verdict.level, verdict.rules, verdict.text) == (0, (), "")
    assert without_measures(MEMBER, ASK, FULL, purpose, NOW) == pinning(MEMBER, FULL, NOW) == verdict


# ── line 2 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_line_2_moderation_never_waits():
    verdict = judge(Intent.MODERATE, about=ASK, on=FULL)
    assert (verdict.level, verdict.actions, verdict.text) == (0, (), "Moderation never waits.")


def test_line_2_what_is_dangerous_is_corrected_at_once_and_in_public():
    verdict = judge(Intent.CORRECT, about=ASK, on=FULL, is_dangerous=True)
    assert (verdict.level, verdict.writes_override) == (0, True)
    careful = judge(Intent.CORRECT, about=ASK, on=FULL)
    assert (careful.level, careful.writes_override) == (3, False)


def test_line_2_calling_an_answer_dangerous_opens_nothing():
    verdict = judge(Intent.ANSWER, about=ASK, on=FULL, is_dangerous=True)
    assert (verdict.level, verdict.writes_override) == (3, False)


def test_line_2_in_an_urgent_topic_nobody_waits():
    assert judge(about=replace(ASK, is_urgent=True), on=FULL).level == 0


def test_line_2_while_an_incident_goes_on_nobody_waits_for_72_hours():
    for hours, found in ((0, 0), (71, 0), (72, 3)):
        on = board(**LOUD, incident_since=NOW - hours * HOUR)
        assert judge(about=ASK, on=on).level == found
    on = board(**LOUD, incident_since=NOW)
    assert judge(Intent.ANNOUNCE, about=None, on=on, by=ANNOUNCER).level == 0
    assert judge(Intent.ANNOUNCE, about=None, on=on).is_refusal


# ── line 3 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_line_3_a_member_who_waits_for_a_promise_goes_before_every_ceiling():
    """A5."""
    verdict = judge(about=replace(ASK, is_due=True), on=FULL)
    assert levels(verdict) == {"G1": 1, "G2": 1, "G4": 1}
    assert verdict.text == "A member is waiting and nobody has replied yet. Your reply is needed."
    assert verdict.actions == ()  # no suggestion to do something else


def test_line_3_once_a_human_has_replied_it_is_no_duty_any_more():
    assert judge(about=replace(ASK, is_due=True, has_human_reply=True), on=FULL).level == 3


def test_line_3_duty_opens_no_announcement():
    assert judge(Intent.ANNOUNCE, about=replace(ASK, is_due=True), on=FULL, by=ANNOUNCER).level == 3


# ── line 4 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("change", ({"wants_organization": True}, {"waived_at": NOW}))
def test_line_4_who_would_be_glad_of_our_answer_is_answered(change):
    verdict = judge(about=topic(**CROWDED, **change), on=FULL)
    assert levels(verdict) == {"G1": 0, "G2": 1, "G4": 1}
    assert verdict.text == "Who asked would be glad of our answer."


# ── line 5 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("intent", SOFT)
def test_line_5_what_takes_nobodys_turn_is_at_most_advised_against(intent):
    assert judge(intent, about=replace(ASK, our_thanks=0), on=FULL).level <= 1
    assert level(judge(intent, about=ASK, on=FULL), "G1") == 0


def test_line_5_a_soft_purpose_begins_no_more_topics_than_another():
    verdict = judge(Intent.CONNECT, about=None, on=FULL)
    assert (level(verdict, "G2"), level(verdict, "G5"), verdict.level) == (1, 2, 2)
    assert verdict.text == rule(verdict, "G5").text  # the line has no say in that


# ── line 6 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("change", ({"is_for_announcements": True}, {"is_staff_only": True}))
def test_line_6_where_the_organization_is_to_speak_it_speaks_and_is_counted(change):
    verdict = judge(about=ASK, on=board(**LOUD, **change))
    assert (verdict.level, rule(verdict, "G2").found) == (0, 3)
    assert judge(Intent.ANNOUNCE, about=None, on=board(**LOUD, **change), by=ANNOUNCER).level == 3


def test_line_6_in_an_hour_of_questions_to_it_the_organization_answers():
    assert judge(about=replace(ASK, is_slot=True), on=FULL).level == 0


# ── line 7, and the modes ─────────────────────────────────────────────────────────────────────────────────────────────


def test_line_7_in_its_first_fortnight_the_guard_only_advises():
    shadowed = board(**LOUD, shadow_until=NOW + timedelta(seconds=1))
    verdict = judge(about=ASK, on=shadowed)
    assert (verdict.level, rule(verdict, "G2").found) == (1, 3)
    assert verdict.text == "These limits are new here: for now they only advise."
    assert verdict.actions == (Action.STAND_BY,)
    assert judge(Intent.ANNOUNCE, about=None, on=shadowed, by=ANNOUNCER).level == 1
    assert judge(Intent.THANK, about=ASK, on=shadowed).actions == (Action.THANK,)
    assert judge(about=ASK, on=board(**LOUD, shadow_until=NOW)).level == 3


def test_measures_dead_for_37_hours_only_advise_and_pins_stay_capped():
    """A12."""
    dead = board(**LOUD, pins=2, measured_at=NOW - 37 * HOUR)
    verdict = judge(about=ASK, on=dead)
    assert (verdict.level, verdict.is_degraded, verdict.actions) == (1, True, (Action.STAND_BY,))
    assert verdict.text == "Our numbers are out of date: until they are back, the limits only advise."
    pinned = judge(about=ASK, on=dead, by=ANNOUNCER, pin=Pinned(NOW + DAY))
    assert (pinned.level, level(pinned, "G2"), pinned.text) == (3, 1, rule(pinned, "G7").text)
    assert not judge(about=ASK, on=board(**LOUD, measured_at=NOW - 36 * HOUR)).is_degraded


def test_where_the_guard_itself_breaks_nobody_waits_and_pins_stay_capped():
    pin = Pinned(NOW + DAY)
    verdict = without_measures(ANNOUNCER, ASK, board(pins=2), Purpose(Intent.ANSWER, pin=pin), NOW)
    assert (verdict.level, verdict.is_degraded, {one.id for one in verdict.rules}) == (3, True, {RuleId.PINS})
    verdict = without_measures(STAFF, ASK, FULL, Purpose(Intent.ANSWER), NOW)
    assert (verdict.level, verdict.is_degraded) == (0, True)
    assert verdict.text == "Our numbers cannot be read just now: until they can, the limits only advise."


# ── several lines ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_of_several_lines_the_lowest_cap_wins_and_the_first_says_why():
    about = replace(topic(waived_at=NOW, **CROWDED), is_due=True)
    verdict = judge(about=about, on=board(**LOUD, is_staff_only=True))
    assert (verdict.level, levels(verdict)) == (0, {"G1": 0, "G2": 0, "G4": 0})
    assert verdict.text.startswith("A member is waiting")


def test_no_line_raises_what_the_stage_holds_down():
    on = board(Stage.INCEPTION, **LOUD)
    assert judge(about=replace(ASK, is_due=True), on=on).level == judge(about=ASK, on=on).level == 1


def test_the_table_reads_from_top_to_bottom_and_leaves_roles_and_pins_alone():
    assert [line.number for line in LINES] == [2, 2, 2, 2, 3, 4, 5, 6, 7, 8]
    assert not [line for line in LINES if set(FIRM) & set(line.caps)]
    assert {line.number for line in LINES if set(line.caps) - set(RESTRAINTS)} == {2, 7, 8}


def test_an_old_topic_on_a_quiet_board_has_no_sentence():
    verdict = judge(about=OLD)
    assert (verdict.level, verdict.text, [one.id for one in verdict.rules]) == (0, "", [RuleId.VOICE])
