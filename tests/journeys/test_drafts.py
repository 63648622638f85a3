"""What people write is never lost: drafts in two tabs, and words written before joining."""

from __future__ import annotations

import time

from sqlalchemy import select

from forum.drafts.models import Draft
from forum.posts.models import Post
from tests import cast
from tests.accounts.people import PASSWORD, link_in, mails
from tests.journeys.people import enter
from tests.journeys.test_editor import topic
from tests.journeys.test_writing import BOTH
from tests.machines.databases import reading, writing


def test_a_draft_is_kept_while_one_writes_and_two_tabs_overwrite_nothing(app, live, page, axe, shoot):
    address = topic(app)
    enter(app, page, live, "ada")
    page.goto(address)
    editor = page.get_by_role("textbox", name="Your reply")
    editor.press_sequentially("Chalk, and")
    page.get_by_text("Saved as a draft.").wait_for()
    other = page.context.new_page()
    other.goto(address)
    there = other.get_by_role("textbox", name="Your reply")
    assert there.input_value() == "Chalk, and"
    there.press("Control+End")
    there.press_sequentially(" soap")
    other.get_by_text("Saved as a draft.").wait_for()
    editor.press("Control+End")
    editor.press_sequentially(" patience")
    page.get_by_text("Another tab has kept a later draft").first.wait_for()
    assert page.get_by_label("What the other tab kept").input_value() == "Chalk, and soap"
    assert axe(page) == []
    shoot(page, "two-drafts")
    page.get_by_role("button", name="Keep what I have here").click()
    page.get_by_text("Saved as a draft.").wait_for()
    with reading(app) as session:
        assert session.query(Draft).one().body == "Chalk, and patience"
    page.goto("/drafts")
    assert axe(page) == []
    shoot(page, "drafts")
    page.get_by_role("link", name="How do pegs stick?").click()
    page.get_by_role("button", name="Post reply").click()
    page.locator("#post-2").get_by_text("Chalk, and patience").wait_for()
    assert page.get_by_role("textbox", name="Your reply").input_value() == ""
    with reading(app) as session:
        assert session.query(Draft).count() == 0


def arrives(app, words):
    """Waits until the draft is kept."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with reading(app) as session:
            if session.scalar(select(Draft.body)) == words:
                return
        time.sleep(0.05)
    raise AssertionError(f"{words!r} was not kept")


def test_leaving_the_page_keeps_what_was_not_kept_yet(app, live, page):
    address = topic(app)
    enter(app, page, live, "ada")
    page.goto(address)
    page.get_by_role("textbox", name="Your reply").press_sequentially("In a hurry")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/")
    arrives(app, "In a hurry")  # it is sent on leaving, and may still be on its way when the next page is there
    page.goto(address)
    page.wait_for_function("() => document.querySelector('textarea')?.value === 'In a hurry'")


@BOTH
def test_a_guest_writes_joins_in_another_tab_and_posts_with_one_press(
    app, live, browse, axe, shoot, unhurried, javascript
):
    address = topic(app)
    page = browse(javascript=javascript)
    page.goto(address)
    page.get_by_role("link", name="Or write now, and sign in afterwards.").click()
    page.get_by_role("textbox", name="Your reply").fill("I boil mine in oil.")
    if javascript:
        assert axe(page) == []
    shoot(page, "guest-writes")
    page.get_by_role("button", name="Continue to sign in").click()
    page.get_by_role("heading", name="Your words wait for you").wait_for()
    if javascript:
        assert axe(page) == []
    shoot(page, "waiting")
    with writing(app) as session:
        from forum.accounts.passwords import hash_password

        cast.newcomer(session, "nova", password_hash=hash_password("a password of nova's"))
    other = page.context.new_page()
    other.goto("/sign-in")
    other.get_by_label("Name or e-mail address").fill("nova")
    other.get_by_label("Password").fill("a password of nova's")
    other.get_by_role("button", name="Sign in").click()
    editor = other.get_by_role("textbox", name="Your reply")
    editor.wait_for()
    assert editor.input_value() == "I boil mine in oil."
    with reading(app) as session:
        assert session.query(Post).count() == 1
    other.get_by_role("button", name="Post reply").click()
    other.locator("#post-2").get_by_text("I boil mine in oil.").wait_for()


@BOTH
def test_a_guest_asks_joins_by_mail_and_the_question_waits_to_be_posted(app, live, browse, axe, unhurried, javascript):
    with writing(app) as session:
        cast.board(session, "talk", kind="question")
        cast.tag(session, "gut")
    page = browse(javascript=javascript)
    page.goto("/b/talk/new")
    page.get_by_label("Title").fill("How do pegs stick?")
    page.get_by_label("Your question").fill("Mine *slip*.")
    page.get_by_label("What you have tried").fill("Chalk")
    page.locator("summary", has_text="Poll").click()
    page.get_by_label("Question", exact=True).fill("Chalk or soap?")
    page.get_by_role("textbox", name="Options").fill("Chalk\nSoap")
    page.get_by_role("button", name="Continue to sign in").click()
    page.get_by_role("main").get_by_role("link", name="Join", exact=True).click()
    page.get_by_label("User name").fill("nova")
    page.get_by_label("E-mail address").fill("nova@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url("**/sign-up/sent")
    page.goto(link_in(mails(app)[-1]))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/b/talk/new")
    assert page.get_by_label("Title").input_value() == "How do pegs stick?"
    assert page.get_by_label("Your question").input_value() == "Mine *slip*."
    assert page.get_by_role("textbox", name="Options").input_value() == "Chalk\nSoap"
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Ask a question").click()
    page.get_by_role("heading", level=1, name="How do pegs stick?").wait_for()
    page.get_by_role("heading", name="Chalk or soap?").wait_for()
    page.goto("/waiting")
    page.get_by_role("heading", name="Nothing waits here").wait_for()
    with reading(app) as session:
        assert session.query(Post).one().source == "Mine *slip*."
