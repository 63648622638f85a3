"""People talk in private, enter a group and ignore somebody, in a browser, with and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.conversations.models import Conversation, Message
from forum.core import clock
from tests import cast
from tests.conversations.talk import say
from tests.journeys.people import enter
from tests.machines.databases import writing
from tests.uploads import files as pictures

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


def let_time_pass(app):
    with writing(app) as session:
        for row in session.query(Message):
            row.created_at = clock.now() - timedelta(minutes=20)


def write_with_a_picture(page, axe, shoot, *, javascript):
    """Into the editor of a conversation; with JavaScript the words are kept across a reload."""
    editor = page.get_by_role("textbox", name="Your message")
    page.locator("#message-1").get_by_role("link", name="Quote").click()
    page.locator("textarea", has_text="> Do you **lend** it?").wait_for()
    assert editor.input_value() == "> [@ada](/messages/1):\n>\n> Do you **lend** it?\n\n"
    editor.fill("")
    if javascript:
        editor.fill("I had begun.")
        page.locator("#message-1").get_by_role("link", name="Quote").click()
        assert editor.input_value() == "I had begun.\n\n> [@ada](/messages/1):\n>\n> Do you lend it?\n\n"
        editor.fill("")
        editor.press_sequentially("Gladly, @ad")
        page.get_by_role("option", name="Ada O.").wait_for()
        page.keyboard.press("Enter")
        page.get_by_text("Saved as a draft.").wait_for()
        page.reload()
        assert editor.input_value() == "Gladly, @ada "
    editor.fill("Gladly.")
    page.locator("summary", has_text="Add a picture or a file").click()
    page.get_by_label("Picture or file").set_input_files(
        {"name": "reamer.png", "mimeType": "image/png", "buffer": pictures.picture(size=(640, 360))}
    )
    page.get_by_label("What a picture shows").fill("The reamer")
    page.get_by_role("button", name="Add it to the text").click()
    page.wait_for_function("() => document.querySelector('textarea')?.value.includes('.png)')")
    if javascript:
        assert axe(page) == []
        shoot(page, "conversation-editor")


def complete_whom(page, axe, shoot):
    """Their names are found by what they are called; without a script one types them."""
    to = page.get_by_role("textbox", name="To", exact=True).or_(page.get_by_role("combobox", name="To", exact=True))
    to.fill("")
    page.keyboard.type("B")
    option = page.get_by_role("option", name="Bo B.")
    option.wait_for()
    assert to.get_attribute("role") == "combobox"
    assert to.get_attribute("aria-expanded") == "true"
    assert to.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert axe(page) == []
    shoot(page, "conversation-to")
    page.keyboard.press("Enter")
    assert to.input_value() == "bo, "
    assert to.get_attribute("aria-expanded") == "false"


def hear_while_it_is_open(app, page, axe, shoot):
    """A line says that a message came; nothing moves, and what is being written stays, until one presses it."""
    editor = page.get_by_role("textbox", name="Your message")
    editor.fill("Shall I")
    with writing(app) as session:
        ada = session.query(cast.Account).filter_by(name="ada").one()
        say(session, ada, session.query(Conversation).one(), "Keep it until May.")
    line = page.get_by_role("link", name="1 new message — show")
    line.wait_for()
    assert page.locator("#message-3").count() == 0
    shoot(page, "conversation-live")
    line.click()
    page.locator("#message-3").get_by_text("Keep it until May.").wait_for()
    assert page.evaluate("document.activeElement.id") == "message-3"
    assert (editor.input_value(), page.locator("#live a").count()) == ("Shall I", 0)
    assert page.locator("[name='seen']").input_value() == "3"
    assert axe(page) == []


@BOTH
def test_a_message_goes_to_and_fro(app, live, browse, axe, shoot, javascript):
    with writing(app) as session:
        cast.member(session, "bo", display_name="Bo B.")
    page = browse(javascript=javascript)
    enter(app, page, live, "ada", display_name="Ada O.")
    page.goto("/u/bo")
    page.get_by_role("link", name="Write a message").click()
    if javascript:
        complete_whom(page, axe, shoot)
    page.get_by_label("What it is about").fill("The reamer")
    page.get_by_role("textbox", name="Your message").fill("Do you **lend** it?")
    page.get_by_role("button", name="Preview").click()
    page.locator(".preview strong", has_text="lend").wait_for()
    if javascript:
        assert axe(page) == []
    shoot(page, "conversation-new")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", level=1, name="The reamer").wait_for()
    let_time_pass(app)
    enter(app, page, live, "bo")
    page.goto("/conversations")
    page.get_by_text("1 new").wait_for()
    if javascript:
        assert axe(page) == []
    shoot(page, "conversations")
    page.get_by_role("link", name="Ada O.").click()
    write_with_a_picture(page, axe, shoot, javascript=javascript)
    page.get_by_role("button", name="Send").click()
    page.locator("#message-2 img[alt='The reamer']").wait_for()
    page.locator("#message-2").get_by_text("Gladly.").wait_for()
    assert page.get_by_role("textbox", name="Your message").input_value() == ""
    if javascript:
        assert page.evaluate("document.activeElement.id") == "message-2"
        assert axe(page) == []
        hear_while_it_is_open(app, page, axe, shoot)
    shoot(page, "conversation")
    page.locator("#message-1").get_by_role("link", name="Report").click()
    page.get_by_label("What is wrong with it").fill("Too kind.")
    page.get_by_role("button", name="Show it to the moderators").click()
    page.get_by_text("The moderators can read this message").wait_for()


@BOTH
def test_a_member_asks_to_be_let_into_a_group_and_ignores_somebody(app, live, browse, axe, shoot, javascript):
    with writing(app) as session:
        group = cast.group(session, "Tuners", joining="request", description="We tune by ear.")
        cast.join(session, cast.member(session, "bo", display_name="Bo B."), group.id, is_owner=True)
        topic = cast.topic(session, cast.board(session), session.get(cast.Account, 1), body="Tuning by ear")
        address = f"/t/{topic.id}-{topic.slug}"
    page = browse(javascript=javascript)
    enter(app, page, live, "ada")
    page.goto("/groups")
    page.get_by_role("link", name="Tuners").click()
    page.get_by_label("A few words").fill("I tune every day.")
    page.get_by_role("button", name="Ask to be let in").click()
    page.get_by_text("Take it back").wait_for()
    enter(app, page, live, "bo")
    page.goto("/groups/tuners")
    page.get_by_text("I tune every day.").wait_for()
    if javascript:
        assert axe(page) == []
    shoot(page, "group-owner")
    page.get_by_role("button", name="Let in").click()
    page.get_by_text("ada is in the group.").wait_for()
    enter(app, page, live, "ada")
    page.goto("/groups/tuners")
    page.get_by_role("button", name="Leave the group").wait_for()
    page.goto("/u/bo/ignore")
    page.get_by_label("For good").check()
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Ignore").click()
    page.get_by_text("Nobody else learns of it").wait_for()
    page.goto(address)
    page.get_by_text("A post by somebody you ignore").click()
    page.get_by_text("Tuning by ear").wait_for()
    if javascript:
        assert axe(page) == []
    shoot(page, "ignored-post")
