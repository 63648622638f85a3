"""What everybody should know: an announcement whose writer sees whom it reaches, and a banner that stays away."""

from __future__ import annotations

import pytest

from forum.following.models import BoardFollow
from forum.organization.voices import Voice
from tests import cast
from tests.journeys.people import enter
from tests.machines.databases import writing

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@pytest.fixture
def news(app):
    """A board for announcements that Ada and Bob follow; Ada had one yesterday."""
    with writing(app) as session:
        people = [cast.member(session, name, display_name=name.title()) for name in ("ada", "bob")]
        boards = [cast.board(session, slug, kind="announcement") for slug in ("news", "workshops")]
        for person, board in ((people[0], boards[1]), (people[0], boards[0]), (people[1], boards[0])):
            row = {"level": "first_post", "by_hand": True, "since": board.created_at}
            session.add(BoardFollow(account_id=person.id, board_id=board.id, **row))
        voice = Voice("announce", "official", "announcer")
        cast.topic(session, boards[1], cast.staff(session, "sid"), "A workshop in May", voice=voice)
    return "/b/news/new"


def announce(page, news, look, javascript):
    page.goto(news)
    said = "1 member gets this by mail. 1 had an announcement this week already and finds it among the notices."
    page.get_by_text(said).wait_for()
    page.get_by_text("Notice of safety, security or law").click()
    if javascript:
        page.get_by_label("Published as").select_option("safety")
        page.get_by_text("3 members get this by mail.").wait_for()
        look("announcement-notice")
        page.get_by_label("Published as").select_option("")
        page.get_by_text(said).wait_for()
    page.get_by_label("Title").fill("The library opens again")
    page.get_by_role("textbox", name="Text").fill("On Monday, with new shelves.")
    page.get_by_label("What this post is for").select_option("announce")
    page.get_by_label("Speaking as").select_option("announcer")
    page.get_by_role("button", name="Announce something").click()
    page.get_by_text("Published. It goes to 1 member by mail. 1 had an announcement").wait_for()
    look("announcement-sent")


def raise_both(page, look):
    page.goto("/organization/incidents")
    page.get_by_label("One line").fill("The library opens on **Monday**.")
    page.get_by_label("Where it leads").fill("/b/news")
    page.get_by_label("Stands there for").select_option("3")
    page.get_by_role("button", name="Raise the banner").click()
    page.get_by_text("The banner stands at the head of every page.").wait_for()
    page.get_by_label("What is wrong").fill("The mail server loses messages since noon.")
    page.get_by_role("button", name="Start incident mode").click()
    page.get_by_role("region", name="Incident", exact=True).wait_for()
    look("incidents")


@BOTH
def test_ann_announces_and_ada_puts_the_banner_away(app, live, browse, axe, shoot, news, javascript):
    page = browse(javascript=javascript)

    def look(name):
        if javascript:
            assert axe(page) == []
        shoot(page, name)

    enter(app, page, live, "ann", cast.staff, display_name="Ann")
    announce(page, news, look, javascript)
    raise_both(page, look)
    enter(app, page, live, "ada")
    page.goto("/latest")
    banner = page.get_by_role("region", name="Notice for everybody")
    look("banner")
    banner.get_by_role("button", name="Hide").click()
    page.wait_for_url("**/latest")
    page.goto("/")
    page.get_by_role("region", name="Incident", exact=True).wait_for()
    assert banner.count() == 0
