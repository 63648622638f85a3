"""A first post with a link waits, is changed, let through and appears, in a browser with and without JavaScript."""

from __future__ import annotations

import pytest

from forum.holds.models import HeldPost
from forum.posts import actions
from tests import cast
from tests.holds.people import decide
from tests.journeys.people import enter, place
from tests.machines.databases import writing

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@BOTH
def test_a_newcomer_waits_with_a_link_and_is_let_through(app, live, browse, axe, shoot, javascript):
    place(app)
    with writing(app) as session:
        board = session.query(cast.Board).filter_by(slug="discussion").one()
        topic = cast.topic(session, board, cast.member(session, "tilda"), "Where to buy strings").id
    page = browse(javascript=javascript)
    enter(app, page, live, "newt", cast.newcomer)
    page.goto(f"/t/{topic}")
    page.get_by_role("textbox", name="Your reply").fill("Here: https://strings.example/gut")
    page.get_by_role("button", name="Post reply").click()
    waiting = page.locator("#waiting")
    waiting.get_by_text("First posts with a link are read by somebody").wait_for()
    shoot(page, "held-in-its-topic")
    if javascript:
        assert axe(page) == []
    waiting.get_by_role("link", name="Edit").click()
    page.get_by_role("textbox", name="Your reply").fill("Here, they are kind: https://strings.example/gut")
    shoot(page, "held-edit")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", level=1, name="What waits for a moderator").wait_for()
    shoot(page, "held")
    if javascript:
        assert axe(page) == []
    with writing(app) as session:
        decide(session, actions.release, cast.moderator(session, "mo"), session.query(HeldPost).one())
    page.goto("/notices")
    page.get_by_role("link", name="What you wrote has been read by a moderator").click()
    page.locator("#post-2").get_by_text("Here, they are kind").wait_for()
    assert page.locator("#waiting").count() == 0
