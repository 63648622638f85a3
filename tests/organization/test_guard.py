"""How much the organization says: rules G2, G4 and G5 with their known numbers, and what a verdict is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.organization.intents import Intent, intent_of
from forum.organization.rules import projected, room
from forum.organization.situation import LastPost
from forum.organization.stages import Position, Stage
from forum.organization.verdicts import Action, RuleId, Verdict, held_until
from tests.organization.scenes import DAY, HOUR, NOW, OLD, board, judge, level, rule, topic

NIGHT = datetime(2026, 3, 2, 21, tzinfo=UTC)


# ── G2: share of voice ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ceiling", "posts", "ours", "left"), (("0.35", 21, 7, 0), ("0.40", 21, 7, 2), ("0.15", 100, 10, 5))
)
def test_the_known_rooms(ceiling, posts, ours, left):
    assert room(Fraction(ceiling), posts, ours) == left


@given(st.fractions(0, Fraction(99, 100), max_denominator=200), st.integers(0, 400), st.integers(0, 400))
def test_room_is_as_many_posts_as_keep_within_the_ceiling_and_not_one_more(ceiling, ours, others):
    left = room(ceiling, ours + others, ours)
    after, posts = ours + left, ours + others + left
    assert projected(after, posts) > ceiling
    assert left == 0 or Fraction(after, posts) <= ceiling


def test_the_board_of_the_fixture_has_no_room_left():
    """F1: 7 of 21, projected .3636 at a ceiling of .35."""
    verdict = judge(on=board(our_posts=7, posts=21))
    found = rule(verdict, "G2")
    assert (found.level, found.value, found.limit) == (2, Fraction(4, 11), Fraction("0.35"))
    assert verdict.text == "With this post our share of the conversation here is 36.4 %, of at most 35 %."
    assert held_until(verdict) is None


@pytest.mark.parametrize(
    ("ours", "found"), ((29, 0), (30, 1), (34, 1), (35, 2), (44, 2), (45, 3)),
    ids=("5 points below", "nearer", "on it", "above", "10 points above", "more"),
)  # fmt: skip
def test_the_share_with_this_post_decides_exactly_on_each_bar(ours, found):
    assert level(judge(on=board(our_posts=ours, posts=99)), "G2") == found


def test_a_young_boards_ceiling_is_a_nudge_only():
    verdict = judge(on=board(Stage.INCEPTION, our_posts=95, posts=99))
    assert (verdict.level, rule(verdict, "G2").found) == (1, 3)


def test_of_fewer_than_twenty_posts_no_share_is_made():
    verdict = judge(on=board(our_posts=19, posts=19))
    assert (verdict.level, rule(verdict, "G2").value) == (0, None)
    assert rule(verdict, "G2").text == "Too few posts here to say much of our share (19 of 19)."
    assert judge(on=board(our_posts=20, posts=20)).level == 3


@pytest.mark.parametrize(("days", "ceiling"), ((0, "0.47"), (42, "0.41"), (84, "0.35")))
def test_after_a_promotion_the_ceiling_comes_down_slowly(days, ceiling):
    promoted = Position(Stage.ESTABLISHMENT, NOW - days * DAY, voice_then=Fraction("0.47"))
    on = replace(board(our_posts=50, posts=100), position=promoted)
    assert rule(judge(on=on), "G2").limit == Fraction(ceiling)


def test_a_charters_own_ceiling_is_where_it_comes_down_to():
    promoted = Position(Stage.ESTABLISHMENT, NOW - 84 * DAY, voice_then=Fraction("0.47"))
    on = replace(board(limits={"voice": Decimal("0.25")}), position=promoted)
    assert rule(judge(on=on), "G2").limit == Fraction(1, 4)


def test_however_much_a_talkative_host_said_its_ceiling_stays_where_its_stage_put_it():
    """A9: talking more moves no ceiling and no window."""
    quiet, loud = board(our_posts=0, posts=100), board(our_posts=900, posts=1000)
    assert rule(judge(on=quiet), "G2").limit == rule(judge(on=loud), "G2").limit == Fraction("0.35")
    assert held_until(judge(about=topic(), on=loud)) == held_until(judge(about=topic(), on=quiet))


# ── G4: one voice per topic ───────────────────────────────────────────────────────────────────────────────────────────


def test_who_spoke_last_is_offered_to_edit_that():
    last = LastPost(NOW - 23 * HOUR, is_organizations=True, is_writers=True)
    verdict = judge(about=replace(OLD, last=last))
    assert (verdict.level, verdict.actions) == (1, (Action.EDIT_LAST,))


def test_a_post_of_yesterday_or_of_a_member_is_no_reason_to_be_silent():
    day_ago = LastPost(NOW - DAY, is_organizations=True, is_writers=True)
    members = LastPost(NOW - HOUR, is_organizations=False)
    assert judge(about=replace(OLD, last=day_ago)).level == judge(about=replace(OLD, last=members)).level == 0


def test_where_a_colleague_spoke_within_the_week_one_leaves_it_to_them():
    assert judge(about=replace(OLD, colleague_at=NOW - 7 * DAY)).actions == (Action.NOTE,)
    assert judge(about=replace(OLD, colleague_at=NOW - 7 * DAY - HOUR)).level == 0
    last = LastPost(NOW - HOUR, is_organizations=True)
    assert judge(about=replace(OLD, last=last)).actions == (Action.NOTE,)


def test_while_members_are_talking_one_sentence_says_so():
    assert judge(about=replace(OLD, recent_peer_posts=1)).level == 0
    verdict = judge(about=replace(OLD, recent_peer_posts=2))
    assert (verdict.level, verdict.text[:20]) == (1, "Members are talking ")


@pytest.mark.parametrize(
    ("stage", "replies", "ours", "people", "found"),
    (
        (Stage.ESTABLISHMENT, 5, 1, 3, 0),  # 2 of 6 are a third
        (Stage.ESTABLISHMENT, 4, 1, 3, 2),  # 2 of 5
        (Stage.ESTABLISHMENT, 4, 1, 2, 0),  # only two people
        (Stage.MATURITY, 7, 1, 3, 0),  # 2 of 8
        (Stage.MATURITY, 6, 1, 3, 2),
        (Stage.INCEPTION, 2, 1, 3, 1),  # 2 of 3, but a young board only nudges
        (Stage.INCEPTION, 3, 1, 3, 0),
    ),
)
def test_where_three_members_write_the_organization_keeps_to_its_fraction(stage, replies, ours, people, found):
    about = replace(OLD, replies=replies, our_replies=ours, peer_authors=people)
    assert level(judge(about=about, on=board(stage)), "G4") == found


def test_all_that_speaks_against_it_is_said():
    about = replace(OLD, recent_peer_posts=3, colleague_at=NOW, replies=2, our_replies=2, peer_authors=3)
    verdict = judge(about=about)
    assert [one.level for one in verdict.rules if one.id is RuleId.ONE_VOICE] == [1, 1, 2]
    assert verdict.actions == (
        Action.STAND_BY, Action.INVITE, Action.CLARIFY, Action.NOTE, Action.POST_WITH_REASON,
    )  # fmt: skip


# ── G5: topics of our own ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("ours", "topics", "found"), ((2, 9, 0), (3, 9, 2), (7, 7, 0), (8, 8, 2)))
def test_a_new_topic_of_ours_may_not_pass_our_share_of_topics(ours, topics, found):
    verdict = judge(about=None, on=board(our_topics=ours, topics=topics))
    assert verdict.level == found
    assert found == 0 or verdict.actions == (Action.KEEP_DRAFT, Action.INVITE, Action.POST_WITH_REASON)


def test_replies_begin_no_topic():
    assert judge(on=board(our_topics=20, topics=20)).level == 0


def test_who_would_seed_while_a_member_waits_answers_first():
    verdict = judge(Intent.SEED, about=None, on=board(overdue=1))
    assert (verdict.level, Action.ANSWER_FIRST in verdict.actions) == (2, True)
    assert judge(Intent.ANSWER, about=None, on=board(overdue=1)).level == 0


@pytest.mark.parametrize(
    ("stage", "seeds", "found"),
    ((Stage.INCEPTION, 2, 0), (Stage.INCEPTION, 3, 1), (Stage.ESTABLISHMENT, 1, 0), (Stage.ESTABLISHMENT, 2, 2),
     (Stage.MATURITY, 0, 0), (Stage.MATURITY, 1, 2)),
)  # fmt: skip
def test_seeds_are_few(stage, seeds, found):
    verdict = judge(Intent.SEED, about=None, on=board(stage, seeds=seeds))
    assert level(verdict, "G5") == found
    assert found == 0 or (rule(verdict, "G5").value, rule(verdict, "G5").limit) == (seeds + 1, seeds)


# ── level 3, and what a verdict is made of ────────────────────────────────────────────────────────────────────────────


def test_far_above_the_ceiling_a_host_is_asked_instead_of_a_reason():
    verdict = judge(on=board(our_posts=60, posts=100))
    assert (verdict.level, verdict.actions[0], verdict.actions[-1]) == (3, Action.STAND_BY, Action.ASK_HOST)
    assert not verdict.is_refusal


def test_a_stand_by_waits_for_the_latest_window_of_the_rules_that_hold_it():
    both = judge(about=topic(), on=board(our_posts=60, posts=100))
    assert (both.level, held_until(both)) == (3, NIGHT)
    assert held_until(judge(about=replace(OLD, colleague_at=NOW))) is None  # a suggestion holds nothing
    assert held_until(Verdict()) is None


def test_who_gives_no_purpose_answers():
    assert (intent_of(""), intent_of("thank")) == (Intent.ANSWER, Intent.THANK)
    with pytest.raises(ValueError):
        intent_of("shout")
