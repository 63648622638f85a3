"""Every page of lists and topics asks the database a fixed number of questions, whatever the size of the place."""

from __future__ import annotations

import pytest

from forum.posts import actions, queries
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import writing
from tests.posts.people import counted, enter, read, topic_of

GUEST, MEMBER = 8, 12
PAGES = ("/", "/latest", "/b/talk", "/b/talk?order=title", "/b/events", "/tags/gut", "/tags")


def community(app, topics):
    """Boards, sub-boards, tags, pins, events, staff and a topic with everything in it; the id of that topic."""
    with writing(app) as session:
        people = [cast.member(session, f"person-{number}") for number in range(6)]
        mod, rena = cast.moderator(session, "mod"), cast.staff(session, "rena")
        section = cast.section(session).id
        talk = cast.board(session, "talk", kind="question", section_id=section)
        cast.board(session, "below", parent_id=talk.id, section_id=section)
        cast.board(session, "desk", rights=cast.STAFF_ONLY)
        events = cast.board(session, "events", kind="event", section_id=section)
        cast.tag(session, "gut")
        for number in range(topics):
            made = cast.topic(session, talk, people[number % 6], f"Topic {number}", tags=("gut",))
            cast.reply(session, made, people[(number + 1) % 6])
            cast.topic(session, events, people[0], f"Event {number}")
        full = cast.topic(session, talk, people[0], "The full one", tags=("gut",))
        for number in range(45):
            cast.reply(session, full, [*people, rena][number % 7], reply_to_number=number // 2 + 1)
        actor = cast.actor(session, mod)
        answer = session.query(Post).filter_by(topic_id=full.id, number=30).one()
        actions.accept_answer(session, actor, queries.post_for_update(session, actor, answer.id))
        from datetime import timedelta

        from forum.core import clock

        until = clock.now() + timedelta(days=3)
        actions.pin(session, actor, topic_of(session, full.id), scope="site", until=until)
        for number in (1, 5, 25, 30, 40):
            post = session.query(Post).filter_by(topic_id=full.id, number=number).one()
            actions.react(session, actor, queries.post_for_update(session, actor, post.id), "thanks")
        return full.id


def asked(app, client, address):
    """How many statements the page needed, what is done after the answer left out."""
    with counted(app) as said:
        answer = client.get(address)
        assert answer.status_code == 200, address
        _whole = answer.text
        count = len([one for one in said if not one.startswith(("PRAGMA", "BEGIN", "SET "))])
    answer.close()
    return count


@pytest.mark.parametrize("topics", (20, 200))
def test_guests_and_members_pages_stay_within_their_budget(app, client, topics):
    full = community(app, topics)
    addresses = (*PAGES, f"/t/{full}-the-full-one", f"/t/{full}-the-full-one?page=2")
    counts = {address: asked(app, client, address) for address in addresses}
    assert {address: count for address, count in counts.items() if count > GUEST} == {}
    enter(app, client, "reader")
    read(client, f"/t/{full}-the-full-one")
    counts = {address: asked(app, client, address) for address in addresses}
    assert {address: count for address, count in counts.items() if count > MEMBER} == {}


def test_writing_pages_stay_within_their_budget(app, client):
    full = community(app, 20)
    enter(app, client, "person-0")
    with writing(app) as session:
        opening = session.query(Post.id).filter_by(topic_id=full, number=1).scalar()
    for address in (f"/p/{opening}/edit", f"/p/{opening}/history", "/b/talk/new", f"/t/{full}-the-full-one?quote=1"):
        assert asked(app, client, address) <= MEMBER + 1, address
