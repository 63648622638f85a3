"""What flags do by themselves, and when one may not flag."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core.errors import Conflict, Invalid, TooSoon
from forum.moderation import actions, subjects
from forum.moderation.queries import appeals
from forum.posts.addresses import post_path
from forum.posts.queries.heat import heat_for_reply
from forum.posts.quoting import quotation
from tests import cast
from tests.moderation.people import settle


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


@pytest.mark.parametrize("rule", ["outdated", "wrong_board"])
def test_what_is_out_of_date_or_on_the_wrong_board_waits_but_is_neither_folded_away_nor_heats_its_topic(place, rule):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who, rule=rule)
    assert (place.post.hidden_at, place.post.flag_count) == (None, 0)
    assert not heat_for_reply(place.session, place.actor(place.ann), place.topic, None).is_heated
    case = place.case()
    assert case.closed_at is None
    place.decide(place.mo, "keep", case=case)
    assert place.post.flag_count == 0


def test_the_hosts_people_neither_fold_away_nor_heat_what_is_said_below_a_topic_about_it(place):
    session = place.session
    topic = cast.topic(session, place.board, place.ann, "Acme never listens")
    answer = cast.reply(session, topic, place.ada, "Only a fool believes them.")
    for who in (place.hana, *(cast.staff(session, name) for name in ("sid", "sue"))):
        place.flag(who, post=answer)
    assert (answer.hidden_at, answer.flag_count, place.case().concerns_host) == (None, 0, True)
    assert not heat_for_reply(session, place.actor(place.cy), topic, None).is_heated
    place.decide(place.mo, "keep", place.case(), post=answer)
    assert answer.flag_count == 0
    for who in (place.ann, place.ben, place.cy):
        place.flag(who, post=answer)
    assert (answer.hidden_at is not None, answer.flag_count) == (True, 3)


def test_what_the_hosts_people_said_before_it_was_known_to_be_about_the_host_weighs_nothing_since(place):
    for name in ("sid", "sue"):
        place.flag(cast.staff(place.session, name))
    assert (place.post.hidden_at, place.post.flag_count) == (None, 2)
    place.flag(place.ann, about_host=True)
    assert (place.post.hidden_at, place.post.flag_count) == (None, 1)
    place.decide(place.mo, "hide", place.case())
    assert place.post.flag_count == 1


def test_one_of_the_hosts_people_who_says_that_it_is_about_it_weighs_nothing(place):
    assert place.flag(place.hana, about_host=True).weight == 0
    assert (place.case().weight, place.post.flag_count) == (0, 0)


def test_a_flag_that_says_something_else_takes_the_place_of_the_first(place):
    first = place.flag(place.ann, rule="outdated")
    place.flag(place.ben), place.flag(place.cy)
    version = place.case().version
    assert place.post.hidden_at is None
    again = place.flag(place.ann, rule="unkind", words="Look at the second line.")
    assert (again.id, again.rule, again.words) == (first.id, "unkind", "Look at the second line.")
    assert place.case().version > version
    assert (place.post.hidden_at is not None, place.post.flag_count) == (True, 3)


def test_what_was_said_in_confidence_stays_in_confidence(place):
    place.flag(place.ann, rule="harmful", words="I fear him.")
    again = place.flag(place.ann, rule="unkind", words="He is rude, too.")
    assert (again.rule, again.words) == ("harmful", "He is rude, too.")


def test_what_moderators_agreed_with_is_not_dropped_in_silence(place):
    place.flag(place.ann)
    place.decide(place.mo, "hide", case=place.case())
    with pytest.raises(Invalid, match="if there is more"):
        place.flag(place.ann, rule="spam")


@pytest.mark.parametrize("how", ["below", "quoting"])
def test_who_has_just_written_below_or_with_its_words_takes_a_minute_first(place, clock, how):
    if how == "below":
        cast.reply(place.session, place.topic, place.ben, "Who is a fool?")
    else:
        other = cast.reply(place.session, place.topic, place.cy, "Calm down.")
        quote = quotation(place.post.source, "ada", post_path(place.post))
        cast.reply(place.session, place.topic, place.ben, quote + "No!", reply_to_number=other.number)
    with pytest.raises(TooSoon, match="Take a minute"):
        place.flag(place.ben)
    place.flag(place.ann)
    clock.shift(timedelta(seconds=61))
    assert place.flag(place.ben).rule == "unkind"


def test_who_has_just_answered_a_member_does_not_flag_their_profile_within_the_minute(place, clock):
    cast.reply(place.session, place.topic, place.ben, "Who is a fool?", reply_to_number=place.post.number)

    def flag(who):
        ada = subjects.load(place.session, "account", place.ada.id)
        return actions.flag(place.session, place.actor(who), ada, "unkind", "Look.")

    with pytest.raises(TooSoon, match="Take a minute"):
        flag(place.ben)
    assert flag(place.cy).rule == "unkind"
    clock.shift(timedelta(seconds=61))
    assert flag(place.ben).rule == "unkind"


def test_who_objects_twice_in_other_words_is_told_that_one_is_looked_at(place):
    made = place.decide(place.mo, "remove")
    me = place.actor(place.ada)

    def objects(words):
        return actions.appeal(place.session, me, appeals.objected_for_update(place.session, me, made.id), words)

    first = objects("It was a joke.")
    assert objects("It was a joke.") is first
    with pytest.raises(Conflict, match="objected already"):
        objects("And a good one.")
