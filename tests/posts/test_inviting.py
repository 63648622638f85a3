"""Asking somebody to answer: only who said so, seldom, never twice; with a quiet way out."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from forum.core.errors import Invalid, NotFound, Refused, TooSoon
from forum.permissions import Group, Right
from forum.posts import actions, queries
from forum.posts.outcome_models import Invitation
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.posts.people import enter, press, send


@pytest.fixture
def place(session, clock):
    """A board, a question of ada's about reeds, and bo, who may be asked."""
    board = cast.board(session, "questions", kind="question")
    cast.tag(session, "reeds")
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo", may_be_asked=True)
    return board, cast.topic(session, board, ada, tags=("reeds",)), ada, bo


def ask(session, by, topic, person):
    actor = cast.actor(session, by)
    session.flush()
    with session.begin_nested():
        topic = queries.topic_for_update(session, actor, topic.id)
        return actions.ask_to_answer(session, actor, topic, person)


def own(session, person, topic):
    actor = cast.actor(session, person)
    return actor, queries.own_invitation(session, actor, queries.topic_for_update(session, actor, topic.id))


def test_somebody_is_asked_once_a_week_whoever_asks_and_never_twice_for_one_question(session, place, clock):
    board, topic, ada, bo = place
    cleo = cast.member(session, "cleo")
    ask(session, ada, topic, bo)
    other = cast.topic(session, board, cleo)
    with pytest.raises(Invalid, match="a short while ago"):
        ask(session, cleo, other, bo)
    clock.shift(timedelta(days=7, minutes=1))
    ask(session, cleo, other, bo)
    clock.shift(timedelta(days=8))
    with pytest.raises(Invalid, match="already"):
        ask(session, cleo, topic, bo)
    with pytest.raises(Refused):
        ask(session, cast.suspended(session), cast.topic(session, board, ada), bo)


def test_only_who_said_so_can_reply_here_and_has_not_yet_is_asked(session, place):
    _board, topic, ada, bo = place
    for person in (cast.member(session), cast.suspended(session, may_be_asked=True), ada):
        with pytest.raises(Invalid):
            ask(session, ada, topic, person)
    closed = cast.board(
        session, kind="question", rights={Group.EVERYONE: [Right.SEE], Group.STAFF: [Right.START, Right.REPLY]}
    )
    stella = cast.staff(session, may_be_asked=True)
    inside = cast.topic(session, closed, stella)
    with pytest.raises(Invalid, match="cannot reply here"):
        ask(session, stella, inside, bo)
    cast.reply(session, topic, bo)
    with pytest.raises(Invalid, match="replied"):
        ask(session, ada, topic, bo)


def test_nobody_asks_more_than_five_people_a_day(session, place):
    _board, topic, ada, _bo = place
    for _turn in range(5):
        ask(session, ada, topic, cast.member(session, may_be_asked=True))
    with pytest.raises(TooSoon):
        ask(session, ada, topic, cast.member(session, may_be_asked=True))


def test_two_who_ask_the_same_person_at_once_ask_once(app):
    with writing(app) as session:
        board = cast.board(session, kind="question")
        bo = cast.member(session, "bo", may_be_asked=True)
        askers = [cast.member(session) for _ in range(3)]
        asked = [(cast.actor(session, asker), cast.topic(session, board, asker).id) for asker in askers]

    def run(actor, topic):
        with writing(app) as session:
            person = session.get_one(cast.Account, bo.id)
            actions.ask_to_answer(session, actor, queries.topic_for_update(session, actor, topic), person)

    assert at_once(*(partial(run, *one) for one in asked)).count(None) == 1
    with reading(app) as session:
        assert session.query(Invitation).count() == 1


def test_who_is_asked_answers_names_somebody_else_or_declines_quietly(session, place):
    board, topic, ada, bo = place
    cleo = cast.member(session, "cleo", may_be_asked=True)
    ask(session, ada, topic, bo)
    assert queries.topic(session, cast.actor(session, bo), topic.id).asked_by
    actor, mine = own(session, bo, topic)
    following = actions.hand_on(session, actor, topic, mine, cleo)
    assert (mine.state, following.account_id, following.by_id) == ("handed_on", cleo.id, bo.id)
    with pytest.raises(Invalid):
        actions.hand_on(session, actor, topic, mine, cleo)
    cast.reply(session, topic, cleo)
    session.refresh(following)
    assert following.state == "answered"
    with pytest.raises(NotFound):
        own(session, ada, topic)
    dan = cast.member(session, "dan", may_be_asked=True)
    second = ask(session, ada, cast.topic(session, board, ada), dan)
    actor = cast.actor(session, dan)
    actions.decline_invitation(session, actor, second)
    actions.decline_invitation(session, actor, second)
    assert second.state == "declined"
    with pytest.raises(Refused):
        actions.decline_invitation(session, cast.actor(session, ada), second)


def test_three_people_are_suggested_whose_replies_on_these_tags_were_accepted_lately(session, place, clock):
    board, topic, ada, bo = place
    cleo = cast.member(session, "cleo", may_be_asked=True)
    shy = cast.member(session, "shy")

    def accepted(person, *tags):
        other = cast.topic(session, board, ada, tags=tags)
        post = cast.reply(session, other, person)
        actor = cast.actor(session, ada)
        actions.accept_answer(session, actor, queries.post_for_update(session, actor, post.id))

    accepted(cleo, "reeds")
    clock.shift(timedelta(days=170))
    for person in (bo, bo, shy):
        accepted(person, "reeds")
    accepted(cast.member(session, may_be_asked=True))  # of another kind

    def suggested():
        return [
            (one.person.name, one.accepted) for one in queries.suggestions(session, cast.actor(session, ada), topic)
        ]

    assert suggested() == [("bo", 2), ("cleo", 1)]
    clock.shift(timedelta(days=20))
    assert suggested() == [("bo", 2)]
    ask(session, ada, topic, bo)
    assert suggested() == []


def test_on_the_pages_one_asks_by_suggestion_or_name_and_who_is_asked_sees_it(app, client):
    with writing(app) as session:
        board = cast.board(session, "questions", kind="question")
        topic = cast.topic(session, board, cast.member(session, "ada"), "About pegs").id
        cast.member(session, "bo", may_be_asked=True, display_name="Bo B.")
        cast.member(session, "cleo", may_be_asked=True, display_name="Cleo C.")
    enter(app, client, "ada")
    page = f"/t/{topic}/ask"
    assert page in client.get(f"/t/{topic}", follow_redirects=True).text
    answer = send(client, page, page, name="nobody")
    assert (answer.status_code, "nobody of this name" in answer.text, 'value="nobody"' in answer.text) == (
        422,
        True,
        True,
    )
    assert press(client, page, page, name="@bo").status_code == 303
    enter(app, client, "bo")
    assert "thinks that you could answer this" in client.get(f"/t/{topic}", follow_redirects=True).text
    press(client, f"/t/{topic}/not-me", f"/t/{topic}/not-me", name="cleo")
    text = client.get(f"/t/{topic}", follow_redirects=True).text
    assert "Cleo C. is asked in your place" in text
    assert "thinks that you could answer this" not in text
    assert client.get(f"/t/{topic}/not-me").status_code == 404
    enter(app, client, "cleo")
    press(client, f"/t/{topic}", f"/t/{topic}/rather-not")
    assert "thinks that you could answer this" not in client.get(f"/t/{topic}", follow_redirects=True).text


def test_a_member_says_in_the_settings_that_they_may_be_asked(app, client):
    enter(app, client, "ada")
    assert "You may ask me for answers" in client.get("/settings").text
    assert send(client, "/settings", "/settings/profile", may_be_asked="y").status_code in {200, 303}
    with reading(app) as session:
        assert session.query(cast.Account).filter_by(name="ada").one().may_be_asked
