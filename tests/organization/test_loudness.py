"""Announcements, pins, banners and thanks: what nobody can be made to look at twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.organization.guard import evaluate, pinning
from forum.organization.intents import Intent
from forum.organization.situation import Notice, NoticeKind, Pinned, Purpose, Writer
from forum.organization.stages import Stage
from forum.organization.verdicts import Action, RuleId
from tests.organization.scenes import ANNOUNCER, DAY, HOUR, MEMBER, NOW, OLD, STAFF, board, judge, level, rule

NEWS = board(is_for_announcements=True)
SAFETY = Notice(NoticeKind.SAFETY)


# ── announcements ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stage", "used", "found"),
    ((Stage.INCEPTION, 3, 0), (Stage.INCEPTION, 4, 3), (Stage.ESTABLISHMENT, 1, 0), (Stage.ESTABLISHMENT, 2, 3),
     (Stage.MATURITY, 1, 0), (Stage.MATURITY, 2, 3)),
)  # fmt: skip
def test_a_board_has_few_announcements_in_28_days(stage, used, found):
    on = board(stage, announcements=used)
    verdict = judge(Intent.ANNOUNCE, about=None, on=on, by=ANNOUNCER)
    assert (level(verdict, "G6"), rule(verdict, "G6").value) == (found, used + 1)
    assert rule(verdict, "G6").text.startswith(f"Announcements here within 28 days, this one included: {used + 1},")
    assert found == 0 or (verdict.actions == (Action.KEEP_DRAFT, Action.ASK_HOST) and not verdict.is_refusal)


def test_who_is_no_announcer_announces_nothing_whatever_they_call_it():
    for verdict in (judge(Intent.ANNOUNCE, about=None), judge(Intent.WELCOME, about=None, on=NEWS)):
        assert (verdict.level, verdict.is_refusal, verdict.actions) == (3, True, (Action.KEEP_DRAFT,))
        assert verdict.text == "Only an Announcer announces, pins or raises a banner here."
    assert judge(Intent.ANSWER, about=OLD, on=NEWS).level == 0  # anybody replies


def test_the_budget_of_a_board_for_announcements_is_counted_by_what_it_is():
    on = board(is_for_announcements=True, announcements=2)
    assert level(judge(Intent.OFFICIAL, about=None, on=on, by=ANNOUNCER), "G6") == 3


def test_safety_goes_beside_the_budget_once_an_incident_and_day():
    on = board(announcements=9, is_review_overdue=True)
    for last, found in ((None, 0), (NOW - DAY, 0), (NOW - DAY + HOUR, 3)):
        notice = Notice(NoticeKind.SECURITY, last)
        assert judge(Intent.ANNOUNCE, about=None, on=on, by=ANNOUNCER, notice=notice).level == found


def test_safety_has_no_door_but_the_announcers_and_the_hosts():
    host = Writer(True, may_warn=True)
    for by, refused in ((STAFF, True), (ANNOUNCER, False), (host, False)):
        assert judge(Intent.OFFICIAL, about=None, on=NEWS, by=by, notice=SAFETY).is_refusal == refused
    assert judge(Intent.OFFICIAL, about=None, on=NEWS, by=host).is_refusal


def test_nothing_lowers_that_an_incident_has_one_notice_a_day():
    again = Notice(NoticeKind.SAFETY, NOW - HOUR)
    for on in (board(incident_since=NOW), board(shadow_until=NOW + DAY), board(measured_at=NOW - 40 * HOUR)):
        assert judge(Intent.ANNOUNCE, about=None, on=on, by=ANNOUNCER, notice=again).is_refusal


def test_a_charter_past_its_review_announces_nothing():
    verdict = judge(Intent.ANNOUNCE, about=None, on=board(is_review_overdue=True), by=ANNOUNCER)
    assert (verdict.level, verdict.is_refusal, verdict.actions) == (3, True, (Action.KEEP_DRAFT,))


# ── pins and banners ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_third_pin_must_replace_one():
    """A10."""
    week = Pinned(NOW + 7 * DAY)
    assert pinning(ANNOUNCER, board(pins=1), NOW, pin=week).level == 0
    third = pinning(ANNOUNCER, board(pins=2), NOW, pin=week)
    assert (third.level, third.is_refusal, third.actions) == (3, True, (Action.REPLACE_PIN, Action.KEEP_DRAFT))
    assert pinning(ANNOUNCER, board(pins=2), NOW, pin=Pinned(NOW + 7 * DAY, replaces=True)).level == 0


def test_the_third_pin_with_a_new_topic_is_refused_as_well():
    on, pin = board(pins=2), Pinned(NOW + DAY)
    assert judge(Intent.SEED, about=None, on=on, by=ANNOUNCER, pin=pin).is_refusal


@pytest.mark.parametrize(
    ("days", "charter", "found"), ((14, 14, 0), (15, 14, 3), (30, 30, 0), (31, 60, 3)),
    ids=("14", "15", "30 by charter", "never 31"),
)  # fmt: skip
def test_a_pin_ends_by_itself(days, charter, found):
    verdict = pinning(ANNOUNCER, board(limits={"pin_days": charter}), NOW, pin=Pinned(NOW + days * DAY))
    assert verdict.level == found
    assert found == 0 or (rule(verdict, "G7").value, Action.END_SOONER in verdict.actions) == (days, True)


def test_there_is_one_banner_and_for_a_week():
    up, week = board(banner_until=NOW + DAY), Pinned(NOW + 7 * DAY)
    assert pinning(ANNOUNCER, board(), NOW, banner=week).level == 0
    assert pinning(ANNOUNCER, board(banner_until=NOW), NOW, banner=week).level == 0
    assert pinning(ANNOUNCER, up, NOW, banner=week).actions[0] is Action.REPLACE_BANNER
    assert pinning(ANNOUNCER, up, NOW, banner=Pinned(NOW + DAY, replaces=True)).level == 0
    assert pinning(ANNOUNCER, board(), NOW, banner=Pinned(NOW + 8 * DAY)).level == 3


def test_who_is_no_announcer_pins_nothing_and_members_are_not_asked():
    for raised in ({"pin": Pinned(NOW + DAY)}, {"banner": Pinned(NOW + DAY)}):
        assert pinning(STAFF, board(), NOW, **raised).is_refusal
        assert pinning(MEMBER, board(pins=9), NOW, **raised).level == 0
        assert evaluate(STAFF, OLD, board(), Purpose(Intent.MODERATE, **raised), "", NOW).is_refusal


# ── thanks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_public_thank_you_is_refused_and_the_button_offered():
    first, second = (judge(Intent.THANK, about=replace(OLD, our_thanks=n)) for n in (0, 1))
    assert first.level == 0
    assert (second.level, second.is_refusal) == (3, True)
    assert second.actions == (Action.THANK, Action.KEEP_DRAFT)
    assert second.text.startswith("We have thanked aloud here already.")
    assert (rule(second, RuleId.THANKS).value, rule(second, RuleId.THANKS).limit) == (2, 1)
