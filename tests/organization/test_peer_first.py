"""How long members have the first word, and what the organization may say meanwhile: rules G1 and G3."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from forum.organization.intents import Intent
from forum.organization.rules import needs_seeding
from forum.organization.stages import Stage
from forum.organization.verdicts import Action, held_until
from forum.organization.windows import EXTENSION, LONGEST
from tests.organization.scenes import ASKED, AWAKE, DAY, HOUR, NOW, board, judge, level, rule, topic

FRIDAY, SATURDAY = ASKED + 4 * DAY, ASKED + 5 * DAY
NEXT_MONDAY = ASKED + 7 * DAY
NIGHT = datetime(2026, 3, 2, 21, tzinfo=UTC)


# ── G1: members first ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_twenty_minutes_after_a_members_question_is_kept_as_a_stand_by():
    """A2, as far as the guard goes."""
    verdict = judge(about=topic())
    assert (verdict.level, verdict.actions[0], held_until(verdict)) == (2, Action.STAND_BY, NIGHT)
    assert (rule(verdict, "G1").value, rule(verdict, "G1").limit) == (20, 12 * 60)
    assert verdict.text == "Members have the first word here until 2 March 2026, 21:00 UTC."


def test_the_sentence_is_in_the_readers_language_and_by_their_clock(make_app):
    with make_app(FORUM_TIME_ZONE="Europe/Berlin", FORUM_LOCALE="de").test_request_context("/"):
        assert judge(about=topic()).text == "Bis 2. März 2026, 22:00 Uhr MEZ haben hier Mitglieder das erste Wort."
        on = board(our_posts=7, posts=21)
        assert "36,4 %, von höchstens 35 %" in judge(on=on).text


@pytest.mark.parametrize("intent", (Intent.WELCOME, Intent.CLARIFY, Intent.CONNECT, Intent.THANK))
def test_a_welcome_need_not_wait(intent):
    """A4; and the strip still says until when members have the first word."""
    verdict = judge(intent, about=topic())
    assert (verdict.level, verdict.actions) == (0, ())
    assert (rule(verdict, "G1").until, verdict.text) == (NIGHT, "This takes nobody’s turn and need not wait.")


@pytest.mark.parametrize(
    ("intent", "found"),
    ((Intent.ANSWER, 2), (Intent.PERSONAL, 2), (Intent.CORRECT, 2), (Intent.OFFICIAL, 0), (Intent.SEED, 0)),
)
def test_what_only_the_organization_can_say_is_said_at_once(intent, found):
    assert level(judge(intent, about=topic()), "G1") == found


@pytest.mark.parametrize(
    ("stage", "asked", "new", "end"),
    (
        (Stage.ESTABLISHMENT, ASKED, False, NIGHT),
        (Stage.ESTABLISHMENT, FRIDAY.replace(hour=18), False, NEXT_MONDAY.replace(hour=12)),
        (Stage.MATURITY, FRIDAY.replace(hour=18), False, NEXT_MONDAY.replace(hour=14)),
        (Stage.MATURITY, FRIDAY.replace(hour=18), True, NEXT_MONDAY.replace(hour=10)),
        (Stage.ESTABLISHMENT, SATURDAY.replace(hour=10), False, NEXT_MONDAY.replace(hour=14)),
        (Stage.INCEPTION, FRIDAY.replace(hour=19, minute=30), False, NEXT_MONDAY.replace(hour=11, minute=30)),
    ),
)
def test_the_known_windows_end_when_they_should(stage, asked, new, end):
    about = topic(at=asked, by_newcomer=new)
    inside = judge(about=about, on=board(stage, measured_at=end), now=end - timedelta(seconds=1))
    assert rule(inside, "G1").until == end
    assert level(inside, "G1") == (1 if stage is Stage.INCEPTION else 2)
    assert rule(judge(about=about, on=board(stage, measured_at=end), now=end), "G1") is None


def test_on_a_young_board_the_window_only_nudges():
    verdict = judge(about=topic(), on=board(Stage.INCEPTION))
    assert (verdict.level, verdict.actions) == (1, (Action.STAND_BY,))
    assert rule(verdict, "G1").found == 2


@pytest.mark.parametrize(
    "change",
    (
        {"answered_at": NOW},
        {"waived_at": NOW},
        {"promised_by": NOW},
        {"by_peer": False},
        {"wants_organization": True},
        {"is_urgent": True},
        {"is_merged_away": True},
    ),
)
def test_there_is_no_window_where_nobody_is_to_be_waited_for(change):
    assert rule(judge(about=topic(**change)), "G1") is None


def test_where_the_board_does_not_put_peers_first_nobody_waits():
    assert judge(about=topic(), on=board(peer_first=False)).level == 0


def test_a_member_who_is_on_it_is_waited_for_but_no_promise_is_broken_for_it():
    late = NIGHT - HOUR
    taken = topic(taken_at=late)
    assert rule(judge(about=taken, on=board(measured_at=late), now=late), "G1").until == late + 6 * HOUR
    promised = topic(taken_at=late, promised_by=NIGHT)
    assert rule(judge(about=promised, on=board(measured_at=late), now=late), "G1").until == NIGHT


def test_over_the_longest_holidays_members_have_four_days_and_who_is_on_it_six_hours_more():
    taken = ASKED + LONGEST - timedelta(seconds=1)
    end = taken + EXTENSION
    for now, until in ((end - HOUR, end), (end, None)):
        on = replace(board(measured_at=now), awake=replace(AWAKE, week={}))
        assert held_until(judge(about=topic(taken_at=taken), on=on, now=now)) == until


def test_a_charter_may_give_members_longer():
    limits = {"wall": 24 * HOUR, "awake": 8 * HOUR}
    assert held_until(judge(about=topic(), on=board(limits=limits))) == ASKED + DAY


# ── G3: who answered first too often waits longer ─────────────────────────────────────────────────────────────────────


def test_who_answered_first_too_often_waits_half_as_long_again_and_says_why():
    verdict = judge(about=topic(), on=board(staff_first=Fraction(46, 100)))
    assert held_until(verdict) == ASKED + 18 * HOUR
    assert rule(verdict, "G3").text == "We answered first in 46 % of topics; we are waiting longer this month."
    assert (rule(verdict, "G3").level, rule(verdict, "G3").limit) == (0, Fraction(2, 5))


def test_exactly_on_the_ceiling_nobody_waits_longer():
    verdict = judge(about=topic(), on=board(staff_first=Fraction(40, 100)))
    assert (held_until(verdict), rule(verdict, "G3")) == (NIGHT, None)


@pytest.mark.parametrize(("wall", "end"), ((24, 36), (40, 48), (72, 72)))
def test_nobody_waits_over_48_hours_for_it_and_a_longer_window_of_the_charter_stays(wall, end):
    on = board(Stage.MATURITY, limits={"wall": wall * HOUR}, staff_first=Fraction(1))
    assert rule(judge(about=topic(), on=on), "G1").until == ASKED + end * HOUR


def test_a_newcomer_does_not_wait_longer_because_we_were_too_quick_elsewhere():
    verdict = judge(about=topic(by_newcomer=True), on=board(staff_first=Fraction(1)))
    assert rule(verdict, "G1").until == ASKED + 4 * HOUR


def test_a_young_board_only_reports_it():
    assert rule(judge(about=topic(), on=board(Stage.INCEPTION, staff_first=Fraction(1))), "G3") is None


@pytest.mark.parametrize(
    ("rates", "needs"),
    ((("0.49", "0.49"), True), (("0.50", "0.49"), False), (("0.49",), False), ((None, "0.1"), False)),
)
def test_where_members_answer_too_little_twice_a_conversation_is_to_be_begun(rates, needs):
    found = [None if rate is None else Fraction(rate) for rate in rates]
    assert needs_seeding(found, board().limits) is needs
    assert not needs_seeding([Fraction(0)] * 2, board(Stage.INCEPTION).limits)
