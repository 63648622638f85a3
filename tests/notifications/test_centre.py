"""The bell and the centre, as a member without JavaScript meets them."""

from __future__ import annotations

import re

import pytest

from forum.boards.models import Board, BoardRight
from forum.notifications.models import ChannelChoice, Notice
from tests import cast
from tests.machines.databases import writing
from tests.notifications.people import reply
from tests.posts.people import enter, person, press, read, token, topic_of


def bell(client):
    found = re.search(r'class="bell-count" id="bell-count">(\d+\+?)<', client.get("/").text)
    return found[1] if found else None


@pytest.fixture
def topic(app):
    with writing(app) as session:
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
        made = cast.topic(session, cast.board(session, "talk"), ada, "How do pegs stick")
        first = reply(session, made, bo, "With chalk.")
        reply(session, made, ada, "Chalk?", reply_to_number=first.number)
        reply(session, made, ada, "What do you say, @bo?", "bo")
        return made.id


def test_the_bell_counts_lines_and_reading_the_topic_makes_them_seen(app, client, topic):
    enter(app, client, "bo")
    assert bell(client) == "2"
    text = client.get("/notices").text
    assert "ada mentioned you" in text
    assert "ada replied to you" in text
    read(client, f"/t/{topic}")
    assert bell(client) is None
    assert "ada mentioned you" in client.get("/notices").text
    assert "You have seen it all" in client.get("/notices?show=unread").text


def test_the_bell_counts_and_the_centre_shows_nothing_of_a_place_that_was_closed(app, client, topic):
    enter(app, client, "bo")
    token = re.search(r'name="live" content="([^"]+)"', read(client, "/")).group(1)
    assert (bell(client), client.get(f"/live?w={token}").json["bell"]) == ("2", 2)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="talk").one()
        below = cast.board(session, "below", parent_id=board.id, section_id=board.section_id)
        reply(session, cast.topic(session, below, person(session, "ada")), person(session, "ada"), "And @bo?", "bo")
        circle = cast.group(session, "Circle")
        cast.join(session, person(session, "ada"), circle.id)
        board_id, circle_id = board.id, circle.id
    assert bell(client) == "3"
    with writing(app) as session:
        session.query(BoardRight).filter_by(board_id=board_id).delete()
        session.add(BoardRight(board_id=board_id, group_id=circle_id, right="see"))
    assert (bell(client), client.get(f"/live?w={token}").json["bell"]) == (None, 0)
    assert "Nothing here yet" in client.get("/notices").text
    with writing(app) as session:
        cast.join(session, person(session, "bo"), circle_id)
    assert bell(client) == "3"


def test_a_member_marks_one_then_all_and_thinks_better_of_it(app, client, topic):
    enter(app, client, "bo")
    with writing(app) as session:
        newest = session.query(Notice.id).order_by(Notice.id.desc()).first()[0]
    press(client, "/notices", f"/notices/{newest}/seen", next="/notices?show=unread")
    assert bell(client) == "1"
    press(client, "/notices", "/notices/seen")
    text = client.get("/notices").text
    assert "All notices are marked as read." in text
    assert bell(client) is None
    at = re.search(r'name="at" value="([^"]+)"', text)[1]
    enter_token = client.get("/settings").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', enter_token)[1]
    client.post("/notices/unseen", data={"csrf_token": token, "at": at})
    assert bell(client) == "1"
    assert client.post("/notices/unseen", data={"csrf_token": token, "at": "yesterday"}).status_code == 422


def test_the_centre_filters_and_has_pages(app, client, topic):
    enter(app, client, "bo")
    mentions, replies = (client.get(f"/notices?show={show}").text for show in ("mentions", "replies"))
    assert "ada mentioned you" in mentions
    assert "ada replied to you" not in mentions
    assert "ada replied to you" in replies
    assert "ada mentioned you" not in replies
    assert client.get("/notices?page=2").status_code == 404
    assert client.get("/notices?page=x").status_code == 404


def test_a_notice_that_is_no_post_leads_on_and_is_seen(app, client, topic):
    from forum.notifications import actions
    from forum.notifications.drafts import News

    enter(app, client, "bo")
    with writing(app) as session:
        bo = person(session, "bo")
        actions.notify(session, News("reaction", about="x", by=None, title="Menders", url="/tags"), [bo.id])
        notice = session.query(Notice).filter_by(about="x").one().id
    assert bell(client) == "3"
    answer = client.get(f"/notices/{notice}")
    assert (answer.status_code, answer.location) == (303, "/tags")
    answer.close()
    assert bell(client) == "2"
    enter(app, client, "ada")
    assert client.get(f"/notices/{notice}").status_code == 404


def test_only_moderators_choose_how_to_hear_of_what_only_they_hear(app, client):
    report = "message_report:mail"
    for name, make, offered in (("cy", cast.member, False), ("mod", cast.moderator, True)):
        enter(app, client, name, make)
        assert (report in client.get("/settings/notices").text) is offered
        data = {"csrf_token": token(client, "/settings/notices"), "on": ["mention:site", report]}
        assert client.post("/settings/notices", data=data).status_code == 303
    with writing(app) as session:
        chosen = {row.account_id for row in session.query(ChannelChoice).filter_by(kind="message_report")}
        assert chosen == {person(session, "mod").id}


def test_a_guest_is_asked_to_sign_in_and_sees_no_bell(client):
    assert "bell-count" not in client.get("/").text
    assert client.get("/notices").location == "/sign-in?next=/notices"


def test_a_reply_makes_what_came_before_it_seen(app, client, topic):
    with writing(app) as session:
        reply(session, topic_of(session, topic), person(session, "bo"), "I see.")
    enter(app, client, "bo")
    assert bell(client) is None
