"""The table of holding: who is held when, in which order, and that the same facts say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.holds import rules
from forum.holds.rules import NUMBERS, RULES, Facts, Numbers, Outcome, Rule, Typing, Whom, judge
from forum.holds.wording import TO_AUTHORS, TO_MODERATORS
from forum.holds.words import Action, Hit, Watched
from forum.permissions import Trust

NEW = Trust.NEWCOMER
FAST = Typing(2.0, 3000)


def hit(action, pattern="pills", instead=""):
    return Hit(Watched(pattern, action, instead=instead), 0, 5)


HITS = st.builds(hit, st.sampled_from(list(Action)), st.sampled_from(["pills", "loans"]), st.just("tag"))
FACTS = st.builds(
    Facts,
    trust=st.sampled_from(list(Trust)),
    keeps_board=st.booleans(),
    posts_before=st.integers(0, 5),
    links=st.integers(0, 3),
    images=st.integers(0, 3),
    hits=st.lists(HITS, max_size=4).map(tuple),
    board_holds=st.booleans(),
    topic_holds=st.booleans(),
    member_held=st.booleans(),
    mail_failed=st.booleans(),
    shared_hosts=st.lists(st.just("a.example"), max_size=1).map(tuple),
    typing=st.none() | st.builds(Typing, st.floats(0, 600), st.integers(0, 32_000)),
)
NUMBER = st.builds(Numbers, st.integers(0, 3), st.integers(0, 3), st.integers(0, 5), st.integers(0, 500))


@pytest.mark.parametrize(
    ("facts", "outcome", "rules"),
    [
        (Facts(trust=NEW), Outcome.PASS, []),
        (Facts(trust=NEW, links=1), Outcome.HOLD, [Rule.LINKS]),
        (Facts(trust=NEW, links=1, posts_before=1), Outcome.PASS, []),
        (Facts(trust=NEW, images=1), Outcome.HOLD, [Rule.IMAGES]),
        (Facts(trust=NEW, typing=FAST), Outcome.HOLD, [Rule.TYPING]),
        (Facts(trust=NEW, typing=Typing(0.0, 199)), Outcome.PASS, []),
        (Facts(trust=NEW, typing=Typing(30.0, 3000)), Outcome.PASS, []),
        (Facts(trust=NEW, shared_hosts=("a.example",)), Outcome.HOLD, [Rule.SAME_LINK]),
        (Facts(links=5, images=5, typing=FAST, shared_hosts=("a.example",)), Outcome.PASS, []),
        (Facts(mail_failed=True, keeps_board=True), Outcome.HOLD, [Rule.MAIL]),
        (Facts(board_holds=True), Outcome.HOLD, [Rule.BOARD]),
        (Facts(board_holds=True, topic_holds=True, member_held=True, keeps_board=True), Outcome.PASS, []),
        (Facts(topic_holds=True, member_held=True), Outcome.HOLD, [Rule.MEMBER, Rule.TOPIC]),
        (Facts(hits=(hit(Action.HOLD),)), Outcome.HOLD, [Rule.WORD]),
        (Facts(hits=(hit(Action.HOLD),), keeps_board=True), Outcome.PASS, []),
        (Facts(hits=(hit(Action.BLOCK),), keeps_board=True), Outcome.BLOCK, [Rule.BLOCKED]),
        (Facts(hits=(hit(Action.BLOCK),), mail_failed=True), Outcome.BLOCK, [Rule.MAIL, Rule.BLOCKED]),
        (Facts(hits=(hit(Action.WARN),)), Outcome.WARN, [Rule.WARNED]),
        (Facts(hits=(hit(Action.WARN), hit(Action.HOLD))), Outcome.HOLD, [Rule.WORD, Rule.WARNED]),
        (Facts(hits=(hit(Action.CENSOR), hit(Action.TAG), hit(Action.FLAG))), Outcome.PASS, []),
    ],
)
def test_what_becomes_of_words(facts, outcome, rules):
    verdict = judge(facts)
    assert (verdict.outcome, [reason.rule for reason in verdict.reasons]) == (outcome, rules)


def test_first_posts_wait_where_somebody_said_so():
    assert judge(Facts(trust=NEW, posts_before=1), Numbers(first_posts=2)).holds
    assert not judge(Facts(trust=NEW, posts_before=2), Numbers(first_posts=2)).holds


def test_what_follows_from_watched_words():
    hits = hit(Action.FLAG, "loans"), hit(Action.TAG, instead="check"), hit(Action.SILENCE, "casino")
    verdict = judge(Facts(hits=hits))
    assert (verdict.flags, verdict.tags, verdict.silences) == (("loans",), ("check",), True)
    assert [(reason.rule, reason.about) for reason in verdict.because(Outcome.HOLD)] == [(Rule.SILENCE, "casino")]


@given(FACTS, NUMBER)
def test_who_is_not_new_is_never_held_by_the_rules_for_newcomers(facts, numbers):
    of_newcomers = {line.rule for line in RULES if line.whom is Whom.NEWCOMERS}
    said = {reason.rule for reason in judge(facts, numbers).reasons}
    if facts.trust is not NEW or facts.keeps_board:
        assert not said & of_newcomers


@given(FACTS, NUMBER)
def test_who_looks_after_the_board_is_held_by_unproven_mail_alone(facts, numbers):
    if facts.keeps_board and not facts.mail_failed:
        assert not judge(facts, numbers).holds


@given(FACTS, NUMBER)
def test_the_same_facts_say_the_same_in_the_order_of_the_table(facts, numbers):
    verdict = judge(facts, numbers)
    assert verdict == judge(facts, numbers)
    order = [line.rule for line in RULES]
    places = [order.index(reason.rule) for reason in verdict.reasons]
    assert places == sorted(places)
    outcomes = {line.rule: line.outcome for line in RULES}
    assert verdict.outcome == max((outcomes[reason.rule] for reason in verdict.reasons), default=Outcome.PASS)
    assert bool(verdict.because(verdict.outcome)) == (verdict.outcome is not Outcome.PASS)


@given(FACTS)
def test_a_plain_first_post_is_just_posted(facts):
    plain = Facts(trust=facts.trust, posts_before=facts.posts_before)
    assert judge(plain, NUMBERS).outcome is Outcome.PASS


def test_every_reason_to_hold_can_be_said_to_its_author_and_to_moderators():
    holding = {line.rule for line in RULES if line.outcome is Outcome.HOLD}
    assert set(TO_AUTHORS) == set(TO_MODERATORS) == holding
    assert [line.rule for line in RULES] == list(rules.Rule)
