"""The pages of a decision, without JavaScript: whom it concerns reads all of it and objects, another answers."""

from __future__ import annotations

import pytest

from forum.moderation.models import Ruling
from forum.notifications.models import Notice
from forum.pages.actions import publish_page
from forum.pages.drafts import PageDraft
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor
from tests.moderation.people import settle


@pytest.fixture
def scene(app, uncounted):
    """A removed post: the address of its decision, of its topic, and somebody signed in for each name."""
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ben, words="I, Ben, was hurt.")
        decision = place.decide(place.mo, case=place.case())
        doors = {}
        for name in ("ada", "ben", "ann", "mo", "mia"):
            doors[name] = Visitor(app)
            cast.sign_in(doors[name], session, getattr(place, name))
        return f"/decisions/{decision.id}", f"/t/{place.topic.id}-{place.topic.slug}", place.post.id, doors


def test_the_stub_leads_its_author_to_the_statement_and_nobody_else(scene):
    address, topic, post_id, doors = scene
    assert f"/p/{post_id}/decision" in doors["ada"].get(topic).text
    assert f"/p/{post_id}/decision" in doors["mia"].get(topic).text
    assert f"/p/{post_id}/decision" not in doors["ann"].get(topic).text
    assert doors["ada"].get(f"/p/{post_id}/decision").location.endswith(address)
    page = doors["ada"].get(address).text
    for words in ("What you wrote was removed", "Unkind", "It calls somebody a fool.", "Only a fool asks.", "court"):
        assert words in page
    for name in ("ben", "momo", "hurt"):
        assert name not in page.lower().replace("member", "")
    assert [doors[name].get(address).status_code for name in ("ben", "ann")] == [404, 404]


def test_guests_are_asked_to_sign_in(app, scene):
    assert "/sign-in" in Visitor(app).get(scene[0]).location


def test_who_objects_is_answered_by_another_and_reads_it(app, scene):
    address, _topic, post_id, doors = scene
    assert doors["ada"].submit(address, {"words": " "}, form="object").status_code == 422
    assert "It is about the organization that hosts this place" in doors["ada"].get(address).text
    assert doors["ada"].submit(address, {"words": "It was a quote."}, form="object").status_code == 303
    assert "The objection is looked at." in doors["ada"].get(address).text
    assert "You took part in this" in doors["mo"].get(address).text
    assert 'id="answer"' not in doors["mo"].get(address).text
    wrong = doors["mia"].submit(address, {"outcome": "reversed", "words": ""}, form="answer")
    assert (wrong.status_code, "reads it" in wrong.text) == (422, True)
    fields = {"outcome": "reversed", "words": "Indeed, a quote."}
    assert doors["mia"].submit(address, fields, form="answer").status_code == 303
    page = doors["ada"].get(address).text
    assert "The objection was right." in page
    assert "Indeed, a quote." in page
    assert "mia" not in page
    with reading(app) as session:
        assert session.get_one(Post, post_id).deleted_at is None


def test_an_objection_is_withdrawn_and_an_answer_taken_back(app, scene):
    address, _topic, post_id, doors = scene
    doors["ada"].submit(address, {"words": "It was a quote."}, form="object")
    assert doors["ada"].submit(address, {}, form="withdraw").status_code == 303
    doors["ada"].submit(address, {"words": "It was one, really."}, form="object")
    doors["mia"].submit(address, {"outcome": "reversed", "words": "So it was."}, form="answer")
    assert doors["mia"].submit(address, {}, form="undo").status_code == 303
    with reading(app) as session:
        assert session.get_one(Post, post_id).removal_rule == "unkind"
        assert session.query(Ruling).one().state == "in_force"


def test_administrators_say_where_else_one_can_turn_to(app, scene):
    address, _topic, _post, doors = scene
    assert "out of court" in doors["ada"].get(address).text
    with writing(app) as session:
        keeper = cast.actor(session, cast.administrator(session))
        draft = PageDraft("Other ways", "Ask the guild.", "<p>Ask the guild.</p>")
        publish_page(session, keeper, "other-ways", draft, "")
    page = doors["ada"].get(address).text
    assert ("Ask the guild." in page, "out of court" in page) == (True, False)


def test_notices_lead_to_the_statement(app, scene):
    with reading(app) as session:
        found = session.query(Notice).filter_by(kind="decided").one()
        assert (found.url, found.title) == (scene[0], "How do pegs hold?")
    assert "The moderators decided about what you wrote" in scene[3]["ada"].get("/notices").text
