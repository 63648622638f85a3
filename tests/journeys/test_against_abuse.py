"""A guest reports what is against the law, and a moderator decides. A spam account is removed, and given
back."""

from __future__ import annotations

import pytest

from forum.accounts.models import Account
from forum.posts.models import Post
from forum.shields.actions import remember_address
from tests import cast
from tests.accounts.people import link_in, mails
from tests.journeys.people import enter
from tests.machines.databases import writing
from tests.moderation.spam import Place

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


def advertised(app):
    """A spam account advertises three times, and is answered once; the last topic's number."""
    with writing(app) as session:
        place = Place(session)
        for title in ("Cheap gut", "Very cheap gut", "The cheapest gut"):
            begun = cast.topic(session, place.talk, place.spam, title)
        for post in session.query(Post):
            post.html = '<p><a href="https://cheap.example/gut">Buy</a></p>'
        cast.reply(session, begun, place.bo, "Do not.")
        for person in (place.spam, place.bo):
            remember_address(session, person.id, "session", "203.0.113.9")
        return begun.id


def looking(page, axe, shoot, javascript):
    def look(name):
        if javascript:
            assert axe(page) == []
        shoot(page, name)

    return look


@BOTH
def test_a_guest_reports_and_hears_what_a_moderator_decides(app, live, browse, axe, shoot, unhurried, javascript):
    topic, page = advertised(app), browse(javascript=javascript)
    look = looking(page, axe, shoot, javascript)
    page.goto(f"/t/{topic}")
    page.locator("#post-1 .post-actions summary").click()
    page.locator("#post-1").get_by_role("link", name="Report illegal content").click()
    page.get_by_role("button", name="Send the report").click()
    page.get_by_text("Say in a sentence or two why").first.wait_for()
    look("report-refused")
    page.get_by_label("Fraud, or forbidden goods").check()
    page.get_by_label("Why it is against the law").fill("It sells gut of a protected animal.")
    page.get_by_label("Your name").fill("Nora")
    page.get_by_label("Your e-mail address").fill("nora@elsewhere.example")
    page.get_by_label("I believe in good faith").check()
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="Report number 1").wait_for()
    look("report-sent")
    enter(app, page, live, "eli")
    page.goto("/notices")
    page.get_by_role("link", name="Somebody reports illegal content").click()
    with writing(app) as session:  # first it is taken away, then it is said
        opening = session.query(Post).filter_by(topic_id=topic, number=1).one()
        cast.remove(session, session.query(Account).filter_by(name="eli").one(), opening, "illegal")
    page.get_by_label("It was taken away.").check()
    page.get_by_label("Why").fill("It broke the law on the protection of species.")
    look("report-evidence")
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("hears it by mail").wait_for()
    page.goto(link_in(mails(app)[-1]))
    page.get_by_text("It was taken away.").wait_for()
    look("report-decided")


@BOTH
def test_a_moderator_removes_a_spam_account_and_gives_it_back(app, live, browse, axe, shoot, javascript):
    topic, page = advertised(app), browse(javascript=javascript)
    look = looking(page, axe, shoot, javascript)
    enter(app, page, live, "eli")
    page.goto("/moderation/spam")
    look("spam-candidates")
    page.get_by_role("link", name="Look at it").click()
    page.get_by_label("Why").fill("Advertising")
    look("spam-preview")
    page.get_by_role("button", name="Remove everything").click()
    page.get_by_text("Everything of spam is gone.").wait_for()
    look("spam-removed")
    page.get_by_role("link", name="Give back …").click()
    page.get_by_label("Why").fill("It was none")
    look("spam-back")
    page.get_by_role("button", name="Give everything back").click()
    page.get_by_text("Everything is back as it was.").wait_for()
    page.goto(f"/t/{topic}")
    page.get_by_role("heading", level=1, name="The cheapest gut").wait_for()
    page.goto("/u/spam")
    page.locator(".profile-head summary").click()
    page.get_by_role("button", name="From where they came").click()
    page.get_by_role("heading", name="From where Cheap Gut came").wait_for()
    look("addresses")
    page.get_by_role("link", name="Block …").click()
    page.get_by_label("Why").fill("Advertising")
    page.get_by_role("button", name="Block", exact=True).click()
    page.get_by_text("203.0.113.9/32 is blocked.").wait_for()
    look("blocks")
