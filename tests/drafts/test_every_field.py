"""A draft of a topic is the whole form: what the board asks, the poll, the time, and not its text alone."""

from __future__ import annotations

import pytest

from forum.boards import kinds
from forum.drafts.models import Draft
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter

POLL = {
    "poll-question": "Which gut?",
    "poll-options": "Sheep\nNylon\nSilk",
    "poll-choose": "several",
    "poll-most": "2",
    "poll-results": "voted",
    "poll-secrecy": "public",
    "poll-closes": "2031-07-01T19:30",
}
# What somebody types into the fields of each kind of board.
TYPED = {
    "question": {"tried": "Soap.\n\nThen *chalk*.", "wants_org": "y", "urgent": "no"},
    "discussion": {"urgent": "no"},
    "story": {"happened": "It broke.", "learned": "To wait."},
    "idea": {"gains": "All of us"},
    "event": {
        "starts_at": "2031-07-01T19:30",
        "ends_at": "2031-07-01T22:00",
        "time_zone": "America/Lima",
        "place": "Leiden",
        "places": "12",
    },
    "announcement": {},
    "reference": {"keeper": "rena", "review_on": "2031-07-01"},
}


pytestmark = pytest.mark.usefixtures("uncounted")


def keep(client, page, board_id, form):
    sent = {"csrf_token": client.held(page, "title")["csrf_token"], "draft": "", **form}
    return client.post(f"/drafts/topic/{board_id}", data=sent, headers={"Accept": "application/json"}).json["stamp"]


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("kind", kinds.KEYS)
def test_every_field_of_a_topic_comes_back_from_its_draft(app, client, kind):
    required = [field.key for field in kinds.may_be_required(kind)]
    with writing(app) as session:
        board_id = cast.board(session, "here", kind=kind, required_fields=required, tags_least=1).id
        cast.tag(session, "gut")
        cast.tag(session, "rosin")
    assert set(TYPED[kind]) == {field.key for field in kinds.kind(kind).fields}
    enter(app, client, "rena", cast.staff)
    voice = {"intent": "personal", "speaking": "personal"}
    about = {"title": "Gut in winter", "body": "It cracks.", "tags": ["gut", "rosin"], "more_tags": "bow hair"}
    form = {**about, **TYPED[kind], **POLL, **voice, "later-publish_at": "2031-06-01T08:00"}
    assert keep(client, "/b/here/new", board_id, form)
    held = client.held("/b/here/new", "title")
    assert {name: held.get(name) for name in form} == form


@pytest.mark.databases("sqlite")
def test_a_poll_alone_is_worth_keeping_and_a_form_that_nobody_wrote_in_is_not(app, client):
    with writing(app) as session:
        board_id = cast.board(session, "here", kind="event").id
    enter(app, client, "ada")
    untouched = client.held("/b/here/new", "title")
    assert keep(client, "/b/here/new", board_id, {**untouched, "title": " "}) == ""
    with reading(app) as session:
        assert session.query(Draft).count() == 0
    assert keep(client, "/b/here/new", board_id, {**untouched, "poll-question": "Which gut?"})
    assert client.held("/b/here/new", "title")["poll-question"] == "Which gut?"
