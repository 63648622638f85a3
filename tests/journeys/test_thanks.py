"""A member thanks, a Recognizer follows the suggestion, the member says yes, and the profile shows it."""

from __future__ import annotations

import pytest

from forum.permissions import Role
from tests import cast
from tests.journeys.people import enter
from tests.machines.databases import writing
from tests.recognition.people import WORDS, Workshop


@pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))
def test_a_member_thanks_somebody_recognizes_and_its_author_shows_it(app, live, browse, axe, shoot, javascript):
    with writing(app) as session:
        shop = Workshop(session)
        shop.pia.display_name = "Pia P."
        post = shop.writes(shop.pia)
        shop.thanks(cast.member(session, "cleo"), post)
        topic, reply = shop.topic.id, post.id
    page = browse(javascript=javascript)

    def look(name):
        if javascript:
            assert axe(page) == []
        shoot(page, name)

    enter(app, page, live, "ben")
    page.goto(f"/t/{topic}")
    page.locator("#post-2 .post-foot").get_by_role("button", name="Thanks").click()
    page.locator(f"#thanks-{reply}[aria-pressed=true]").wait_for()

    enter(app, page, live, "rae", cast.staff, roles=[Role.RECOGNIZER])
    page.goto("/organization")
    page.get_by_role("link", name="Whom it thanks").click()
    page.get_by_role("link", name="Recognize somebody").click()
    page.get_by_text("2 members say thanks").wait_for()
    look("recognize-suggestions")
    page.get_by_role("link", name="Recognize … Pia P.").click()
    page.get_by_text("Nobody was recognized in the last 28 days.").wait_for()
    page.get_by_role("textbox", name="What it did for somebody").fill(WORDS)
    look("recognize-form")
    page.get_by_role("button", name="Say it").click()
    page.get_by_text("They are told, and asked whether it may be shown.").wait_for()

    enter(app, page, live, "pia")
    page.goto("/notices")
    page.get_by_role("link", name="Thanks for what you wrote here").click()
    page.get_by_text("May we show this on your profile").wait_for()
    look("thanks-own")
    page.get_by_role("button", name="Yes, show it").click()
    page.get_by_text("It stands on your profile now.").wait_for()
    page.goto("/u/pia")
    page.get_by_text(WORDS).wait_for()
    look("profile-recognized")
    page.goto("/organization/recognitions")
    page.get_by_role("link", name="Pia P.").wait_for()
    look("recognitions")
