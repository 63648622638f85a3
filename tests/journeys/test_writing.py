"""People write, in a browser, with and without JavaScript, and with the keyboard alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from babel.dates import format_date

from forum.boards import kinds
from forum.core import clock
from forum.posts.models import Post, Topic
from tests import cast
from tests.journeys.people import enter, place
from tests.machines.databases import reading, writing
from tests.machines.proof import PROVE
from tests.posts.people import topic_of

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))

REVIEW = (clock.now() + timedelta(days=300)).date()
SHOWN = {"2031-07-01T19:30": "1 Jul 2031", REVIEW.isoformat(): format_date(REVIEW, "d MMMM y", locale="en_GB")}

KINDS = {
    "question": {"What you have tried": "Soap, then chalk."},
    "discussion": {},
    "story": {"What was learned": "To wait."},
    "idea": {"Who would gain by it": "All of us"},
    "event": {"Begins": "2031-07-01T19:30", "Place or link": "Leiden", "Places": "12"},
    "announcement": {},
    "reference": {"Look at it again on": REVIEW.isoformat()},
}


def backdate(app):
    """Let some time pass since everything that was posted: limits in time are not what these journeys are about."""
    with writing(app) as session:
        for row in (*session.query(Post), *session.query(Topic)):
            row.created_at = clock.now() - timedelta(hours=3)


@pytest.fixture
def question(app):
    """A question by ada with an answer by bo; its id."""
    place(app)
    with writing(app) as session:
        from forum.boards.models import Board

        ada, bo = cast.member(session, "ada", display_name="Ada O."), cast.member(session, "bo", display_name="Bo B.")
        board = session.query(Board).filter_by(slug="question").one()
        made = cast.topic(session, board, ada, "How do pegs stick?", body="They slip in winter.")
        cast.reply(session, made, bo, "Chalk helps.")
        made_id = made.id
    backdate(app)
    return made_id


@BOTH
def test_a_member_starts_a_topic_on_a_board_of_each_kind(app, live, browse, axe, shoot, javascript):
    place(app)
    page = browse(javascript=javascript)
    enter(app, page, live, "ada")
    for kind in kinds.kinds()[:: 1 if javascript or PROVE else 3]:
        page.goto("/")
        page.get_by_role("link", name=kind.key.title(), exact=True).click()
        page.get_by_role("link", name=kind.start).first.click()
        page.get_by_text(f"Guidance of {kind.key}.").wait_for()
        page.get_by_label("Title").fill(f"A good {kind.key}")
        page.get_by_label(kind.text_label, exact=True).fill("Some **bold** words.")
        for label, typed in KINDS[kind.key].items():
            page.get_by_label(label).fill(typed)
        page.get_by_text("Tags", exact=False).locator("xpath=ancestor-or-self::summary").click()
        page.get_by_label("gut").check()
        page.get_by_role("button", name="Preview").click()
        page.locator(".preview strong", has_text="bold").wait_for()
        if javascript:
            assert axe(page) == []
        shoot(page, f"new-{kind.key}")
        page.get_by_role("button", name=kind.start).click()
        page.get_by_role("heading", level=1, name=f"A good {kind.key}").wait_for()
        assert page.locator(".post-body strong").inner_text() == "bold"
        page.get_by_role("link", name="gut").first.wait_for()
        for typed in KINDS[kind.key].values():
            assert SHOWN.get(typed, typed) in page.locator("main").text_content()
        if javascript:
            assert axe(page) == []
        shoot(page, f"topic-{kind.key}")
        backdate(app)


@BOTH
def test_tags_are_ticked_typed_and_taken_back_and_one_for_staff_is_refused_in_words(
    app, live, browse, axe, shoot, javascript
):
    place(app)
    with writing(app) as session:
        cast.tag(session, "staff-pick", name="Staff pick", is_reserved=True)
    page = browse(javascript=javascript)
    enter(app, page, live, "ada")
    page.goto("/b/discussion/new")
    page.get_by_label("Title").fill("Gut for winter")
    page.get_by_label("Text", exact=True).fill("Which one?")
    page.locator("summary", has_text="Tags").click()
    rosin, others = page.get_by_label("rosin"), page.locator("#more_tags")
    rosin.focus()
    page.keyboard.press("Space")
    assert rosin.is_checked()
    page.keyboard.press("Space")
    assert not rosin.is_checked(), "by keyboard, as it was given"
    others.focus()
    if javascript:
        page.keyboard.type("gu")
        page.get_by_role("option", name="gut").wait_for()
        assert axe(page) == []
        shoot(page, "tags-completing")
        page.keyboard.press("Enter")
        assert others.input_value() == "gut, "
        page.keyboard.type("Staff pick")
    else:
        page.keyboard.type("#gut, Staff pick")
    page.get_by_role("button", name="Start a discussion").click()
    page.get_by_text("The tag “staff-pick” is for staff.").first.wait_for()
    assert others.input_value().endswith("gut, Staff pick")
    assert page.get_by_label("Text", exact=True).input_value() == "Which one?"
    if javascript:
        assert axe(page) == []
    shoot(page, "tags-refused")
    others.focus()
    page.keyboard.press("End")
    for _letter in ", Staff pick":
        page.keyboard.press("Backspace")
    page.get_by_role("button", name="Start a discussion").click()
    page.get_by_role("heading", level=1, name="Gut for winter").wait_for()
    page.get_by_role("link", name="gut").first.wait_for()


@BOTH
def test_a_member_quotes_reacts_and_edits_and_the_asker_accepts(app, live, browse, axe, shoot, question, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "cleo", display_name="Cleo C.")
    page.goto(f"/t/{question}")
    page.locator("#post-2").get_by_role("link", name="Quote").click()
    editor = page.get_by_role("textbox", name="Your reply")
    assert re.match(r"> \[@bo\]\(/p/\d+\):\n>\n> Chalk helps\.", editor.input_value())
    editor.fill(editor.input_value() + "And so does patience.")
    page.get_by_role("button", name="Preview").click()
    page.locator(".preview .quote", has_text="Chalk helps.").wait_for()
    shoot(page, "reply-preview")
    page.get_by_role("button", name="Post reply").click()
    mine = page.locator("#post-3")
    mine.get_by_text("And so does patience.").wait_for()
    mine.get_by_text("replies to Bo B.").wait_for()
    assert editor.input_value() == ""
    if javascript:
        assert page.evaluate("document.activeElement.id") == "post-3"
        assert axe(page) == []

    react_twice_and_think_better_of_one(page)
    edit_in_place(page, shoot, axe if javascript else None)
    enter(app, page, live, "ada")
    page.goto(f"/t/{question}")
    page.locator("#post-3").get_by_role("button", name="This answers it").click()
    page.get_by_role("heading", name="The answer").wait_for()
    page.locator(".topic-line").get_by_text("Solved").wait_for()
    if javascript:
        assert axe(page) == []
    shoot(page, "answered")


def edit_in_place(page, shoot, axe):
    page.locator("#post-3").locator("summary", has_text="More").click()
    page.locator("#post-3").get_by_role("link", name="Edit").click()
    page.locator("article textarea[data-editor]").fill("Patience, and chalk.")
    page.get_by_label("Why you change it").fill("Shorter")
    if axe:
        assert axe(page) == []
    shoot(page, "edit-in-place")
    page.get_by_role("button", name="Save").click()
    page.locator("#post-3").get_by_text("Patience, and chalk.").wait_for()


def react_twice_and_think_better_of_one(page):
    react(page, "#post-2", "Worked for me")
    page.locator('#post-2 .reaction[aria-pressed="true"]').wait_for()
    react(page, "#post-2", "Thanks")
    page.locator('#post-2 .reaction[aria-pressed="true"]').nth(1).wait_for()
    page.locator("#post-2").get_by_role("button", name="Thanks").click()
    page.locator('#post-2 .reaction[aria-pressed="true"]').nth(1).wait_for(state="detached")


def react(page, post, words):
    page.locator(f"{post} summary", has_text="React").click()
    page.locator(post).get_by_role("button", name=words).click()


def test_a_refused_reply_keeps_its_words_and_what_one_reads_stays_in_place(app, page, live, question):
    enter(app, page, live, "cleo")
    page.goto(f"/t/{question}")
    page.evaluate("window.still = true")
    editor = page.get_by_role("textbox", name="Your reply")
    editor.fill(".")
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("A post needs some words.").first.wait_for()
    assert editor.input_value() == "."
    with writing(app) as session:
        session.query(Post).filter_by(topic_id=question, number=2).one().created_at = clock.now()
        topic_of(session, question).last_post_at = clock.now() - timedelta(days=300)
    editor.fill("Something worth keeping.")
    page.get_by_role("button", name="Post reply").click()
    page.get_by_text("more than 6 months old").wait_for()
    assert editor.input_value() == "Something worth keeping."
    page.get_by_role("button", name="Post it anyway").click()
    page.locator("#post-3").get_by_text("Something worth keeping.").wait_for()
    assert page.evaluate("window.still") is True


def test_the_keyboard_alone_is_enough_to_answer_react_and_accept(app, page, live, question):
    enter(app, page, live, "ada")
    page.goto(f"/t/{question}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the text"
    page.keyboard.press("Enter")
    reach(page, "#post-2 summary:has-text('React')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator('#post-2 .reaction[aria-pressed="true"]').wait_for()
    reach(page, "#post-2 button:has-text('This answers it')")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The answer").wait_for()
    reach(page, "textarea[data-editor]")
    page.keyboard.type("Thank you.")
    page.keyboard.press("Control+Enter")
    page.locator("#post-3").get_by_text("Thank you.").wait_for()
    with reading(app) as session:
        assert session.get(Topic, question).accepted_post_id is not None


def reach(page, selector):
    """Press Tab until the focus stands there; fails where the keyboard does not get to it."""
    wanted = page.locator(selector).first.element_handle()
    for _ in range(90):
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_selection_is_quoted_below_what_one_has_written(app, page, live, question):
    enter(app, page, live, "cleo")
    page.goto(f"/t/{question}")
    editor = page.get_by_role("textbox", name="Your reply")
    editor.fill("I had begun.")
    page.locator("#post-2 .post-body p").click(click_count=3)
    page.locator(".quote-selection").click()
    assert editor.input_value().startswith("I had begun.\n\n> [@bo](/p/")
    assert "> Chalk helps." in editor.input_value()
