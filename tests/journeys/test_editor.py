"""The place where one writes: pictures and files, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from forum.core.markup import pool
from tests import cast
from tests.journeys.people import enter
from tests.journeys.test_writing import BOTH
from tests.machines.databases import writing
from tests.uploads.files import PDF, picture


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(pool, "WALL_SECONDS", 20.0)  # a busy machine is not what these journeys are about


def topic(app):
    """A topic of bo's that anybody may answer; its address."""
    with writing(app) as session:
        made = cast.topic(session, cast.board(session, "talk"), cast.member(session, "bo"), "How do pegs stick?")
        return f"/t/{made.id}-{made.slug}"


@BOTH
def test_a_picture_and_a_file_come_into_a_reply(app, live, browse, axe, shoot, javascript):
    address = topic(app)
    page = browse(javascript=javascript)
    enter(app, page, live, "ada")
    page.goto(address)
    editor = page.get_by_role("textbox", name="Your reply")
    editor.fill("Look at this:")
    for name, kind, data in (("bow.png", "image/png", picture(size=(640, 360))), ("plan.pdf", "application/pdf", PDF)):
        page.locator("summary", has_text="Add a picture or a file").click()
        page.get_by_label("Picture or file").set_input_files({"name": name, "mimeType": kind, "buffer": data})
        page.get_by_label("What a picture shows").fill("A bow of ash" if kind == "image/png" else "")
        if javascript and kind == "image/png":
            assert axe(page) == []
            shoot(page, "attach")
        page.get_by_role("button", name="Add it to the text").click()
        expect(editor).to_have_value(re.compile(rf"\.{name[-3:]}\)"), timeout=10_000)
    assert re.match(r"Look at this:\s+!\[A bow of ash\]\(/files/\w+\.png\)\s+\[plan\.pdf", editor.input_value())
    page.get_by_role("button", name="Post reply").click()
    shown = page.locator("#post-2 img[alt='A bow of ash']")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#post-2 .post-body img').naturalWidth === 640")
    assert shown.evaluate("image => [image.width > 300, image.height > 150]") == [True, True]
    page.locator("#post-2").get_by_role("link", name="plan.pdf").wait_for()
    shoot(page, "picture-in-a-post")


def bring(page, how, name="bow.png", data=None):
    """A file comes into the text as a browser brings it: chosen, dropped, or pasted from the clipboard."""
    data = data or picture()
    if how == "chosen":
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Picture or file", exact=True).click()
        chooser.value.set_files({"name": name, "mimeType": "image/png", "buffer": data})
        return
    page.evaluate(
        """([bytes, name, how]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
          const area = document.querySelector('textarea[data-editor]');
          const settings = { bubbles: true, cancelable: true };
          if (how === 'pasted') {
            area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...settings }));
          } else for (const kind of ['dragover', 'drop'])
            area.dispatchEvent(new DragEvent(kind, { dataTransfer: data, ...settings }));
        }""",
        [list(data), name, how],
    )


def focused(page):
    return page.evaluate("document.activeElement.id")


@pytest.mark.parametrize("how", ("chosen", "dropped", "pasted"))
def test_a_picture_arrives_and_its_words_are_asked_for_kindly(app, page, live, axe, shoot, how):
    enter(app, page, live, "ada")
    page.goto(topic(app))
    editor = page.get_by_role("textbox", name="Your reply")
    editor.fill("Above.\n\n\nBelow.")
    for _ in "\nBelow.":
        page.keyboard.press("ArrowLeft")
    bring(page, how)
    words = page.get_by_label("What does the picture show?")
    words.wait_for()
    assert focused(page) == (editor if how == "pasted" else words).get_attribute("id"), "who writes goes on writing"
    page.get_by_role("button", name="Describe it").click()
    page.get_by_text("Write a few words about it first.").wait_for()
    assert focused(page) == words.get_attribute("id")
    assert axe(page) == []
    shoot(page, "ask-for-words")
    page.keyboard.type("A bow of [ash]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    words.wait_for(state="hidden")
    there = r"Above\.\n\n!\[A bow of \\\[ash\\\]\]\(/files/\w+\.png\)\n\nBelow\."
    assert re.fullmatch(there, editor.input_value()), editor.input_value()
    assert focused(page) == editor.get_attribute("id")
    page.keyboard.type("|")
    assert ".png)\n|\nBelow." in editor.input_value(), "where the picture stands"


def test_two_pictures_are_described_one_after_the_other(app, page, live):
    enter(app, page, live, "ada")
    page.goto(topic(app))
    editor = page.get_by_role("textbox", name="Your reply")
    editor.fill("Two of them:")
    page.get_by_text("Add a picture or a file").click()
    two = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": picture(size=(64, n))} for n in (48, 49)]
    page.locator("input[type=file]").evaluate("input => (input.multiple = true)")
    page.get_by_label("Picture or file").set_input_files(two)
    page.get_by_role("button", name="Add it to the text").click()
    for words, name in (("One", "48.png"), ("Two", "49.png")):
        page.locator("[data-alt-name]", has_text=name).wait_for()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    page.keyboard.type("There.")
    there = r"Two of them:\n\n!\[One\]\(\S+\)\n\n!\[Two\]\(\S+\)\n\nThere\."
    assert re.fullmatch(there, editor.input_value()), editor.input_value()


def test_a_file_that_is_refused_leaves_the_text_as_it_was_and_says_why(app, page, live):
    enter(app, page, live, "ada")
    page.goto(topic(app))
    editor = page.get_by_role("textbox", name="Your reply")
    text = "Above,\nand a word.\nBelow."
    editor.fill(text)
    editor.evaluate("area => area.setSelectionRange(7, 10)")
    bring(page, "dropped", "a.exe", b"MZ")
    page.get_by_text("This kind of file cannot be kept here").wait_for()
    assert editor.input_value() == text
    page.locator("[data-attach]").evaluate("box => (box.dataset.most = '10')")
    bring(page, "pasted")
    page.get_by_text("“bow.png” is too large: pictures may have up to 10 MB").wait_for()
    assert editor.input_value() == text
    page.locator("summary", has_text="Add a picture or a file").click()
    page.get_by_role("button", name="Add it to the text").click()
    page.get_by_text("Choose a picture or a file first.").wait_for()


def test_a_table_pasted_with_its_picture_stays_words(app, page, live):
    enter(app, page, live, "ada")
    page.goto(topic(app))
    editor = page.get_by_role("textbox", name="Your reply")
    taken = editor.evaluate(
        """area => {
          const data = new DataTransfer();
          data.setData('text/plain', 'a\\tb');
          data.items.add(new File([new Uint8Array([1])], 'table.png', { type: 'image/png' }));
          const settings = { clipboardData: data, bubbles: true, cancelable: true };
          return !area.dispatchEvent(new ClipboardEvent('paste', settings));
        }"""
    )
    assert not taken, "the browser pastes the words itself"
    assert editor.input_value() == ""


def test_names_are_completed_by_the_keyboard_and_a_spoiler_is_marked(app, page, live, axe, shoot):
    address = topic(app)
    with writing(app) as session:
        cast.tag(session, "gut")
    enter(app, page, live, "ada")
    page.goto(address)
    editor = page.get_by_role("textbox", name="Your reply")
    editor.press_sequentially("Thanks @b")
    option = page.get_by_role("option", name="@bo, in this topic")
    option.wait_for()
    assert option.get_attribute("aria-selected") == "true"
    assert editor.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert axe(page) == []
    shoot(page, "completing")
    page.keyboard.press("Enter")
    page.keyboard.type("see")
    editor.evaluate("area => area.setSelectionRange(7, 10)")
    page.keyboard.type("@b")
    option.wait_for()
    page.keyboard.press("Enter")
    assert editor.input_value() == "Thanks @bo see", "one space behind it, also where one stands already"
    page.keyboard.press("End")
    page.keyboard.type(" #gu")
    page.get_by_role("option", name="#gut").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type(":tada")
    page.get_by_role("option", name=":tada:").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("listbox").wait_for(state="hidden")
    page.keyboard.type(": it broke")
    assert editor.input_value() == "Thanks @bo see #gut :tada: it broke"
    for _letter in "it broke":
        page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Spoiler").click()
    assert editor.input_value() == "Thanks @bo see #gut :tada: ||it broke||"
    page.keyboard.press("Control+Shift+P")
    page.locator(".preview .spoiler", has_text="it broke").wait_for()
    page.locator(".preview .mention", has_text="@bo").wait_for()


def test_topics_like_the_title_are_named_while_one_types_it(app, page, live, axe, shoot):
    with writing(app) as session:
        board, bo = cast.board(session, "talk"), cast.member(session, "bo")
        cast.topic(session, board, bo, "How do I keep wooden pegs from slipping?")
    enter(app, page, live, "ada")
    page.goto("/b/talk/new")
    page.get_by_label("Title").press_sequentially("Wooden pegs keep slipping")
    page.locator("#similar").get_by_role("link", name="How do I keep wooden pegs from slipping?").wait_for()
    assert axe(page) == []
    shoot(page, "similar")


def test_the_keyboard_reaches_the_button_that_quotes_a_selection(app, page, live):
    enter(app, page, live, "ada")
    page.goto(topic(app))
    page.locator("#post-1 .post-body p").click(click_count=3)
    page.get_by_role("button", name="Quote", exact=True).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('[data-quote-selection]')")
    page.keyboard.press("Enter")
    assert page.get_by_role("textbox", name="Your reply").input_value().startswith("> [@bo](/p/")
