"""A morning of somebody who works for the organization: the desk says who waits, and they answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.posts.models import Post, Topic
from tests import cast
from tests.journeys.people import enter
from tests.machines.databases import writing


@pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))
def test_whoever_is_new_and_waits_is_answered_first(app, live, browse, axe, shoot, javascript):
    with writing(app) as session:
        noa = cast.newcomer(session, "noa", display_name="Noa N.")
        topic = cast.topic(session, cast.board(session, kind="question"), noa, title="Where do I begin with reeds?")
        session.get_one(Topic, topic.id).created_at -= timedelta(hours=26)
        session.query(Post).filter_by(topic_id=topic.id).one().created_at -= timedelta(hours=26)
    page = browse(javascript=javascript, viewport={"width": 390, "height": 844})
    enter(app, page, live, "sid", cast.staff, display_name="Sid")
    page.goto("/")
    page.get_by_role("link", name="Desk").click()
    first = page.get_by_role("region", name="Up next").get_by_role("listitem").first
    assert "2 hours late" in first.inner_text()
    assert "their first topic" in first.inner_text()
    if javascript:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, "desk")
    first.get_by_role("link").click()
    page.get_by_label("What this post is for").select_option("welcome")
    page.get_by_label("Speaking as").select_option("responder")
    page.get_by_role("textbox", name="Your reply").fill("Welcome, Noa. Which instrument is it?")
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("Which instrument is it?").first.wait_for()
    page.get_by_role("link", name="Desk").click()
    page.get_by_text("Nobody waits for you.").wait_for()
