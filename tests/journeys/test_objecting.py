"""A post is hidden and mended; another is removed, or its author suspended: they object, and somebody else finds that
right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.moderation.models import Ruling
from tests.journeys.people import enter
from tests.machines.databases import writing
from tests.moderation.people import settle

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@pytest.fixture
def talk(app, uncounted):
    """The address of the topic in which Ada calls everybody a fool."""
    with writing(app) as session:
        place = settle(session)
        return f"/t/{place.topic.id}-{place.topic.slug}"


@BOTH
def test_what_flags_hid_is_mended_and_shown(app, live, browse, axe, shoot, talk, javascript):
    page = browse(javascript=javascript)
    for name in ("ann", "ben", "cyd"):
        enter(app, page, live, name)
        page.goto(talk)
        page.locator("#post-2 summary", has_text="More").click()
        page.get_by_role("link", name="Tell the moderators").click()
        page.get_by_label("It attacks or belittles somebody.").check()
        page.get_by_role("button", name="Tell the moderators").click()
        page.get_by_text("Thank you. The moderators look at it").first.wait_for()
    enter(app, page, live, "ada")
    page.goto(talk)
    page.get_by_text("Members flagged this").wait_for()
    shoot(page, "hidden")
    if javascript:
        assert axe(page) == []
    with writing(app) as session:  # ten minutes pass
        session.scalars(select(Ruling)).one().at -= timedelta(minutes=11)
    page.get_by_role("link", name="Mend it").click()
    page.get_by_label("Text").first.fill("Everybody may ask.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Everybody may ask.").first.wait_for()
    enter(app, page, live, "ann")
    page.goto(talk)
    page.get_by_text("Everybody may ask.").first.wait_for()


@BOTH
def test_who_objects_is_heard_by_another(app, live, browse, axe, shoot, talk, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "momo")
    page.goto(talk)
    page.locator("#post-2 summary", has_text="More").click()
    page.get_by_role("link", name="Remove or hide, by a rule").click()
    page.get_by_label("Remove it").check()
    page.get_by_label("Unkind").check()
    page.get_by_label("What happened").fill("It calls whoever asks a fool.")
    page.get_by_role("button", name="Decide").click()
    enter(app, page, live, "ada")
    page.goto(talk)
    page.get_by_role("link", name="Why, and how to object").click()
    page.get_by_role("heading", name="What you wrote was removed").wait_for()
    shoot(page, "statement")
    if javascript:
        assert axe(page) == []
    page.get_by_label("Why it was wrong").fill("It was a quote from a play.")
    page.get_by_role("button", name="Object", exact=True).click()
    page.get_by_text("The objection is looked at.").wait_for()
    statement = page.url
    enter(app, page, live, "mia")
    page.goto(statement)
    page.get_by_label("The objection is right").check()
    page.get_by_label("Why", exact=True).fill("Indeed, it is from a play.")
    shoot(page, "objection")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Answered. Whoever objected is told.").wait_for()
    enter(app, page, live, "ada")
    page.goto(statement)
    page.get_by_text("Indeed, it is from a play.").wait_for()
    shoot(page, "answered")
    page.goto(talk)
    page.get_by_text("Only a fool asks.").first.wait_for()
    with writing(app) as session:
        assert session.scalars(select(Ruling.state)).all() == ["undone"]


def test_who_is_suspended_objects_is_heard_and_writes_on(app, live, browse, axe, shoot, talk):
    page = browse()
    enter(app, page, live, "momo")
    page.goto("/u/ada/moderation")
    page.get_by_label("What", exact=True).select_option("suspension")
    page.get_by_label("By which rule").select_option("unkind")
    page.get_by_label("What happened").fill("You call whoever asks a fool.")
    shoot(page, "the member’s page")
    page.get_by_role("button", name="Decide, and tell them").click()
    page.get_by_text("Decided. Whom it concerns is told why.").wait_for()
    enter(app, page, live, "ada")
    page.goto("/moderation/own")
    page.get_by_role("link", name="All reasons, and how to object").click()
    page.get_by_role("heading", name="Your account is suspended").wait_for()
    assert axe(page) == []
    page.get_by_label("Why it was wrong").fill("It was a quote from a play.")
    page.get_by_role("button", name="Object", exact=True).click()
    page.get_by_text("The objection is looked at.").wait_for()
    statement = page.url
    enter(app, page, live, "mia")
    page.goto(statement)
    page.get_by_label("The objection is right").check()
    page.get_by_label("Why", exact=True).fill("Indeed, it is from a play.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Answered. Whoever objected is told.").wait_for()
    enter(app, page, live, "ada")
    page.goto("/moderation/own")
    page.get_by_text("Nothing holds you back.").wait_for()
