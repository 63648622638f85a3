"""A reply that becomes a part of one's last post, or the beginning of another topic. Nothing written is lost."""

from __future__ import annotations

import pytest

from forum.drafts.models import Draft
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, send, topic_of


@pytest.fixture
def topic(app, clock):
    with writing(app) as session:
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
        topic = cast.topic(session, cast.board(session, "talk"), ada, "Which [gut]?")
        for words in ("One thing.", "Another."):
            cast.reply(session, topic, bo, words)
        return topic.id


def say(client, topic, body, **more):
    return send(client, f"/t/{topic}", f"/t/{topic}/reply", body=body, **more)


def bodies(app):
    with reading(app) as session:
        return [post.source for post in session.query(Post).order_by(Post.number)][1:]


def test_the_third_reply_in_a_row_is_added_to_the_last_at_a_press(app, client, topic, clock):
    enter(app, client, "bo")
    clock.shift(60)
    asked = say(client, topic, "A third.")
    assert asked.status_code == 409
    assert "Add it to my last post" in asked.text
    answer = say(client, topic, "A third.", instead="add")
    assert answer.status_code == 303
    assert answer.location.endswith("#post-3")
    first, second = bodies(app)
    assert second.startswith("Another.")
    assert second.endswith("\n\nA third.")
    with writing(app) as session:
        cast.reply(session, topic_of(session, topic), cast.member(session, "cy"), "Mine.")
    late = say(client, topic, "A fourth.", instead="add")
    assert late.status_code == 409
    assert "A fourth." in late.text
    assert bodies(app)[:2] == [first, second]
    assert say(client, topic, " ", instead="add").status_code == 422


def test_what_one_would_say_in_an_old_topic_begins_a_new_one_that_links_back(app, client, topic, clock):
    with writing(app) as session:
        cast.member(session, "cy")
    clock.shift(86_400 * 300)
    enter(app, client, "cy")
    assert "Start a new topic with it" in say(client, topic, "By now?").text
    answer = say(client, topic, "By now?", instead="topic")
    assert answer.location.endswith("/b/talk/new")
    form = client.get("/b/talk/new").text
    assert "By now?" in form
    assert rf"[Which \[gut\]?](/t/{topic}-which-gut)" in form
    again = say(client, topic, "And this?", instead="topic")
    assert again.status_code == 409
    assert "And this?" in again.text
    with reading(app) as session:
        assert [draft.place for draft in session.query(Draft)] == ["topic"]
        assert session.query(Post).count() == 3
