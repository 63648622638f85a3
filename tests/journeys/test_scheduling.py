"""A member writes now and has it published later, in a browser, with and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.moments import typed_moment
from tests.journeys.people import enter, place

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


def interrupt(page, shoot, *, javascript):
    """The edit is left and begun again: what was written is kept by itself, or by a button."""
    if javascript:
        page.get_by_text("Saved as a draft.").wait_for()
    else:
        page.get_by_role("button", name="Keep as draft").click()
    page.goto("/drafts")
    page.get_by_role("link", name="Which silk for the bass?").click()
    page.get_by_text("Your draft,").wait_for()
    shoot(page, "scheduled-edit")


@BOTH
def test_a_member_writes_now_and_publishes_later(app, live, browse, axe, shoot, javascript):
    place(app)
    page = browse(javascript=javascript)
    enter(app, page, live, "ada")
    page.goto("/b/discussion/new")
    page.get_by_label("Title").fill("Which gut for the bass?")
    page.get_by_label("Text", exact=True).fill("I cannot decide.")
    page.locator("summary", has_text="Publish later").click()
    page.get_by_label("Publish at").fill(typed_moment(clock.now() + timedelta(days=2), "UTC"))
    page.get_by_role("button", name="Start a discussion").click()
    page.get_by_role("heading", name="Your scheduled topics").wait_for()
    shoot(page, "scheduled")
    if javascript:
        assert axe(page) == []
    page.get_by_role("link", name="Which gut for the bass?", exact=True).click()
    page.get_by_label("Title").fill("Which silk for the bass?")
    interrupt(page, shoot, javascript=javascript)
    assert page.get_by_label("Title").input_value() == "Which silk for the bass?"
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_role("heading", level=1, name="Which silk for the bass?").wait_for()
