"""Who hears of what becomes of answers and ideas, on both databases."""

from __future__ import annotations

from forum.posts import actions, queries
from tests import cast
from tests.notifications.people import heard


def act(session, person, verb, post, *rest):
    actor = cast.actor(session, person)
    session.flush()
    return verb(session, actor, queries.post_for_update(session, actor, post.id), *rest)


def test_an_author_hears_when_an_answer_is_confirmed_or_doubted_and_who_doubted_how_it_ended(session):
    ada, bo, cleo, dan = (cast.member(session, name) for name in ("ada", "bo", "cleo", "dan"))
    topic = cast.topic(session, cast.board(session, kind="question"), ada)
    answer = cast.reply(session, topic, bo)
    act(session, cast.staff(session), actions.confirm_answer, answer)
    for person in (cleo, dan):
        act(session, person, actions.react, answer, "worked_for_me")
    assert heard(session, bo) == ["confirmed", "reaction"], "once, whoever confirms"
    act(session, cleo, actions.doubt, answer, "It is done otherwise now.")
    assert heard(session, bo) == ["confirmed", "reaction", "doubt"]
    act(session, ada, actions.say_outdated, answer)
    assert heard(session, cleo) == ["settled"]


def test_who_is_asked_hears_it(session):
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo", may_be_asked=True)
    topic = cast.topic(session, cast.board(session, kind="question"), ada)
    actor = cast.actor(session, ada)
    actions.ask_to_answer(session, actor, queries.topic_for_update(session, actor, topic.id), bo)
    assert heard(session, bo) == ["asked"]


def test_whoever_is_for_an_idea_hears_how_far_it_is(session):
    ada, bo, cleo, eli = cast.member(session), cast.member(session), cast.member(session), cast.moderator(session)
    idea = cast.topic(session, cast.board(session, kind="idea"), ada)
    other = cast.topic(session, idea.board, eli)
    actor = cast.actor(session, bo)
    actions.vote(session, actor, queries.topic_for_update(session, actor, idea.id))
    actor, why = cast.actor(session, eli), cast.words("There is room for it.")
    actions.change_state(session, actor, queries.topic_for_update(session, actor, idea.id), "planned", why)
    pair = queries.topics_for_update(session, actor, idea.id, other.id)
    actions.merge_idea(session, actor, *pair, why, why)
    assert (heard(session, ada), heard(session, bo)) == (["idea", "idea"], ["idea", "idea"])
    assert (heard(session, cleo), heard(session, eli)) == ([], [])
