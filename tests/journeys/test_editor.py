"""The place where one writes: pictures and files, with and without JavaScript."""

from __future__ import annotations

import re

from tests import cast
from tests.journeys.people import enter
from tests.journeys.test_writing import BOTH
from tests.machines.databases import writing
from tests.uploads.files import PDF, picture


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
        page.wait_for_function("part => document.querySelector('textarea').value.includes(part)", arg=f".{name[-3:]})")
    assert re.match(r"Look at this:\s+!\[A bow of ash\]\(/files/\w+\.png\)\s+\[plan\.pdf", editor.input_value())
    page.get_by_role("button", name="Post reply").click()
    shown = page.locator("#post-2 img[alt='A bow of ash']")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#post-2 .post-body img').naturalWidth === 640")
    assert shown.evaluate("image => [image.width > 300, image.height > 150]") == [True, True]
    page.locator("#post-2").get_by_role("link", name="plan.pdf").wait_for()
    shoot(page, "picture-in-a-post")


def test_a_dropped_picture_arrives_and_its_words_are_asked_for_kindly(app, page, live, axe, shoot):
    enter(app, page, live, "ada")
    page.goto(topic(app))
    page.evaluate(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], 'bow.png', { type: 'image/png' }));
          const area = document.querySelector('textarea[data-editor]');
          for (const kind of ['dragover', 'drop'])
            area.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        list(picture()),
    )
    page.get_by_label("What does the picture show?").fill("A bow of [ash]")
    assert axe(page) == []
    shoot(page, "ask-for-words")
    page.keyboard.press("Enter")
    editor = page.get_by_role("textbox", name="Your reply")
    assert re.match(r"!\[A bow of \\\[ash\\\]\]\(/files/\w+\.png\)", editor.input_value())
    assert page.evaluate("document.activeElement.id") == editor.get_attribute("id")
    page.get_by_label("Picture or file").set_input_files({"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ"})
    page.locator("summary", has_text="Add a picture or a file").click()
    page.get_by_role("button", name="Add it to the text").click()
    page.get_by_text("This kind of file cannot be kept here").wait_for()
    assert "MZ" not in editor.input_value()
    assert "a.exe" not in editor.input_value()
