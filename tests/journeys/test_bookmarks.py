"""A member keeps a post with a reminder and finds it again, in a browser, with and without JavaScript."""

from __future__ import annotations

import pytest

from forum.boards.models import Board
from tests import cast
from tests.journeys.people import enter, place
from tests.machines.databases import writing

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@BOTH
def test_a_member_keeps_a_post_and_finds_it_again(app, live, browse, axe, shoot, javascript):
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="discussion").one()
        talk = cast.topic(session, board, cast.member(session, "ada"), "Which glue for winter?")
        address = f"/t/{talk.id}-{talk.slug}"
    page = browse(javascript=javascript)
    enter(app, page, live, "bo")
    page.goto(address)
    page.locator(".post summary", has_text="More").first.click()
    page.get_by_role("link", name="Bookmark the topic").click()
    page.get_by_label("Note").fill("Try it on the old bass")
    page.get_by_label("tomorrow morning").check()
    shoot(page, "bookmark")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Kept").wait_for()
    if javascript:
        assert axe(page) == []
    page.goto("/bookmarks?q=bass")
    page.get_by_role("link", name="Which glue for winter?", exact=True).wait_for()
    shoot(page, "bookmarks")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("Nothing kept yet").wait_for()
