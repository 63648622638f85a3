"""Suggesting and deciding on pages, without JavaScript."""

from __future__ import annotations

import pytest

from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, press, read, send
from tests.suggestions.test_suggestions import Place

pytestmark = pytest.mark.usefixtures("uncounted")


@pytest.fixture
def there(app, clock):
    with writing(app) as session:
        place = Place(session)
        cast.tag(session, "reed")
        opening = session.query(Post).filter_by(topic_id=place.topic.id, number=1).one()
        return place.post.id, opening.id, place.better


def source(app, post_id):
    with reading(app) as session:
        return session.get_one(Post, post_id).source


def test_sam_suggests_anna_takes_it_over_and_thinks_better_of_it(app, client, there):
    post, _opening, better = there
    before, form = source(app, post), f"/p/{post}/suggest"
    enter(app, client, "sam")
    assert form in read(client, "/t/1")
    looked = client.submit(form, {"body": better, "reason": "An hour ruins it.", "preview": "1"}, form="suggest")
    assert "<ins>" in looked.text
    assert client.submit(form, {"body": better, "reason": "An hour ruins it."}).status_code == 303
    assert "You have suggested this already" in read(client, form)
    assert "waits" in read(client, "/suggestions")
    enter(app, client, "anna")
    assert "An hour ruins it." in read(client, "/suggestions")
    press(client, "/suggestions", "/suggestions/1/accept", version="1")
    assert source(app, post) == better
    assert "Taken over by anna" in read(client, "/suggestions/1")
    assert "taken over by anna" in read(client, f"/p/{post}/history")
    press(client, "/suggestions/1", "/suggestions/1/reopen", version="2")
    assert source(app, post) == before
    press(client, "/suggestions", "/suggestions/1/decline", version="3", answer="It depends.")
    enter(app, client, "sam")
    assert "It depends." in read(client, "/suggestions/1")


def test_what_is_refused_comes_back_and_who_may_edit_is_led_there(app, client, there):
    post, opening, better = there
    enter(app, client, "sam")
    refused = client.submit(f"/p/{post}/suggest", {"body": better, "reason": ""})
    assert (refused.status_code, "two minutes" in refused.text) == (422, True)
    assert "whoever decides reads it" in refused.text
    told = {"title": "How long to soak a reed", "tags": "reed", "reason": "Says what it is about."}
    assert client.submit(f"/p/{opening}/suggest", told).status_code == 303
    enter(app, client, "anna")
    assert client.get(f"/p/{post}/suggest").location.endswith(f"/p/{post}/edit")
    enter(app, client, "otto")
    said = read(client, "/suggestions")
    assert "#reed" in said
    press(client, "/suggestions", "/suggestions/1/accept", version="1")
    assert "How long to soak a reed" in read(client, "/t/1")


def test_a_second_decision_is_told_who_was_first(app, client, there):
    post, _opening, better = there
    enter(app, client, "sam")
    client.submit(f"/p/{post}/suggest", {"body": better, "reason": "An hour ruins it."})
    enter(app, client, "anna")
    press(client, "/suggestions", "/suggestions/1/accept", version="1")
    enter(app, client, "momo")
    send(client, "/suggestions", "/suggestions/1/decline", version="1")
    assert "anna took it over meanwhile." in read(client, "/suggestions/1")


def test_strangers_find_no_suggestion(app, client, there):
    post, _opening, better = there
    assert client.get("/suggestions").status_code in (302, 303, 401)
    enter(app, client, "sam")
    client.submit(f"/p/{post}/suggest", {"body": better, "reason": "An hour ruins it."})
    enter(app, client, "eve")
    assert client.get("/suggestions/1").status_code == 404
    assert send(client, "/", "/suggestions/1/withdraw").status_code == 404
