"""Polls on the page: asked beside the text, voted on without JavaScript, with a fixed number of questions."""

from __future__ import annotations

import re
from dataclasses import replace

from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.polls.people import WHICH, polled
from tests.posts.people import counted, enter, read, send

ASKED = {"poll-question": "Which gut?", "poll-options": "Sheep\nNylon\n", "poll-choose": "one", "poll-results": "voted"}


def starts(client, **typed):
    page = {"title": "A poll about gut", "body": "Please choose.", **ASKED, **typed}
    return send(client, "/b/talk/new", "/b/talk/new", **page)


def test_a_topic_comes_with_a_poll_and_members_vote(app, client):
    with writing(app) as session:
        cast.board(session, "talk")
    enter(app, client, "ada")
    place = starts(client).headers["Location"]
    enter(app, client, "bo")
    page = read(client, place)
    assert "Which gut?" in page
    assert "of 0 people" not in page
    with reading(app) as session:
        post_id = session.query(Post.id).scalar()
    option = re.search(r'name="option" value="(\d+)"', page)[1]
    answer = send(client, place, f"/p/{post_id}/poll/vote", option=option)
    assert answer.status_code == 303
    assert "1 of 1 person" in read(client, place)
    fragment = send(client, place, f"/p/{post_id}/poll/vote", option=option, htmx=True).text
    assert fragment.strip().startswith("<section")


def test_what_was_typed_into_a_poll_comes_back(app, client):
    with writing(app) as session:
        cast.board(session, "talk")
    enter(app, client, "ada")
    answer = starts(client, **{"poll-options": "Only this one"})
    assert answer.status_code == 422
    assert "Only this one" in answer.text
    assert "Write 2 to 20 options" in answer.text
    assert "Please choose." in answer.text


def test_polls_on_a_page_cost_one_question_and_pages_without_none(app, client):
    with writing(app) as session:
        board, ada = cast.board(session, "talk"), cast.member(session, "ada")
        plain = cast.topic(session, board, ada)
        post = polled(session, board, ada, replace(WHICH, is_anonymous=False))
        for number in range(6):
            cast.reply(session, post.topic, ada, along={"poll": {**WHICH.kept(), "question": f"And {number}?"}})
        paths = [f"/t/{plain.id}-{plain.slug}", f"/t/{post.topic_id}-{post.topic.slug}"]
    costs = []
    for path in paths:
        with counted(app) as said:
            read(client, path)
            asked = [one for one in said if "poll" in one.split("FROM")[-1].split("WHERE")[0]]
            costs.append(len(asked))
    assert costs == [0, 1]


def test_the_author_edits_and_closes_a_poll_and_members_see_who_voted(app, client):
    with writing(app) as session:
        post = polled(session, cast.board(session), cast.member(session, "ada"), replace(WHICH, is_anonymous=False))
        place, post_id = f"/t/{post.topic_id}-{post.topic.slug}", post.id
    enter(app, client, "ada")
    form = read(client, f"/p/{post_id}/poll/edit")
    assert "Sheep\nNylon" in form
    changed = {**ASKED, "poll-options": "Silk\nWool", "poll-secrecy": "public", "poll-seen": "0"}
    assert send(client, place, f"/p/{post_id}/poll/edit", **changed).status_code == 303
    page = read(client, place)
    assert "Silk" in page
    chosen = re.search(r'name="option" value="(\d+)"', page)[1]
    send(client, place, f"/p/{post_id}/poll/vote", option=chosen)
    assert "/u/ada" in read(client, f"/p/{post_id}/poll/voters")
    send(client, place, f"/p/{post_id}/poll/close")
    assert '/poll/vote"' not in read(client, place)
