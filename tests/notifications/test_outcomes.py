"""Who hears of what becomes of answers and ideas, on both databases."""

from __future__ import annotations

from datetime import timedelta

from forum.following import actions as following
from forum.notifications import queries as notices
from forum.posts import actions, jobs, queries
from tests import cast
from tests.machines.databases import writing
from tests.notifications.people import heard
from tests.posts.people import person


def act(session, person, verb, post, *rest):
    actor = cast.actor(session, person)
    session.flush()
    return verb(session, actor, queries.post_for_update(session, actor, post.id), *rest)


def test_an_author_hears_when_an_answer_is_confirmed_or_doubted_and_who_doubted_how_it_ended(session):
    ada, bo, cleo, dan = (cast.member(session, name) for name in ("ada", "bo", "cleo", "dan"))
    topic = cast.topic(session, cast.board(session, kind="question"), ada)
    answer = cast.reply(session, topic, bo)
    act(session, cast.staff(session), actions.confirm_answer, answer)
    for peer in (cleo, dan):
        act(session, peer, actions.react, answer, "worked_for_me")
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


def test_whoever_follows_an_idea_hears_its_state_and_why_and_of_a_merge_also_that_it_is_undone(session):
    people = {
        name: cast.member(session, name) for name in ("ada", "voter", "tracker", "watcher", "ends", "firsts", "deaf")
    }
    eli, board = cast.moderator(session, "eli"), cast.board(session, kind="idea")
    idea, other = cast.topic(session, board, people["ada"]), cast.topic(session, board, eli)
    actors = {name: cast.actor(session, who) for name, who in people.items()}
    for name in ("voter", "deaf"):
        actions.vote(session, actors[name], queries.topic_for_update(session, actors[name], idea.id))
    for name, level in (("tracker", "tracking"), ("deaf", "muted")):
        actions.follow_topic(session, actors[name], idea, level)
    for name, level in (("watcher", "watching"), ("voter", "watching"), ("ends", "answers"), ("firsts", "first_post")):
        following.follow_board(session, actors[name], board, level)
    steers = cast.actor(session, eli)
    actions.change_state(
        session, steers, queries.topic_for_update(session, steers, idea.id), "planned", cast.words("In spring.")
    )
    told, not_told = ("ada", "voter", "tracker", "watcher", "ends"), ("firsts", "deaf")
    assert [heard(session, people[name]) for name in told] == [["idea"]] * 5
    assert [heard(session, people[name]) for name in not_told] == [[], []]
    line = notices.centre(session, actors["tracker"]).lines[0]
    assert (line.says, line.because) == ("eli says that this is planned", "In spring.")

    why = cast.words("It is the same.")
    actions.merge_idea(session, steers, *queries.topics_for_update(session, steers, idea.id, other.id), why, why)
    following.follow_board(session, actors["watcher"], board, "normal")
    actions.unmerge_idea(session, steers, *queries.topics_for_update(session, steers, idea.id, other.id), why)
    assert [heard(session, people[name]) for name in told] == [["idea"] * 3] * 5
    assert [line.says for line in notices.centre(session, actors["watcher"]).lines][:2] == [
        "eli says that this is planned",
        "eli merged this idea into another",
    ], "taken apart, it is what it was before"


def test_whoever_follows_a_question_hears_once_that_an_answer_is_confirmed(session):
    people = {name: cast.member(session, name) for name in ("ada", "bo", "has_it", "answers", "cy", "di")}
    board = cast.board(session, kind="question")
    topic = cast.topic(session, board, people["ada"])
    actors = {name: cast.actor(session, who) for name, who in people.items()}
    following.follow_board(session, actors["answers"], board, "answers")
    actions.have_too(session, actors["has_it"], queries.topic_for_update(session, actors["has_it"], topic.id))
    answer = cast.reply(session, topic, people["bo"])
    for name in ("cy", "di"):
        act(session, people[name], actions.react, answer, "worked_for_me")
    act(session, cast.staff(session), actions.confirm_answer, answer)
    assert heard(session, people["answers"]) == heard(session, people["has_it"]) == ["answer"]
    assert heard(session, people["ada"]) == ["answer"], "the notice of the reply says more now"
    assert heard(session, people["bo"]) == ["reaction", "confirmed"]


def test_a_doubt_asks_the_author_and_two_weeks_later_those_who_follow(app, clock):
    with writing(app) as session:
        board = cast.board(session, kind="question")
        topic = cast.topic(session, board, person(session, "ada"))
        following.follow_board(session, cast.actor(session, person(session, "cy")), board, "answers")
        answer = cast.reply(session, topic, person(session, "bo"))
        act(session, person(session, "ada"), actions.accept_answer, answer)
        act(session, person(session, "reader"), actions.doubt, answer, "It is done otherwise now.")
        assert heard(session, person(session, "bo"))[-1] == "doubt"
        assert "doubted" not in heard(session, person(session, "cy"))
    clock.shift(timedelta(days=14))
    with app.app_context():
        jobs.tell_of_doubts()
        jobs.tell_of_doubts()
    with writing(app) as session:
        told = {name: heard(session, person(session, name)).count("doubted") for name in ("ada", "bo", "cy", "reader")}
        assert told == {"ada": 1, "bo": 0, "cy": 1, "reader": 0}


def test_where_nobody_can_be_asked_those_who_follow_hear_of_a_doubt_at_once(session):
    ada, cy = cast.member(session, "ada"), cast.member(session, "cy")
    topic = cast.topic(session, cast.board(session, kind="question"), ada)
    answer = cast.reply(session, topic, gone := cast.member(session, "gone"))
    act(session, ada, actions.accept_answer, answer)
    gone.deactivated_at = topic.created_at
    act(session, cy, actions.doubt, answer, "It is done otherwise now.")
    assert heard(session, ada)[-1] == "doubted"
