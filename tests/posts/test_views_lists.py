"""Home, boards and tags, as people meet them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.boards.models import Board
from forum.core import clock as time
from forum.permissions import Act, Group, Right, allows
from forum.posts import actions
from forum.posts.models import Post, Topic
from forum.site.models import Site
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, person, press, read, send, topic_of


def rows(text):
    """Titles of the listed topics, in order."""
    return [title.strip() for title in re.findall(r'class="topic-row-title">\s*<a href="[^"]+">([^<]+)</a>', text)]


@pytest.fixture
def places(app):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        workshop = cast.section(session, "Workshop")
        questions = cast.board(session, "questions", kind="question", section_id=workshop.id, description="Ask away.")
        cast.board(session, "pegs", parent_id=questions.id, section_id=workshop.id)
        backroom = cast.board(session, "backroom", rights=cast.STAFF_ONLY)
        cast.tag(session, "gut")
        rena = cast.staff(session, "rena")
        first = cast.topic(session, questions, ada, "How do pegs stick", tags=("gut",))
        secret = cast.topic(session, backroom, rena, "Nobody but staff", tags=("gut",))
        return {"first": first.id, "secret": secret.id}


def test_a_guest_reads_whose_place_this_is_then_boards_and_latest_topics(app, client, places):
    with writing(app) as session:
        session.get(Site, 1).welcome_html = "<p>People mend reeds here.</p>"
    text = client.get("/").text
    assert "People mend reeds here." in text
    assert "Workshop" in text
    assert "Ask away." in text
    assert "/b/pegs" in text
    assert rows(text) == ["How do pegs stick"]


def test_a_guests_pages_carry_no_cookie_and_no_token(client, places):
    for address in ("/", "/latest", "/b/questions", "/tags/gut", f"/t/{places['first']}"):
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers, address
        assert "csrf_token" not in answer.text, address


def test_a_guest_sees_how_to_begin_where_members_may_and_is_led_there_through_the_door(app, client, places):
    with writing(app) as session:
        heard = {Group.EVERYONE: [Right.SEE], Group.MEMBERS: [Right.SEE, Right.REPLY]}
        cast.board(session, "notices", kind="announcement", rights=heard)
    assert 'href="/b/questions/new"' in client.get("/b/questions").text
    assert 'href="/b/notices/new"' not in client.get("/b/notices").text
    assert client.get("/b/questions/new").status_code == 200, "one may write first and join later"
    door = client.get("/b/notices/new")
    assert door.location == "/sign-in?next=/b/notices/new"
    said = client.get(door.location).text
    assert "you come back to where you were going" in said
    assert "What you wrote" not in said
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="questions").one()
        board.archived_at = time.now()
    assert 'href="/b/questions/new"' not in client.get("/b/questions").text


def test_what_is_new_is_counted_for_members_and_gone_when_it_was_read(app, client, places):
    enter(app, client, "bo")
    assert "1 new" in client.get("/").text
    read(client, f"/t/{places['first']}")
    assert "1 new" not in client.get("/").text
    with writing(app) as session:
        cast.reply(session, topic_of(session, places["first"]), person(session, "ada"), "More about pegs.")
    text = client.get("/").text
    assert "1 new" in text
    assert "is-unread" in text
    assert f"/t/{places['first']}-how-do-pegs-stick/unread" in text


def test_a_member_marks_everything_read_and_thinks_better_of_it(app, client, places):
    enter(app, client, "bo")
    answer = press(client, "/", "/read", next="/")
    assert (answer.status_code, answer.location) == (303, "/")
    text = client.get("/").text
    assert "All is marked read." in text
    assert "1 new" not in text
    send(client, "/b/questions/new", "/read/undo")
    text = client.get("/").text
    assert "What was new is new again." in text
    assert "1 new" in text


def test_a_member_marks_one_board_read_and_the_other_stays_new(app, client, places):
    with writing(app) as session:
        cast.topic(session, cast.board(session, "talk"), person(session, "ada"), "Another thing")
    enter(app, client, "bo")
    press(client, "/b/questions", "/read", board="questions")
    text = client.get("/").text
    assert text.count(">1 new<") == 1
    assert "Undo" in text


def test_a_board_that_only_staff_see_is_nowhere_for_others(app, client, places):
    enter(app, client, "bo")
    for address in ("/", "/latest", "/tags/gut", "/b/questions"):
        assert "Nobody but staff" not in client.get(address).text, address
        assert "backroom" not in client.get(address).text.lower(), address
    for address in ("/b/backroom", "/b/backroom/new", f"/t/{places['secret']}", f"/t/{places['secret']}/unread"):
        assert client.get(address).status_code == 404, address
    with writing(app) as session:
        hidden = session.query(Post).filter_by(topic_id=places["secret"]).one().id
    for address in (f"/p/{hidden}", f"/p/{hidden}/edit", f"/p/{hidden}/history"):
        assert client.get(address).status_code == 404, address
    assert re.search(r"\b1\s+topic\b", client.get("/tags").text)


def test_staff_see_their_board(app, client, places):
    enter(app, client, "rena")
    assert "Nobody but staff" in client.get("/").text
    assert client.get("/b/backroom").status_code == 200


def test_a_board_lists_its_topics_in_its_kinds_order_or_as_asked(app, client, clock):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        stories = cast.board(session, "stories", kind="story")
        book = cast.board(session, "book", kind="reference")
        for title in ("Beech wood", "Ash wood", "Cedar wood"):
            for board in (stories, book):
                cast.topic(session, board, ada, title)
            clock.shift(timedelta(minutes=1))
        beech = session.query(Topic.id).filter_by(board_id=stories.id, title="Beech wood").scalar()
        cast.reply(session, topic_of(session, beech), ada)
    newest = ["Cedar wood", "Ash wood", "Beech wood"]
    assert rows(client.get("/b/stories").text) == newest
    assert rows(client.get("/b/book").text) == ["Ash wood", "Beech wood", "Cedar wood"]
    assert rows(client.get("/b/stories?order=activity").text) == ["Beech wood", "Cedar wood", "Ash wood"]
    assert rows(client.get("/b/stories?order=title").text) == ["Ash wood", "Beech wood", "Cedar wood"]
    assert rows(client.get("/b/stories?order=nonsense").text) == newest


def test_coming_events_stand_apart_soonest_first_and_past_ones_below(app, client):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        events = cast.board(session, "events", kind="event")
        now = time.now()
        for title, days in (("Far away", 30), ("Very soon", 2), ("Long over", -30), ("Just over", -1)):
            cast.topic(session, events, ada, title, starts_at=now + timedelta(days=days))
    text = client.get("/b/events").text
    assert rows(text) == ["Very soon", "Far away", "Just over", "Long over"]
    assert text.index("Coming up") < text.index("Very soon") < text.index("Past") < text.index("Just over")


def test_a_pinned_topic_stands_first_until_its_pin_ends(app, client, clock):
    with writing(app) as session:
        ada, mod = cast.member(session, "ada"), cast.moderator(session, "mod")
        board = cast.board(session, "talk")
        old = cast.topic(session, board, ada, "The old one")
        clock.shift(timedelta(hours=1))
        cast.topic(session, board, ada, "The new one")
        until = time.now() + timedelta(days=7)
        actions.pin(session, cast.actor(session, mod), old, scope="site", until=until)
    for address in ("/", "/latest", "/b/talk"):
        text = client.get(address).text
        assert rows(text) == ["The old one", "The new one"], address
        assert "Pinned" in text
    clock.shift(timedelta(days=8))
    for address in ("/", "/latest", "/b/talk"):
        text = client.get(address).text
        assert rows(text) == ["The new one", "The old one"], address
        assert "Pinned" not in text


def test_lists_have_pages_with_addresses_and_nothing_past_the_last(app, client):
    with writing(app) as session:
        ada, board = cast.member(session, "ada"), cast.board(session, "talk")
        for number in range(35):
            cast.topic(session, board, ada, f"Topic {number:02}")
    assert len(rows(client.get("/").text)) == 30
    for address in ("/latest", "/b/talk"):
        assert len(rows(client.get(address).text)) == 30
        second = client.get(f"{address}?page=2")
        assert len(rows(second.text)) == 5
        assert set(rows(second.text)).isdisjoint(rows(client.get(address).text))
        for page in ("3", "0", "-1", "x", "99999999999999999999"):
            assert client.get(f"{address}?page={page}").status_code == 404, (address, page)


def test_a_tag_gathers_topics_from_all_boards_one_may_see(app, client, places):
    assert rows(client.get("/tags/gut").text) == ["How do pegs stick"]
    assert client.get("/tags/GUT").location == "/tags/gut"
    assert client.get("/tags/nothing").status_code == 404


def test_a_board_is_found_by_its_old_address(app, client, places):
    from forum.boards.models import Board, FormerBoardSlug

    with writing(app) as session:
        board = session.query(Board).filter_by(slug="questions").one()
        session.add(FormerBoardSlug(slug="asking", board_id=board.id))
    answer = client.get("/b/asking?order=title")
    assert (answer.status_code, answer.location) == (301, "/b/questions?order=title")


def test_an_empty_board_says_what_will_be_there_and_how_to_begin(app, client):
    with writing(app) as session:
        cast.board(session, "questions", kind="question")
    assert "Questions will stand here with their answers." in client.get("/b/questions").text
    enter(app, client, "ada")
    text = client.get("/b/questions").text
    assert "/b/questions/new" in text
    assert "Ask a question" in text


def test_who_may_not_start_sees_no_button(app, client):
    with writing(app) as session:
        board = cast.board(session, "notices", kind="announcement", rights={1: ["see"], 3: ["start"]})
        assert not allows(cast.actor(session, cast.member(session, "bo")), Act.START_TOPIC, board)
    enter(app, client, "bo")
    assert "/b/notices/new" not in client.get("/b/notices").text
    assert client.get("/b/notices/new").status_code == 403


def test_a_place_without_boards_says_so(client):
    assert "No board yet" in client.get("/").text
