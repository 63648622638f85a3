"""What one may do, undo and do again rings no bell without end, on both databases."""

from __future__ import annotations

from datetime import timedelta

from forum.conversations import actions as conversations
from forum.core import clock
from forum.groups import actions as groups
from forum.groups import queries as standings
from forum.posts import actions as posts
from forum.posts import queries
from forum.posts.drafts import EditDraft
from forum.posts.models import Post
from tests import cast
from tests.conversations.talk import ask as about_it
from tests.conversations.talk import start
from tests.gatherings.test_attendance import answers, event
from tests.notifications.people import heard


def test_who_doubts_and_takes_it_back_again_and_again_is_heard_once_a_day(session, clock):
    ada, bo, cleo = (cast.member(session, name) for name in ("ada", "bo", "cleo"))
    answer = cast.reply(session, cast.topic(session, cast.board(session, kind="question"), ada), bo)
    asker, doubter = cast.actor(session, ada), cast.actor(session, cleo)
    posts.accept_answer(session, asker, queries.post_for_update(session, asker, answer.id))

    def doubts():
        post = queries.post_for_update(session, doubter, answer.id)
        posts.doubt(session, doubter, post, "It is done otherwise now.")
        posts.withdraw_doubt(session, doubter, queries.post_for_update(session, doubter, answer.id))

    for _ in range(3):
        doubts()
    assert heard(session, bo).count("doubt") == 1
    clock.shift(timedelta(days=1))
    doubts()
    assert heard(session, bo).count("doubt") == 2


def test_a_group_is_asked_and_people_are_invited_again_and_again_and_hear_it_once_a_day(session):
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    group = cast.group(session, "Tuners", joining="request")
    cast.join(session, bo, group.id, is_owner=True)

    def of(person):
        actor = cast.actor(session, person)
        return actor, standings.standing(session, actor, "tuners")

    for _ in range(3):
        groups.ask(session, *of(ada), "I tune by ear.")
        groups.withdraw(session, *of(ada))
    assert heard(session, bo) == ["group_request"]
    for _ in range(3):
        request = groups.invite(session, *of(bo), ada)
        groups.decide(session, *of(bo), request, yes=False, reason="")
    assert heard(session, ada) == ["group_invitation"]


def test_who_leaves_a_conversation_is_brought_in_again_with_one_bell_a_day(session):
    ada, bo, cleo = (cast.member(session, name) for name in ("ada", "bo", "cleo"))
    talk = start(session, ada, "bo")
    for _ in range(3):
        about_it(session, conversations.invite, ada, talk, cleo, whole=False)
        about_it(session, conversations.leave, cleo, talk)
    assert heard(session, cleo) == ["conversation"]
    assert "conversation" not in heard(session, bo)


def test_an_event_that_moves_all_day_long_is_told_three_times(session):
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    topic = event(session, cast.board(session, kind="event"), ada)
    answers(session, bo, topic, "yes")
    actor = cast.actor(session, ada)
    for days in range(4, 9):
        opening = session.query(Post).filter_by(topic_id=topic.id, number=1).one()
        post = queries.post_for_update(session, actor, opening.id)
        starts = clock.now() + timedelta(days=days)
        draft = EditDraft(cast.words(post.source), post.revision_count, fields=topic.fields, starts_at=starts)
        posts.edit_post(session, actor, post, draft)
    assert heard(session, bo) == ["event_moved"] * 3
