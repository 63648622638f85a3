"""Rules that change while people are here, and a forum that is read by keyboard alone; with JavaScript and without."""

from __future__ import annotations

import pytest

from tests import cast
from tests.journeys.people import enter as sign_in
from tests.machines.databases import writing


@pytest.fixture
def place(app):
    with writing(app) as session:
        board = cast.board(session, "talk", name="Talk")
        mo = cast.member(session, "mo")
        for number in range(3):
            topic = cast.topic(session, board, mo, f"Topic number {number}")
        for _number in range(3):
            cast.reply(session, topic, mo)
        return f"/t/{topic.id}-{topic.slug}"


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_an_administrator_publishes_rules_and_a_member_accepts_and_writes(
    app, live, browse, axe, shoot, place, javascript
):
    admin, member = browse(javascript=javascript), browse(javascript=javascript)
    sign_in(app, admin, live, "ada", cast.administrator)
    sign_in(app, member, live, "bea", cast.member)
    admin.goto("/admin/pages/rules")
    admin.get_by_label("Text").fill("Be kind.\n\nSell nothing.")
    admin.get_by_label("Ask members to accept this version").check()
    admin.get_by_role("button", name="Publish").click()
    admin.get_by_text("Published.").wait_for()
    member.goto(place)
    member.get_by_role("link", name="See what changed, then reply").click()
    member.get_by_role("heading", name="Rules").wait_for()
    if javascript:
        assert axe(member) == []
        shoot(member, "accept")
    member.get_by_role("button", name="I accept").click()
    member.get_by_text("You can write again.").wait_for()
    member.get_by_role("textbox", name="Your reply").fill("Gladly, and thank you.")
    member.get_by_role("button", name="Post reply").click()
    member.locator(".post-body", has_text="Gladly, and thank you.").wait_for()


def test_one_reads_and_replies_by_single_keys_and_can_switch_them_off(app, live, page, axe, place):
    sign_in(app, page, live, "bea", cast.member)
    page.goto("/b/talk")
    page.keyboard.press("j")
    focused = "document.activeElement.innerText"
    assert page.evaluate(focused) == "Topic number 2"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Topic number 1"
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url("**/t/**")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("jkgh?")
    assert page.get_by_role("textbox", name="Your reply").input_value() == "jkgh?"
    page.get_by_role("textbox", name="Your reply").fill("")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keyboard").wait_for()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_url("**/b/talk")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(live + "/")
    page.goto("/search?q=topic")
    page.keyboard.press("j")
    assert page.evaluate(focused).startswith("Topic number")
    page.goto("/help/keys")
    page.get_by_role("link", name="Switch the keys off").click()
    page.get_by_label("Single keys do what one does often").uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Pages look so from now on.").wait_for()
    page.goto("/b/talk")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
