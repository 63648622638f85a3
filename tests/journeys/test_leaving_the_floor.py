"""A question is asked, and somebody of the organization leaves members the first word, in a browser."""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from forum.accounts.models import Account
from forum.organization import actions as organizations
from forum.organization.saved_models import SavedReply
from forum.posts import jobs
from forum.posts.guard_models import StandBy
from forum.posts.models import Post, Reaction, Topic
from tests import cast
from tests.journeys.people import enter
from tests.machines.databases import reading, writing
from tests.posts.doors import established, living, question

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@pytest.fixture
def topic(app):
    """Ada's question of a moment ago, on a board that is established."""
    with established():
        with writing(app) as session:
            asked = question(session, cast.member(session, "ada", display_name="Ada O."), title="How do pegs stick?")
        yield asked


def keep(app, page, live, topic, look, javascript):
    """Sid opens it, sees until when members have the first word, and keeps a reply."""
    enter(app, page, live, "sid", cast.staff, display_name="Sid")
    page.goto(f"/t/{topic.id}")
    guard = page.locator("#guard")
    assert "Members have the first word here until" in guard.inner_text()
    look(page, "guard-2")
    if javascript:
        page.get_by_label("What this post is for").focus()
        page.get_by_label("What this post is for").select_option("welcome")
        page.get_by_role("button", name="Post reply").wait_for()
        assert page.evaluate("document.activeElement.id") == "intent"  # nobody is torn away from what they do
        look(page, "guard-0")
    page.get_by_label("What this post is for").select_option("answer")
    page.get_by_label("Speaking as").select_option("responder")
    page.get_by_role("textbox", name="Your reply").fill("Chalk them, thinly, and turn them with a little pressure.")
    stand_by = page.get_by_role("button", name="Keep as stand-by")
    stand_by.wait_for()
    if javascript:
        stand_by.focus()
        page.keyboard.press("Enter")
    else:
        stand_by.click()
    page.get_by_text("Kept as a stand-by.").wait_for()
    page.get_by_text("You have a reply standing by here.").wait_for()


@pytest.fixture
def look(axe, shoot):
    """`look(page, name)`: a picture where pictures are wanted, and no barrier for anybody."""

    def look(page, name, javascript=True):
        if javascript:
            assert axe(page) == []
        shoot(page, name)

    return look


@BOTH
def test_a_member_answers_and_is_thanked_for_it(app, live, browse, look, topic, javascript):
    page = browse(javascript=javascript)
    keep(app, page, live, topic, lambda *a: look(*a, javascript), javascript)
    with writing(app) as session:
        pia = cast.member(session, "pia", display_name="Pia P.")
        answer = cast.reply(session, living(session, topic), pia, "Soap.").id
    page.goto("/stand-bys")
    page.get_by_text("A member answered: not needed").wait_for()
    look(page, "stand-bys", javascript)
    page.get_by_role("link", name="Thank them").click()
    page.get_by_role("textbox", name="Your note").fill("Soap it is, from now on.")
    page.get_by_role("button", name="Thank them").click()
    page.get_by_text("Soap.").wait_for()
    with reading(app) as session:
        thanked = session.query(Reaction).filter_by(post_id=answer, kind="thanks").count()
        assert thanked == 1
        assert session.query(Post).filter_by(topic_id=topic.id).count() == 2


@BOTH
def test_nobody_answers_and_it_is_posted_with_its_label(app, live, browse, look, topic, javascript):
    page = browse(javascript=javascript)
    keep(app, page, live, topic, lambda *_a: None, javascript)
    page.goto("/stand-bys")
    page.get_by_text("Waits").wait_for()
    look(page, "stand-bys-held", javascript)
    with writing(app) as session:
        session.get_one(Topic, topic.id).created_at -= timedelta(hours=97)
        row = session.query(StandBy).one()
        row.look_at = row.created_at
        sid = session.query(Account).filter_by(name="sid").one()
        for post in session.query(Post).filter_by(author_id=sid.id):
            post.created_at -= timedelta(hours=1)
    with app.app_context():
        jobs.turn_stand_bys()
    page.goto(f"/t/{topic.id}")
    page.get_by_text("posted after waiting for members").wait_for()
    look(page, "posted-after-waiting", javascript)


def note_instead_and_begin_with_a_saved_reply(app, page, topic, look):
    """Where one should wait, a note for colleagues is one of the offers; a saved reply never says what it is for."""
    with writing(app) as session:
        sid = session.query(Account).filter_by(name="sid").one()
        row = SavedReply(organization_id=cast.host(session).id, account_id=sid.id)
        organizations.save_reply(session, cast.actor(session, sid), row, "A hello", "Hello {{member}},")
    page.goto(f"/t/{topic.id}")
    words = page.get_by_role("textbox", name="Your reply")
    words.fill("It is the wax of the old stock.")
    page.locator("#doors").get_by_role("button", name="Internal note").click()
    page.get_by_text("Noted. Staff alone see it.").wait_for()
    page.locator("#backstage > summary").click()
    page.locator("#backstage").get_by_text("It is the wax of the old stock.").wait_for()
    look("backstage")
    assert words.input_value() == ""
    page.get_by_role("button", name="Insert").click()
    expect(words).to_have_value(re.compile("Hello Ada O"))
    assert page.get_by_label("What this post is for").input_value() == ""


@BOTH
def test_it_is_posted_now_with_a_reason_that_everybody_reads(app, live, browse, look, topic, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "sid", cast.staff, display_name="Sid")
    note_instead_and_begin_with_a_saved_reply(app, page, topic, lambda name: look(page, name, javascript))
    answers = page.expect_response(lambda one: "/guard" in one.url) if javascript else nullcontext()
    with answers:
        page.get_by_label("What this post is for").select_option("answer")
    page.get_by_label("Speaking as").select_option("responder")
    page.get_by_role("textbox", name="Your reply").fill("Stop: this varnish burns.")
    page.get_by_text("Post now, with a reason").click()
    page.get_by_label("Why this cannot wait").select_option("safety")
    look(page, "guard-reasons", javascript)
    page.get_by_role("button", name="Post now").click()
    page.get_by_text("Stop: this varnish burns.").first.wait_for()
    page.goto("/organization/overrides")
    page.get_by_text("Somebody could come to harm").wait_for()
    assert "Sid" not in page.locator("main").inner_text()
    look(page, "overrides", javascript)


@BOTH
def test_above_the_ceiling_a_host_reads_it_says_yes_and_it_is_posted_and_listed(app, live, browse, look, javascript):
    """The window is over and the share far above what the organization allows itself: no reason is enough."""
    with writing(app) as session:
        asked = question(session, cast.member(session, "ada", display_name="Ada O."), title="How do pegs stick?")
        session.get_one(Topic, asked.id).created_at -= timedelta(hours=20)
    with established(our_posts=60):
        sid, hal = browse(javascript=javascript), browse(javascript=javascript)
        enter(app, sid, live, "sid", cast.staff, display_name="Sid")
        enter(app, hal, live, "hal", cast.staff, display_name="Hal")
        sid.goto(f"/t/{asked.id}")
        assert "60.4" in sid.locator("#guard").inner_text()
        sid.get_by_label("What this post is for").select_option("answer")
        sid.get_by_label("Speaking as").select_option("responder")
        sid.get_by_role("textbox", name="Your reply").fill("Only our ledger says which wax that was.")
        look(sid, "guard-3", javascript)
        sid.get_by_text("Ask a Host", exact=True).first.click()
        sid.get_by_label("Why this cannot wait").select_option("no_peer_available")
        sid.get_by_role("button", name="Ask a Host").click()
        sid.get_by_text("A Host is asked, and you hear from them.").wait_for()
        hal.goto("/stand-bys")
        hal.get_by_text("Only our ledger says which wax that was.").first.wait_for()
        look(hal, "guard-host", javascript)
        hal.get_by_role("button", name="Let them post it").click()
        hal.get_by_text("No colleague asks you").wait_for()
        sid.goto(f"/t/{asked.id}")
        sid.get_by_text("Hal (Host) agreed").wait_for()
        look(sid, "guard-leave", javascript)
        sid.get_by_role("button", name="Post reply").click()
        sid.locator(".post-body", has_text="Only our ledger says").wait_for()
    sid.goto("/organization/overrides")
    sid.get_by_text("a Host agreed").wait_for()
    assert "Sid" not in sid.locator("main").inner_text()
    assert "Hal" not in sid.locator("main").inner_text()
