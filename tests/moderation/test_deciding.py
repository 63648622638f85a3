"""What members flag, moderators decide; what is about the host, its own people do not decide alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core.errors import Conflict, Invalid, InvalidFields, Refused, TooSoon
from forum.moderation import actions
from forum.moderation.models import Case, Flag, Ruling
from forum.permissions import HOUSE
from forum.posts import actions as posts
from forum.posts import check
from forum.posts import queries as reads
from forum.posts.powers import Ground, PeerNeeded
from tests import cast
from tests.moderation.people import settle


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


def in_order(place) -> bool:
    place.session.flush()
    return list(check.drifts(place.session)) == []


# ── flags ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_members_do_not_hide_a_post_three_do_and_its_author_still_reads_it(place):
    place.flag(place.ann), place.flag(place.ben)
    assert place.post.hidden_at is None
    place.flag(place.cy, rule="spam")
    assert place.post.hidden_at is not None
    decision = place.session.scalars(select(Ruling)).one()
    assert (decision.act, decision.automated, decision.rule, decision.role) == ("hide", True, "unkind", "house")
    assert decision.account_id == place.ada.id
    case = place.case()
    assert case.closed_at is None
    assert case.weight == pytest.approx(9)
    assert reads.post(place.session, place.actor(place.ada), place.post.id).source == place.post.source
    with pytest.raises(Refused):
        posts.react(place.session, place.actor(place.ben), place.post, "thanks")
    assert in_order(place)


def test_a_regular_who_says_that_a_newcomer_advertises_is_enough(place):
    new = cast.newcomer(place.session, "new")
    post = cast.reply(place.session, place.topic, new, "Buy pegs.")
    reg = cast.member(place.session, "reg", trust="regular")
    place.flag(reg, rule="spam", post=post)
    assert post.hidden_at is not None


def test_flagging_twice_flags_once_and_it_can_be_taken_back(place):
    first = place.flag(place.ann)
    assert place.flag(place.ann, rule="spam") is first
    assert place.post.flag_count == 1
    subject_of = actions.take_flag_back
    from forum.moderation import subjects

    subject_of(place.session, place.actor(place.ann), subjects.load(place.session, "post", place.post.id))
    assert place.post.flag_count == 0
    assert place.case().outcome == "withdrawn"
    with pytest.raises(TooSoon, match="a day later"):
        place.flag(place.ann)


def test_who_has_just_answered_takes_a_minute_first(place, clock):
    cast.reply(place.session, place.topic, place.ben, "Who is a fool?", reply_to_number=place.post.number)
    with pytest.raises(TooSoon, match="Take a minute") as refused:
        place.flag(place.ben)
    assert 0 < refused.value.seconds <= 61
    clock.shift(timedelta(seconds=61))
    assert place.flag(place.ben).rule == "unkind"


def test_nobody_flags_themselves_or_without_a_word_what_is_something_else(place):
    with pytest.raises(Refused):
        place.flag(place.ada)
    with pytest.raises(Invalid, match="few words"):
        place.flag(place.ann, rule="other", words="")
    with pytest.raises(Invalid):
        place.flag(place.ann, rule="privacy")


def test_after_twenty_flags_one_waits_a_day(place):
    for post in [cast.reply(place.session, place.topic, place.ada) for _n in range(20)]:
        place.flag(place.ben, post=post)
    with pytest.raises(TooSoon):
        place.flag(place.ben)


# ── decisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_is_not_kept_without_all_that_its_statement_says(place):
    with pytest.raises(InvalidFields) as refused:
        place.decide(place.mo, rule="", facts=" ")
    assert set(refused.value.fields) == {"rule", "facts"}
    assert place.session.scalars(select(Ruling)).all() == []


def test_removing_names_the_rule_judges_the_flags_and_closes_the_case(place):
    place.flag(place.ann)
    case = place.case()
    decision = place.decide(place.mo, case=case)
    assert place.post.deleted_at is not None
    assert place.post.removal_rule == "unkind"
    assert (decision.role, decision.by_host, decision.state) == ("moderator", False, "in_force")
    assert (case.outcome, case.closed_by_id) == ("decided", place.mo.id)
    assert {flag.verdict for flag in place.session.scalars(select(Flag))} == {"right"}
    assert in_order(place)
    with pytest.raises(Refused):
        posts.undelete_post(place.session, place.actor(place.mo), place.post)


def test_keeping_what_flags_hid_shows_it_and_the_flags_were_wrong_and_undoing_hides_it_again(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    kept = place.decide(place.mo, "keep", place.case())
    assert (place.post.hidden_at, place.post.flag_count) == (None, 0)
    assert {flag.verdict for flag in place.session.scalars(select(Flag))} == {"wrong"}
    actions.undo(place.session, place.actor(place.mo), place.ruling(place.mo, kept.id), "Too quick.")
    assert place.post.hidden_at is not None
    assert place.post.flag_count == 3
    assert place.case().closed_at is None
    assert in_order(place)


def test_the_second_of_two_who_decide_is_told(place):
    place.flag(place.ann)
    case, seen = place.case(), place.case().version
    place.decide(place.mo, case=case)
    with pytest.raises(Conflict):
        place.decide(place.mia, "keep", case, version=seen)
    assert len(place.session.scalars(select(Ruling)).all()) == 1


def test_a_flag_that_came_meanwhile_is_looked_at_first(place):
    place.flag(place.ann)
    case, seen = place.case(), place.case().version
    place.flag(place.ben)
    with pytest.raises(Conflict):
        place.decide(place.mo, "keep", case, version=seen)


def test_an_objection_that_was_right_leaves_nothing_of_decision_hiding_or_flags(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    decision = place.decide(place.mo, case=place.case())
    actions.reverse(place.session, place.actor(place.mia), place.ruling(place.mia, decision.id), "It was a quote.")
    assert (place.post.deleted_at, place.post.hidden_at, place.post.flag_count) == (None, None, 0)
    assert {flag.verdict for flag in place.session.scalars(select(Flag))} == {"wrong"}
    assert {one.state for one in place.session.scalars(select(Ruling))} == {"undone"}
    assert place.case().closed_at is not None
    assert in_order(place)


def test_members_decide_nothing(place):
    with pytest.raises(Refused):
        place.decide(place.ann)


# ── separation of powers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def critic(place):
    """Ben's words about the host."""
    name = place.actor(place.hana).belonging.organization
    return cast.reply(place.session, place.topic, place.ben, f"{name} never listens.")


def test_of_what_names_the_host_its_own_moderator_only_proposes_and_a_peer_confirms(place, critic):
    assert critic.concerns_host
    proposed = place.decide(place.hana, post=critic)
    assert (proposed.state, critic.deleted_at) == ("proposed", None)
    with pytest.raises(Refused):
        actions.confirm(place.session, place.actor(place.hana), place.ruling(place.hana, proposed.id))
    actions.confirm(place.session, place.actor(place.mo), place.ruling(place.mo, proposed.id))
    assert (proposed.state, proposed.confirmed_by_id) == ("in_force", place.mo.id)
    assert critic.deleted_at is not None
    assert place.case("proposal").outcome == "decided"
    assert in_order(place)


def test_a_peer_says_no_and_nothing_happens(place, critic):
    proposed = place.decide(place.hana, post=critic)
    with pytest.raises(Invalid):
        actions.refuse(place.session, place.actor(place.mo), proposed, " ")
    actions.refuse(place.session, place.actor(place.mo), proposed, "It is an opinion.")
    assert (proposed.state, critic.deleted_at) == ("refused", None)
    with pytest.raises(Conflict):
        actions.confirm(place.session, place.actor(place.mo), proposed)


def test_what_was_done_in_an_emergency_lapses_when_no_peer_looks_in_two_days(place, critic, clock):
    done = place.decide(place.hana, post=critic, emergency="It gives an address of somebody.")
    assert critic.deleted_at is not None
    clock.shift(timedelta(hours=47))
    actions.lapse(place.session, HOUSE, done)
    assert done.state == "in_force"
    clock.shift(timedelta(hours=2))
    actions.lapse(place.session, HOUSE, done)
    assert (done.state, done.undone_how, critic.deleted_at) == ("undone", "lapse", None)
    assert in_order(place)


@pytest.mark.parametrize("verdict", ("confirm", "refuse"))
def test_a_peer_reviews_an_emergency(place, critic, verdict):
    done = place.decide(place.hana, post=critic, emergency="It gives an address of somebody.")
    if verdict == "confirm":
        actions.confirm(place.session, place.actor(place.mia), done)
    else:
        actions.refuse(place.session, place.actor(place.mia), done, "It does not.")
    assert (critic.deleted_at is None) == (verdict == "refuse")
    assert place.case("review").closed_at is not None


def test_every_other_door_is_closed_to_the_hosts_own_moderator(place, critic):
    hana = place.actor(place.hana)
    with pytest.raises(PeerNeeded):
        posts.remove_post(place.session, hana, critic, Ground("spam"))
    with pytest.raises(PeerNeeded):
        posts.hide_post(place.session, hana, critic, Ground("spam"))
    place.topic.concerns_host = True
    for verb in (posts.lock, posts.archive):
        with pytest.raises(PeerNeeded):
            verb(place.session, hana, place.topic)
    place.topic.concerns_host = False
    place.board.is_feedback = True
    with pytest.raises(PeerNeeded):
        posts.lock(place.session, hana, place.topic)
    posts.lock(place.session, place.actor(place.mo), place.topic)


def test_a_member_who_says_that_it_is_about_the_organization_makes_it_so(place):
    place.flag(place.ann, about_host=True)
    assert place.post.concerns_host
    assert place.decide(place.hana, case=place.case()).state == "proposed"


def test_what_one_wrote_oneself_one_may_still_change(place):
    own = cast.reply(place.session, place.topic, place.hana, "We are the host.")
    posts.delete_post(
        place.session, place.actor(place.hana), reads.post_for_update(place.session, place.actor(place.hana), own.id)
    )
    assert own.deleted_at is not None


def test_cases_are_seen_by_who_looks_after_their_board(place):
    from forum.core.errors import NotFound
    from forum.moderation import queries

    place.flag(place.ann)
    assert queries.case_for_update(place.session, place.actor(place.mo), place.case().id).id == place.case().id
    other = cast.board(place.session)
    case = place.session.get_one(Case, place.case().id)
    case.board_id = other.id
    for who in (place.ann, place.ben):
        with pytest.raises((NotFound, Refused)):
            queries.case_for_update(place.session, place.actor(who), case.id)
