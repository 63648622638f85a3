"""A poll is asked beside a text, voted on and closed, in a browser, with and without JavaScript."""

from __future__ import annotations

import pytest

from tests.journeys.people import enter, place
from tests.journeys.test_writing import backdate

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@BOTH
def test_people_ask_vote_and_change_their_mind(app, live, browse, axe, shoot, javascript):
    place(app)
    ada, bo = browse(javascript=javascript), browse(javascript=javascript)
    enter(app, ada, live, "ada")
    ada.goto("/b/discussion/new")
    ada.get_by_label("Title").fill("Which gut for the bass?")
    ada.get_by_label("Text", exact=True).fill("I cannot decide.")
    ada.locator("summary", has_text="Poll").click()
    ada.get_by_label("Question", exact=True).fill("What would you buy?")
    ada.get_by_label("Options", exact=True).fill("Sheep\nNylon\nNeither: it is the bow")
    ada.get_by_label("Several options").check()
    ada.get_by_label("At most").fill("2")
    shoot(ada, "poll-asked")
    if javascript:
        assert axe(ada) == []
    ada.get_by_role("button", name="Start a discussion").click()
    ada.get_by_role("heading", name="What would you buy?").wait_for()
    backdate(app)

    enter(app, bo, live, "bo")
    bo.goto(ada.url)
    bo.get_by_label("Sheep").check()
    bo.get_by_label("Nylon").check()
    bo.get_by_role("button", name="Vote", exact=True).click()
    bo.get_by_text("1 of 1 person").first.wait_for()
    shoot(bo, "poll-voted")
    if javascript:
        assert axe(bo) == []
    bo.locator("summary", has_text="Change my vote").click()
    bo.get_by_label("Nylon").uncheck()
    bo.get_by_role("button", name="Change my vote").click()
    bo.get_by_text("0 of 1 person").nth(1).wait_for()

    ada.reload()
    ada.get_by_role("button", name="Close the poll").click()
    ada.locator(".poll .state", has_text="Closed").wait_for()
    bo.reload()
    assert bo.get_by_role("button", name="Change my vote").count() == 0
    bo.get_by_text("1 of 1 person").wait_for()
