"""What members do for the place: another wording, looking after a board for a while, a pause in a quarrel."""

from __future__ import annotations

import pytest

from forum.posts.models import Post, Topic
from tests import cast
from tests.journeys.people import enter
from tests.machines.databases import reading, writing
from tests.moderation.people import settle
from tests.suggestions.test_suggestions import Place

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@BOTH
def test_a_member_suggests_another_wording_and_its_author_takes_it_over(
    app, live, browse, uncounted, axe, shoot, javascript
):
    with writing(app) as session:
        place = Place(session)
        topic, post, better = place.topic.id, place.post.id, place.better
    page = browse(javascript=javascript)
    enter(app, page, live, "sam")
    page.goto(f"/t/{topic}")
    page.locator("#post-2 summary", has_text="More").click()
    page.get_by_role("link", name="Suggest another wording").click()
    page.locator("textarea[name=body]").fill(better)
    page.get_by_label("Why").fill("An hour ruins it.")
    page.get_by_role("button", name="Show what changes").click()
    page.locator(".diff ins").first.wait_for()
    shoot(page, "suggesting")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Suggest it").click()
    page.get_by_text("Sent. You hear what becomes of it.").wait_for()
    enter(app, page, live, "anna")
    page.goto("/suggestions")
    page.get_by_text("An hour ruins it.").first.wait_for()
    shoot(page, "suggested")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Take it over").click()
    page.get_by_text("Nothing waits.").wait_for()
    with reading(app) as session:
        assert session.get_one(Post, post).source == better


@BOTH
def test_a_member_is_asked_to_look_after_a_board_and_does(app, live, browse, uncounted, axe, shoot, javascript):
    with writing(app) as session:
        place = settle(session)
        board, slug, topic = place.board.id, place.board.slug, place.topic.id
    page = browse(javascript=javascript)
    enter(app, page, live, "root", cast.administrator)
    page.goto(f"/admin/boards/{board}/moderators")
    page.locator("input[name=person]").fill("ben")
    page.locator("[name=reason]").fill("Has answered here for years, kindly.")
    shoot(page, "asking-a-member")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("no answer yet").wait_for()
    enter(app, page, live, "ben")
    page.goto(f"/b/{slug}/moderators")
    shoot(page, "asked")
    page.get_by_role("button", name="Yes, I will").click()
    page.get_by_text("Thank you!").first.wait_for()
    shoot(page, "who-looks-after-it")
    if javascript:
        assert axe(page) == []
    page.goto(f"/t/{topic}")
    page.get_by_text("Moderate").first.click()
    page.get_by_role("button", name="Lock").first.click()
    page.get_by_text("locked").first.wait_for()
    with reading(app) as session:
        assert session.get_one(Topic, topic).locked_at is not None


@BOTH
def test_where_it_gets_heated_a_member_reads_why_and_when_they_go_on(
    app, live, browse, uncounted, axe, shoot, javascript
):
    with writing(app) as session:
        place = settle(session)
        cast.reply(session, place.topic, place.cy, "No, you are!", reply_to_number=2)
        for who in (place.ann, place.ben, place.mo):
            place.flag(who)
        topic = place.topic.id
    page = browse(javascript=javascript)
    enter(app, page, live, "cyd")
    page.goto(f"/t/{topic}")
    page.get_by_text("This is getting heated").first.wait_for()
    shoot(page, "heated")
    if javascript:
        assert axe(page) == []
    page.get_by_role("textbox", name="Your reply").fill("And another thing.")
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("getting heated").first.wait_for()
    assert page.get_by_role("textbox", name="Your reply").input_value() == "And another thing."
    with reading(app) as session:
        assert session.query(Post).filter_by(topic_id=topic).count() == 3
