"""Whom a decision concerns is told everything, and may object; somebody who took no part answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, NotFound, Refused
from forum.mail.models import OutboxMessage
from forum.moderation import actions
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Flag, Ruling
from forum.moderation.queries import appeals
from forum.moderation.queries.contested import contested
from forum.moderation.queries.reasons import reasons
from forum.notifications.models import Notice
from forum.organization.charter import Clock, Commitment, Kind
from forum.permissions import Group
from forum.posts import check
from forum.posts.powers import PeerNeeded
from tests import cast
from tests.moderation.people import settle
from tests.stewardship.test_commitments import kept, promise


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


def told(place, who) -> list[str]:
    """The kinds of notices that somebody has, in order."""
    place.session.flush()
    asked = select(Notice.kind).where(Notice.recipient_id == who.id).order_by(Notice.id)
    return [kind for kind in place.session.scalars(asked) if kind not in ("reply", "watching", "first_post")]


def object_to(place, who, decision, words="It was a quote.") -> Appeal:
    ruling = appeals.objected_for_update(place.session, place.actor(who), decision.id)
    return actions.appeal(place.session, place.actor(who), ruling, words)


def answer(place, who, made, outcome="reversed", version=None) -> None:
    session, actor = place.session, place.actor(who)
    found = appeals.appeal_for_update(session, actor, made.id)
    case = appeals.appeal_case(session, made.id)
    seen = case.version if case is not None and version is None else version or 0
    actions.decide_appeal(session, actor, found, outcome, "I looked at it anew.", seen)


def in_order(place) -> bool:
    place.session.flush()
    return list(check.drifts(place.session)) == []


# ── everybody is told ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_author_gets_the_whole_statement_by_notice_and_mail_and_no_name_of_who_flagged(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    decision = place.decide(place.mo, case=place.case())
    assert told(place, place.ada) == ["hidden", "decided"]
    mail = place.session.scalars(
        select(OutboxMessage).where(OutboxMessage.cause == "decision").order_by(OutboxMessage.id.desc())
    ).first()
    said = ("What you wrote was removed.", "Unkind", "It calls somebody a fool.", "How it was found", "a person")
    for words in (*said, "Only a fool asks.", f"/decisions/{decision.id}", "court"):
        assert words in mail.text
    page = reasons(place.session, appeals.decision(place.session, place.actor(place.ada), decision.id))
    assert page.until == decision.at + timedelta(days=183)
    for name in ("ann", "ben", "cyd", "momo"):
        assert name not in mail.text.replace("ada", "")


def test_who_flagged_hears_what_came_of_it_but_not_what_else_happened(place):
    place.flag(place.ann)
    place.decide(place.mo, case=place.case())
    assert told(place, place.ann) == ["flag_right"]
    other = cast.reply(place.session, place.topic, place.ada, "Pegs are fine.")
    place.flag(place.ben, post=other)
    kept = place.decide(place.mo, "keep", place.case(), post=other, facts="It says nothing of anybody.")
    assert told(place, place.ben) == ["flag_kept"]
    assert appeals.decision(place.session, place.actor(place.ben), kept.id) is kept
    assert "decided" not in told(place, place.ada)[1:]


def test_a_statement_is_for_whom_it_concerns_and_who_may_decide_there(place):
    decision = place.decide(place.mo)
    for who in (place.ada, place.mo, place.mia):
        assert appeals.decision(place.session, place.actor(who), decision.id) is decision
    with pytest.raises(NotFound):
        appeals.decision(place.session, place.actor(place.ben), decision.id)


def test_what_is_only_proposed_its_author_does_not_hear_of_but_peers_do(place):
    name = place.actor(place.hana).belonging.organization
    critic = cast.reply(place.session, place.topic, place.ben, f"{name} never listens.")
    proposed = place.decide(place.hana, post=critic)
    assert told(place, place.ben) == []
    assert [told(place, who) for who in (place.mo, place.mia, place.hana)] == [["proposal"], ["proposal"], []]
    with pytest.raises(NotFound):
        appeals.decision(place.session, place.actor(place.ben), proposed.id)
    actions.refuse(place.session, place.actor(place.mo), proposed, "It is an opinion.")
    assert told(place, place.hana) == ["proposal_refused"]


# ── objecting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_who_took_no_part_finds_the_objection_right_and_everything_is_as_before(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    decision = place.decide(place.mo, case=place.case())
    made = object_to(place, place.ada, decision)
    assert object_to(place, place.ada, decision) is made
    assert (told(place, place.mia)[-1:], "objection" in told(place, place.mo)) == (["objection"], False)
    with pytest.raises(Refused, match="took part"):
        answer(place, place.mo, made)
    answer(place, place.mia, made)
    assert (place.post.deleted_at, place.post.hidden_at, place.post.flag_count) == (None, None, 0)
    assert {flag.verdict for flag in place.session.scalars(select(Flag))} == {"wrong"}
    assert told(place, place.ada)[-1] == "objection_answered"
    assert told(place, place.mo)[-1] == "objection_was_right"
    assert told(place, place.ann)[-1] == "flag_kept"
    assert in_order(place)


def test_an_answer_that_was_wrong_is_looked_at_once_more(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    made = object_to(place, place.ada, place.decide(place.mo, case=place.case()))
    answer(place, place.mia, made)
    actions.undo_appeal(place.session, place.actor(place.mia), made)
    assert (made.state, place.post.removal_rule, place.post.flag_count) == ("open", "unkind", 3)
    assert place.post.hidden_at is not None
    assert place.case("appeal").closed_at is None
    assert in_order(place)
    answer(place, place.mia, made, "upheld")
    assert place.post.deleted_at is not None
    with pytest.raises(Refused, match="already"):
        object_to(place, place.ada, place.session.get_one(Ruling, made.ruling_id))


def test_one_may_object_for_half_a_year_suspended_or_not_and_withdraw_it(place, clock):
    decision = place.decide(place.mo)
    cast.suspend(place.session, place.ada)
    place.session.flush()
    made = object_to(place, place.ada, decision)
    actions.withdraw_appeal(place.session, place.actor(place.ada), made)
    assert place.case("appeal").outcome == "withdrawn"
    with pytest.raises(Invalid):
        object_to(place, place.ada, decision, " ")
    clock.shift(timedelta(days=184))
    with pytest.raises(Refused, match="is over"):
        object_to(place, place.ada, decision)


def test_who_flagged_may_object_when_it_stays_and_then_it_waits_again(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    kept = place.decide(place.mo, "keep", place.case())
    assert told(place, place.ada) == ["hidden", "shown_again"]
    made = object_to(place, place.ann, kept)
    with pytest.raises(Conflict):
        object_to(place, place.ben, kept)
    with pytest.raises(Refused):
        object_to(place, place.ada, kept)
    answer(place, place.mia, made)
    assert (place.post.hidden_at is not None, place.post.flag_count) == (True, 3)
    assert place.case("flagged").closed_at is None
    actions.undo_appeal(place.session, place.actor(place.mia), made)
    assert (place.post.hidden_at, place.post.flag_count) == (None, 0)
    assert in_order(place)


def test_only_whom_it_concerns_objects(place):
    decision = place.decide(place.mo)
    for who in (place.ben, place.mia):
        with pytest.raises((NotFound, Refused)):
            object_to(place, who, decision)


def test_the_second_of_two_who_answer_is_told(place):
    made = object_to(place, place.ada, place.decide(place.mo))
    seen = place.case("appeal").version
    answer(place, place.mia, made, "upheld")
    with pytest.raises(Conflict):
        answer(place, place.mia, made, version=seen)


def test_what_is_about_the_host_none_of_its_people_answers(place):
    name = place.actor(place.hana).belonging.organization
    critic = cast.reply(place.session, place.topic, place.ben, f"{name} never listens.")
    made = object_to(place, place.ben, place.decide(place.mo, post=critic))
    assert "objection" not in told(place, place.hana)
    with pytest.raises(PeerNeeded):
        answer(place, place.hana, made)
    answer(place, place.mia, made)
    assert critic.deleted_at is None


def test_who_objects_may_say_that_it_is_about_the_host_and_then_a_peer_answers(place):
    session, decision = place.session, place.decide(place.mo)
    ruling = appeals.objected_for_update(session, place.actor(place.ada), decision.id)
    made = actions.appeal(session, place.actor(place.ada), ruling, "It was about them.", about_host=True)
    assert (place.case("appeal").concerns_host, "objection" in told(place, place.hana)) == (True, False)
    with pytest.raises(PeerNeeded):
        answer(place, place.hana, made)
    answer(place, place.mia, made, "upheld")
    undoing = appeals.appeal_for_update(session, place.actor(place.hana), made.id)
    with pytest.raises(PeerNeeded):
        actions.undo_appeal(session, place.actor(place.hana), undoing)


def test_what_is_known_to_be_about_the_host_only_after_the_decision_none_of_its_people_answers_either(place):
    place.flag(place.ann)
    made = object_to(place, place.ada, place.decide(place.mo, "hide"))
    assert not contested(place.session, place.session.get_one(Ruling, made.ruling_id)).concerns_host
    place.post.concerns_host = True
    place.session.flush()
    with pytest.raises(PeerNeeded):
        answer(place, place.hana, made)
    answer(place, place.mia, made)


def test_where_all_moderators_took_part_administrators_answer_and_where_none_is_it_waits(place):
    for who in (place.mia, place.hana):
        place.flag(who)
    decision = place.decide(place.mo, case=place.case())
    made = object_to(place, place.ada, decision)
    found = contested(place.session, decision)
    assert (found.is_for_administrators, found.has_judge, place.case("appeal").board_id) == (True, False, None)
    chief = cast.administrator(place.session, "chief")
    place.session.flush()
    assert contested(place.session, decision).has_judge
    answer(place, chief, made)
    assert place.post.deleted_at is None
    assert in_order(place)


def test_administrators_stay_out_while_a_moderator_can_answer(place):
    made = object_to(place, place.ada, place.decide(place.mo))
    elsewhere = cast.join(place.session, cast.member(place.session, "boss"), Group.ADMINISTRATORS)
    if not place.actor(elsewhere).may(cast.Right.MODERATE, place.board.id):
        with pytest.raises(Refused):
            answer(place, elsewhere, made)
    answer(place, place.mia, made, "upheld")


def test_how_soon_objections_are_answered_is_measured_like_any_promise(place, clock):
    promise(place.session, {Kind.APPEAL: Commitment(24, Clock.WALL)})
    first, second = (cast.reply(place.session, place.topic, place.ada) for _ in range(2))
    answered, late, withdrawn = (
        object_to(place, place.ada, place.decide(place.mo, post=post)) for post in (place.post, first, second)
    )
    actions.withdraw_appeal(place.session, place.actor(place.ada), withdrawn)
    answer(place, place.mia, answered, "upheld")
    assert kept(place.session, "appeal") == (1, 0, 1)
    clock.shift(timedelta(hours=25))
    answer(place, place.mia, late)
    assert kept(place.session, "appeal") == (1, 1, 0)
    assert appeals.lately(place.session, clocks.now()) == 3
