"""What open pages ask every few seconds."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from forum.boards.models import Board
from forum.core import clock as time
from forum.posts.models import Topic
from tests import cast
from tests.machines.databases import writing
from tests.notifications.people import reply
from tests.posts.people import counted, enter, person, read, topic_of

ROOT = Path(__file__).resolve().parents[2]


def watched(client, page):
    return re.search(r'name="live" content="([^"]+)" data-now="(\d+)"', read(client, page)).groups()


def test_an_open_page_asks_often_enough_to_say_within_five_seconds_what_happened():
    (every,) = re.findall(r"const EVERY = (\d+);", (ROOT / "static/js/live.js").read_text())
    assert int(every) <= 4_000, "a second is left for the answer"


@pytest.fixture
def topic(app):
    with writing(app) as session:
        bo = cast.member(session, "bo")
        cast.staff(session, "rena")
        return cast.topic(session, cast.board(session, "talk"), bo, "Pegs again").id


def test_a_page_asks_in_one_statement_and_hears_nothing_twice(app, client, topic):
    enter(app, client, "bo")
    token, _now = watched(client, f"/t/{topic}")
    with writing(app) as session:
        for text in ("One, @bo", "Two"):
            reply(session, topic_of(session, topic), person(session, "ada"), text, "bo")
    with counted(app) as said:
        answer = client.get(f"/live?w={token}&after=1")
    asked = [one for one in said if one.startswith("SELECT")]
    assert len(asked) == 1, asked
    assert answer.json == {"bell": 2, "replies": "2 new replies", "lists": "", "show": "show"}
    again = client.get(f"/live?w={token}&after=1", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/live?w={token}&after=3").json["replies"] == ""


def test_lists_say_how_many_topics_have_news_and_nothing_of_closed_boards(app, client, topic):
    with writing(app) as session:
        cast.board(session, "back", rights=cast.STAFF_ONLY)
    token, now = watched(client, "/latest")
    with writing(app) as session:
        reply(session, topic_of(session, topic), person(session, "ada"), "News")
        board = session.query(Board).filter_by(slug="back").one()
        cast.topic(session, board, person(session, "rena"), "Nobody but staff")
    assert client.get(f"/live?w={token}&since={int(now) - 1000}").json["lists"] == "1 topic with news"


@pytest.fixture
def lists(app, topic):
    """Two boards, a tag, a muted board; `ada` opened the first topic and mutes the last board."""
    from forum.boards.queries import board_by_slug
    from forum.following import actions as following

    with writing(app) as session:
        bo, ada = person(session, "bo"), cast.member(session, "ada")
        cast.tag(session, "gut")
        for slug in ("ask", "noise"):
            cast.board(session, slug, kind="question" if slug == "ask" else "discussion")
        asked = board_by_slug(session, cast.actor(session, bo), "ask")
        tagged = cast.topic(session, asked, bo, "Gut or steel", tags=("gut",)).id
        noise = board_by_slug(session, cast.actor(session, bo), "noise")
        loud = cast.topic(session, noise, bo, "Something loud").id
        following.follow_board(session, cast.actor(session, ada), noise, "muted")
        return {"pegs": topic, "tagged": tagged, "loud": loud}


@pytest.mark.parametrize(
    ("page", "heard"),
    [
        ("/", {"pegs", "tagged"}),
        ("/latest", {"pegs", "tagged"}),
        ("/unread", {"pegs"}),
        ("/new", set()),
        ("/b/talk", {"pegs"}),
        ("/b/noise", {"loud"}),
        ("/b/ask", {"tagged"}),
        ("/b/ask?show=solved", set()),
        ("/questions", {"tagged"}),
        ("/tags/gut", {"tagged"}),
        ("/hot", {"pegs"}),
    ],
)
def test_a_list_promises_what_it_shows_and_nothing_of_ones_own(app, client, lists, page, heard):
    from forum.popularity.models import TopicScore

    with writing(app) as session:
        board_id = topic_of(session, lists["pegs"]).board_id
        session.add(TopicScore(topic_id=lists["pegs"], span="hot", board_id=board_id, score=3, scored_at=time.now()))
    enter(app, client, "ada")
    read(client, f"/t/{lists['pegs']}-pegs-again")
    token, now = watched(client, page)
    asked = f"since={now}"

    def told_of(who, topic_id):
        with writing(app) as session:
            for one in session.query(Topic):
                one.bumped_at = one.last_post_at = one.created_at - timedelta(hours=1)
            reply(session, topic_of(session, topic_id), person(session, who), f"{who} on {topic_id}")
        with counted(app) as said:
            told = client.get(f"/live?w={token}&{asked}").json["lists"]
        assert len([one for one in said if one.startswith("SELECT")]) == 1
        return bool(told)

    assert {name for name, topic_id in lists.items() if told_of("bo", topic_id)} == heard
    assert not told_of("ada", lists["pegs"])
    token = client.get(f"/live/renew?w={token}").json["w"]
    assert told_of("bo", lists["pegs"]) is ("pegs" in heard)


def test_what_a_page_may_watch_ends_and_is_asked_anew(app, client, topic, clock):
    enter(app, client, "bo")
    token, _now = watched(client, f"/t/{topic}")
    assert client.get(f"/live?w={token}x").status_code == 410
    clock.shift(timedelta(minutes=20))
    assert client.get(f"/live?w={token}").status_code == 410
    fresh = client.get(f"/live/renew?w={token}").json["w"]
    assert client.get(f"/live?w={fresh}&after=0").json["replies"] == "1 new reply"
    enter(app, client, "ada")
    assert client.get(f"/live/renew?w={token}").status_code == 410
    with writing(app) as session:
        session.query(Topic).one().deleted_at = person(session, "bo").created_at
    enter(app, client, "bo")
    assert client.get(f"/live/renew?w={fresh}").status_code == 404


def test_an_open_conversation_says_that_a_message_came_to_those_who_are_in_it(app, client, clock):
    from forum.conversations import actions
    from tests.conversations.talk import ask, say, start

    with writing(app) as session:
        cast.member(session, "bo")
        about = start(session, cast.member(session, "ada"), "bo", title="Gut")
        number = about.id
    enter(app, client, "bo")
    token, _now = watched(client, f"/conversations/{number}")
    asked = f"/live?w={token}&after=1"
    assert client.get(asked).json["replies"] == ""
    clock.shift(timedelta(minutes=1))
    with writing(app) as session:
        say(session, person(session, "ada"), about, "Lamb, not beef.")
    with counted(app) as said:
        assert client.get(asked).json["replies"] == "1 new message"
    assert len([one for one in said if one.startswith("SELECT")]) == 1
    fragment = client.get(f"/conversations/{number}?after=1", headers={"HX-Request": "true"}).text
    assert ("Lamb, not beef." in fragment, "Hello there." in fragment, "<textarea" in fragment) == (True, False, False)
    clock.shift(timedelta(minutes=20))
    fresh = client.get(f"/live/renew?w={token}").json["w"]
    assert client.get(f"/live?w={fresh}&after=2").json["replies"] == ""
    with writing(app) as session:
        ask(session, actions.leave, person(session, "bo"), about)
    assert client.get(f"/live?w={fresh}&after=0").json["replies"] == "", "who left hears nothing"
    assert client.get(f"/live/renew?w={fresh}").status_code == 404


def test_showing_new_replies_gives_those_that_are_missing(app, client, topic):
    enter(app, client, "bo")
    with writing(app) as session:
        for number in range(2):
            reply(session, topic_of(session, topic), person(session, "ada"), f"Thought {number}")
    text = client.get(f"/t/{topic}-pegs-again?after=2", headers={"HX-Request": "true"}).text
    assert 'id="post-3"' in text
    assert 'id="post-2"' not in text
    assert "<html" not in text


def test_what_was_read_long_ago_goes_and_reactions_are_summed_once_a_day(app, clock, topic):
    from forum.notifications import jobs, queries
    from forum.notifications.models import Notice
    from forum.posts import actions
    from forum.posts.queries import post_for_update

    with writing(app) as session:
        opening = topic_of(session, topic).last_post_id
        for name in ("ada", "cy", "di"):
            actor = cast.actor(session, person(session, name))
            actions.react(session, actor, post_for_update(session, actor, opening), "helpful")
    clock.shift(timedelta(days=1))
    with app.app_context():
        jobs.sum_reactions()
        jobs.sum_reactions()
    with writing(app) as session:
        lines = queries.centre(session, cast.actor(session, person(session, "bo"))).lines
        assert [line.says for line in lines] == ["3 people reacted to your post"]
        first, second = session.query(Notice).order_by(Notice.id)
        assert (first.people, second.people) == (1, 2)
        first.read_at = second.created_at
    clock.shift(timedelta(days=91))
    with app.app_context():
        jobs.forget_read_notices()
    with writing(app) as session:
        assert session.query(Notice).count() == 1
