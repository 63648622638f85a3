"""An event is announced, answered and followed in a browser, with and without JavaScript; a wiki and a set time too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.boards.models import Board
from tests import cast
from tests.gatherings.test_attendance import answers, event
from tests.journeys.people import enter, place
from tests.machines.databases import writing
from tests.posts.people import topic_of

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@BOTH
def test_people_say_whether_they_come_and_wait_for_a_place(app, live, browse, axe, shoot, javascript):
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="event").one()
        meeting = event(session, board, cast.member(session, "ada"), 2, title="Glue evening")
        meeting.ends_at = meeting.starts_at + timedelta(hours=2)
        for name in ("bo", "cleo"):
            answers(session, cast.member(session, name, display_name=f"{name.title()} B."), meeting, "yes")
        meeting_id = meeting.id
    page = browse(javascript=javascript)
    enter(app, page, live, "dan")
    page.goto("/b/event")
    page.get_by_role("link", name="Calendar of Event").wait_for()
    page.get_by_role("link", name="Glue evening").click()
    page.get_by_role("button", name="I’ll come").click()
    page.get_by_text("You are number 1 on the waiting list").wait_for()
    if javascript:
        assert axe(page) == []
    shoot(page, "event-waiting")
    with writing(app) as session:
        bo = session.query(cast.Account).filter_by(name="bo").one()
        answers(session, bo, topic_of(session, meeting_id), "no")
    page.reload()
    page.get_by_text("You have a place.").wait_for()
    assert page.get_by_role("button", name="I’ll come").get_attribute("aria-pressed") == "true"
    page.get_by_role("link", name="All answers").click()
    page.get_by_role("heading", name="Cannot come 1").wait_for()
    if javascript:
        assert axe(page) == []


def test_a_moderator_sets_a_time_and_makes_a_wiki(app, live, browse, axe, shoot):
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="discussion").one()
        talk = cast.topic(session, board, cast.member(session, "ada"), "Which glue?")
        address = f"/t/{talk.id}-{talk.slug}"
    page = browse(javascript=False)
    enter(app, page, live, "mod", cast.moderator)
    page.goto(address)
    page.locator("summary", has_text="Moderate").click()
    page.get_by_role("link", name="Close and open by the clock").click()
    page.get_by_label("days after the last post").fill("30")
    shoot(page, "timer")
    page.get_by_role("button", name="Keep these times").click()
    page.get_by_text("This topic closes 30 days after its last post.").wait_for()
    page.locator("summary", has_text="More").first.click()
    page.get_by_role("button", name="Make it a wiki").click()
    page.get_by_text("Wiki: who may reply can edit it").wait_for()
    shoot(page, "wiki")
