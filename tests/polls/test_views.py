"""Polls on the page: asked beside the text, voted on without JavaScript, with a fixed number of questions."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from forum.polls.models import Poll
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
    place = starts(client, **{"poll-results": "now"}).headers["Location"]
    assert "Nobody has voted yet" in read(client, place)
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


def test_a_poll_is_added_by_editing_the_opening_post_as_long_as_there_is_none(app, client):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session, "talk"), cast.member(session, "ada"), body="As it stood.")
        post_id, place = topic.last_post_id, f"/p/{topic.last_post_id}/edit"
    enter(app, client, "ada")
    assert 'name="poll-question"' in read(client, place)
    refused = client.submit(place, {**ASKED, "poll-options": "Only one"}, form=place)
    assert refused.status_code == 422
    assert "Only one" in refused.text
    look = client.submit(place, {**ASKED, "preview": "1"}, form=place)
    assert "Sheep" in look.text
    form = {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', look.text)[1], "draft": "", **ASKED}
    keep = {**form, "body": "As it is now.", "title": "With a poll"}
    assert client.post(f"/drafts/edit/{post_id}", data=keep, headers={"Accept": "application/json"}).status_code == 200
    assert "Which gut?" in read(client, place), "the draft of an edit keeps its poll"
    for _ in range(2):  # pressing twice
        data = {**keep, "base": "0"}
        client.post(place, data=data)
    with reading(app) as session:
        assert session.query(Poll).one().post_id == post_id
        assert session.get(Post, post_id).has_poll
    assert "Which gut?" in read(client, f"/t/{topic.id}")
    assert 'name="poll-question"' not in read(client, place)
    enter(app, client, "mod", cast.moderator)
    other = place.replace("/edit", "")
    assert "Which gut?" in read(client, other)


@pytest.mark.databases("sqlite")
def test_a_poll_in_a_draft_and_in_what_a_guest_wrote_is_there_again(app, client, unhurried):
    with writing(app) as session:
        board_id = cast.board(session, "talk").id
    page = {"title": "A poll about gut", "body": "Please choose.", "first": "1", **ASKED}
    page["started"] = client.held("/b/talk/new", "body")["started"]
    assert send(client, "/b/talk/new", "/b/talk/new", **page).headers["Location"] == "/waiting"
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session, "ada"))
    shown = read(client, "/b/talk/new")
    assert all(text in shown for text in ("A poll about gut", "Which gut?", "Sheep\nNylon"))
    kept = send(client, "/b/talk/new", f"/drafts/topic/{board_id}", draft="", **{**page, "poll-most": "2"})
    assert kept.status_code == 303
    shown = read(client, "/b/talk/new")
    assert all(text in shown for text in ("Which gut?", "Sheep\nNylon", 'value="2"'))
    place = client.submit("/b/talk/new", {"poll-options": "Sheep\nSilk"}).headers["Location"]
    assert "Silk" in read(client, place)
