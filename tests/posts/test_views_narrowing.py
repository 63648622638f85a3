"""Boards and tags narrowed, tags in forms, and times in the reader's zone."""

from __future__ import annotations

import re

import pytest

from forum.boards.models import TagSynonym
from forum.posts.models import Topic
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import enter, person, send
from tests.posts.test_views_lists import rows


@pytest.fixture
def shop(app):
    """A question board and an idea board; fifteen tags, of which the board used `gut` and `pegs`."""
    with writing(app) as session:
        ada = cast.member(session, "ada")
        ask, ideas = cast.board(session, "ask", kind="question"), cast.board(session, "ideas", kind="idea")
        for slug in ("gut", "pegs", *(f"tag-{number}" for number in range(13))):
            tag = cast.tag(session, slug)
            if slug == "tag-9":
                session.add(TagSynonym(slug="seldom", name="Seldom", tag_id=tag.id))
        cast.topic(session, ask, ada, "Gut or steel", tags=("gut", "pegs"))
        cast.topic(session, ask, ada, "Pegs stick", tags=("pegs",))
        cast.topic(session, ideas, ada, "Lend a lathe", tags=("pegs",))


def test_a_board_is_narrowed_to_a_tag_and_widened_again(app, client, shop):
    whole = client.get("/b/ask").text
    assert 'href="/b/ask?tag=gut"' in whole
    text = client.get("/b/ask?tag=gut").text
    assert rows(text) == ["Gut or steel"]
    assert 'class="chip" href="/b/ask"' in text
    assert 'href="/b/ask?show=solved&amp;tag=gut"' in text
    assert rows(client.get("/b/ask?tag=pegs&order=title").text) == ["Gut or steel", "Pegs stick"]
    assert "Nothing here is like this now." in client.get("/b/ask?tag=gut&show=solved").text
    assert client.get("/b/ask?tag=nothing").status_code == 404
    assert client.get("/b/ask?tag=gut&page=2").status_code == 404


def test_a_tag_is_read_in_orders_and_narrowed_to_open_questions(app, client, shop):
    text = client.get("/tags/pegs").text
    assert "Most votes" in text
    assert rows(client.get("/tags/pegs?order=votes").text)[0] == "Lend a lathe"
    assert sorted(rows(client.get("/tags/pegs?show=unanswered").text)) == ["Gut or steel", "Pegs stick"]
    assert "Most votes" not in client.get("/tags/gut").text


def test_a_form_offers_a_dozen_tags_and_takes_every_other_by_any_of_its_words(app, client, shop):
    enter(app, client, "bo")
    form = client.get("/b/ask/new").text
    assert form.count('name="tags"') == 12
    assert 'value="gut"' in form
    assert "up to 5" in form
    asked = {"title": "Which wax, please", "body": "Some words.", "tags": "gut"}
    with cast.unhurried():
        refused = send(client, "/b/ask/new", "/b/ask/new", **asked, more_tags="Seldom, Sheepgut")
        assert refused.status_code == 422
        assert "There is no tag “sheepgut”" in refused.text
        assert 'value="Seldom, Sheepgut"' in refused.text
        assert send(client, "/b/ask/new", "/b/ask/new", **asked, more_tags="Seldom, #Pegs ,").status_code == 303
    with writing(app) as session:
        opening = session.query(Topic).filter_by(title="Which wax, please").one().last_post_id
    edit = client.get(f"/p/{opening}/edit").text
    ticked = [one for one in re.findall(r"<input[^>]*>", edit) if 'name="tags"' in one and "checked" in one]
    assert {re.search(r'value="([^"]+)"', one)[1] for one in ticked} == {"gut", "pegs", "tag-9"}


def test_exact_times_stand_in_a_posts_menu_in_the_zone_of_the_browser(app, client, shop):
    with writing(app) as session:
        topic = session.query(Topic).filter_by(title="Pegs stick").one().id
        person(session, "ada")
    place = f"/t/{topic}-pegs-stick"
    note = lambda: client.get(place).text.split('class="menu-note">')[1].split("</p>")[0]  # noqa: E731
    assert "UTC" in note()
    host = app.extensions["settings"].base_url.split("//")[1].split(":")[0]
    client.set_cookie("trellis_zone", "Asia/Tokyo", domain=host)
    assert "JST" in note()
    enter(app, client, "bo")
    assert "JST" in note(), "who chose no zone reads in that of the browser"
    client.set_cookie("trellis_zone", "Nowhere/At all", domain=host)
    assert "UTC" in note()
