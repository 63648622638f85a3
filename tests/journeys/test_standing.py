"""A member sees how they stand, and as a regular tidies up, in a browser."""

from __future__ import annotations

import pytest

from forum.boards.models import Board
from tests import cast
from tests.journeys.people import enter, place
from tests.machines.databases import writing

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@BOTH
def test_a_regular_sees_why_they_are_one_and_tidies_a_topic_of_somebody_else(app, live, browse, axe, shoot, javascript):
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="question").one()
        mia = cast.member(session, "mia")
        address = f"/t/{cast.topic(session, board, mia, 'Help!! Urgent').id}"
        stays = f"/t/{cast.topic(session, board, mia, 'Why does rosin flake in winter?').id}"
    page = browse(javascript=javascript)
    enter(app, page, live, "rosa", trust="regular")
    page.goto("/settings")
    tabs = page.get_by_role("navigation", name="Settings")
    page.set_viewport_size({"width": 1280, "height": 800})
    line = [tab.bounding_box()["y"] for tab in tabs.locator(".tabs-line > :is(a, details)").all()]
    assert max(line) - min(line) < 8, "they stand in one line"
    tabs.locator(".tabs-more > summary").click()
    tabs.get_by_role("link", name="Standing").click()
    page.get_by_role("heading", level=1, name="Your standing").wait_for()
    page.get_by_text("trusted to tidy up a little").wait_for()
    assert not javascript or axe(page) == []
    page.goto(address)
    page.get_by_role("link", name="Tidy up").click()
    shoot(page, "tidy")
    assert not javascript or axe(page) == []
    page.get_by_label("Title", exact=True).fill("Why does my rosin flake?")
    page.get_by_role("button", name="Save title and tags").click()
    page.get_by_role("heading", level=1, name="Why does my rosin flake?").wait_for()
    page.get_by_role("link", name="Tidy up").click()
    page.get_by_label("To the board").select_option(label="Discussion")
    page.get_by_role("button", name="Move the topic").click()
    page.get_by_text("It stands in “Discussion” now.").wait_for()
    page.get_by_role("link", name="Tidy up").click()
    page.get_by_label("Address of the topic that stays").fill(live + stays)
    page.get_by_role("button", name="Close as a duplicate").click()
    page.get_by_text("Closed, since this says the same").wait_for()
    page.get_by_role("button", name="Open it again").click()
    page.get_by_text("The topic is open again.").wait_for()


@BOTH
def test_a_warning_is_read_on_the_way_and_the_reply_is_still_there(app, live, browse, axe, shoot, javascript):
    with writing(app) as session:
        address = f"/t/{cast.topic(session, cast.board(session), cast.member(session, 'mia'), 'Looms').id}"
        rosa = cast.member(session, "rosa")
    page = browse(javascript=javascript)
    enter(app, page, live, "rosa")
    page.goto(address)
    with writing(app) as session:
        cast.sanction(session, rosa, "warning", facts="You called Mia a fool.")
    words = "Short & <kept>, as I wrote it."
    page.locator("#reply textarea[name=body]").fill(words)
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("You called Mia a fool.").wait_for()
    shoot(page, "warning")
    assert not javascript or axe(page) == []
    page.get_by_role("button", name="I have read it").click()
    page.get_by_text("press the button again").wait_for() if javascript else page.locator(
        "#reply [name=body]"
    ).wait_for()
    assert page.locator("#reply textarea[name=body]").input_value() == words
    page.get_by_role("button", name="Post reply").click()
    page.locator("#posts").get_by_text(words).wait_for()
