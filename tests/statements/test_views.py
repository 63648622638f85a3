"""Answering for what the organization said, in the browser."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from forum.core import clock
from forum.organization.voices import Voice
from forum.posts import queries as posts
from forum.statements import actions, queries
from forum.statements.models import Pledge
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read, topic_of

ATOM = "{http://www.w3.org/2005/Atom}"
OFFICIAL = Voice("official", "official", "responder")


@pytest.fixture
def said(app):
    """The id of an official reply of sue's, in a topic of pia's."""
    with writing(app) as session:
        sue = cast.staff(session, "sue")
        topic = cast.topic(session, cast.board(session, "practice"), cast.member(session, "pia"), title="Which reeds?")
        return cast.reply(session, topic, sue, "The reeds & felts are free.", voice=OFFICIAL).id


def sign_in(app, client, name):
    with writing(app) as session:
        cast.sign_in(client, session, session.query(cast.Account).filter_by(name=name).one())


def day(ahead):
    return (clock.now() + timedelta(days=ahead)).date().isoformat()


def test_staff_say_how_long_it_holds_promise_something_and_say_what_became_of_it(app, client, said):
    sign_in(app, client, "sue")
    assert client.submit(f"/p/{said}/statement", {"review_on": day(30)}, form="statement").status_code == 303
    typed = {"words": "Put the price list on the door.", "due_on": day(3), "owner": "sue"}
    assert client.submit(f"/p/{said}/pledge", typed, form="pledge").status_code == 303
    page = client.get(f"/p/{said}", follow_redirects=True).text
    assert "answered for by" in page
    assert "We will: Put the price list on the door." in page
    with reading(app) as session:
        pledge = session.query(Pledge.id).scalar()
    refused = client.submit(f"/pledges/{pledge}/withdraw", {"reason": "no"}, form="withdraw")
    assert refused.status_code == 422
    assert "Say why" in refused.text
    token = client.held(f"/p/{said}/pledge", "words")["csrf_token"]
    assert client.post(f"/pledges/{pledge}/keep", data={"csrf_token": token}).status_code == 303
    assert "Kept, on" in read(client, "/organization/pledges?which=settled")
    client.post(f"/pledges/{pledge}/keep", data={"csrf_token": token})
    assert "settled already" in client.get(f"/p/{said}", follow_redirects=True).text


def test_what_was_typed_comes_back_with_a_sentence_beside_its_field(app, client, said):
    sign_in(app, client, "sue")
    answer = client.submit(f"/p/{said}/pledge", {"words": "Soon.", "due_on": "never", "owner": "zoe"}, form="pledge")
    assert answer.status_code == 422
    for sentence in ("Write the day as year-month-day", "Say in a sentence what you will do", "nobody of this name"):
        assert sentence in answer.text  # all of it in one round
    assert 'value="never"' in answer.text
    answer = client.submit(f"/p/{said}/statement", {"successor": "the other one"}, form="statement")
    assert answer.status_code == 422
    assert 'value="the other one"' in answer.text
    answer = client.submit(f"/p/{said}/statement", {"owner": "pia"}, form="statement")
    assert "Only somebody of the organization" in answer.text


def test_members_read_it_and_change_nothing(app, client, said):
    enter(app, client, "bo")
    page = client.get(f"/p/{said}", follow_redirects=True).text
    assert "answered for by" in page
    assert "Say what we will do" not in page
    for address in (f"/p/{said}/statement", f"/p/{said}/pledge"):
        assert client.get(address).status_code == 403
    assert "The reeds &amp; felts are free." in read(client, "/organization/official")
    assert client.get("/organization/official?which=all").status_code == 404
    assert client.get("/organization/official?page=2").status_code == 404


def test_an_official_post_names_what_took_its_place(app, client, said):
    with writing(app) as session:
        topic = topic_of(session, session.query(cast.Topic.id).scalar())
        new = cast.reply(
            session, topic, session.query(cast.Account).filter_by(name="sue").one(), "No more.", voice=OFFICIAL
        )
        successor = new.id
    sign_in(app, client, "sue")
    typed = {"successor": f"http://forum.test/p/{successor}"}
    assert client.submit(f"/p/{said}/statement", typed, form="statement").status_code == 303
    page = client.get(f"/p/{said}", follow_redirects=True).text
    assert "This does not hold any more." in page
    assert f'href="/p/{successor}"' in page
    assert "What holds now" in read(client, "/organization/official?which=superseded")


def test_a_feed_reader_gets_what_everybody_may_read_and_no_more(app, client, said):
    with writing(app) as session:
        secret = cast.board(session, "back", rights=cast.STAFF_ONLY)
        cast.topic(
            session, secret, session.query(cast.Account).filter_by(name="sue").one(), title="Our plan", voice=OFFICIAL
        )
    sign_in(app, client, "sue")
    answer = client.get("/organization/official.atom")
    assert answer.mimetype == "application/atom+xml"
    entries = ElementTree.fromstring(answer.data).findall(f"{ATOM}entry")  # noqa: S314 (our own feed)
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Which reeds?"]
    assert "The reeds &amp; felts are free." in entries[0].findtext(f"{ATOM}content")
    assert "Our plan" in read(client, "/organization/official")


def test_of_what_a_moderator_removed_the_lists_keep_the_line_without_the_words(app, client, said):
    with writing(app) as session:
        sue = session.query(cast.Account).filter_by(name="sue").one()
        post = posts.post_for_update(session, cast.actor(session, sue), said)
        today = queries.today_on(post.topic.board)
        actions.pledge(session, cast.actor(session, sue), post, "Paint the door red.", today, sue)
        cast.remove(session, cast.moderator(session), post)
    enter(app, client, "bo")
    for address in ("/organization/pledges", "/organization/official?which=superseded"):
        page = read(client, address)
        assert "The post was removed by a moderator on" in page
        assert "Paint the door red" not in page
        assert "felts are free" not in page
    sign_in(app, client, "sue")
    with reading(app) as session:
        pledge = session.query(Pledge.id).scalar()
    why = {"reason": "The door is not ours to paint."}
    assert client.submit(f"/pledges/{pledge}/withdraw", why, form="withdraw").location == "/organization/pledges"
    assert "not ours to paint" in read(client, "/organization/pledges?which=settled")
