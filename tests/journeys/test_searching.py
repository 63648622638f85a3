"""People look for something, in a browser: with and without JavaScript, and by keyboard alone."""

from __future__ import annotations

import pytest

from tests import cast
from tests.journeys.people import enter
from tests.machines.databases import writing

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@pytest.fixture
def workshop(app):
    with writing(app) as session:
        ada, bo = cast.member(session, "ada", display_name="Ada O."), cast.member(session, "bo")
        bench = cast.board(session, "bench", name="Workbench", kind="question")
        asked = cast.topic(session, bench, ada, "Which varnish for a fiddle", "The old one peels.")
        cast.reply(session, asked, bo, "Shellac, thinned with patience.")
        cast.topic(session, bench, bo, "Varnish for a cello", "Which one, and how many coats?")
        return cast.topic(session, bench, bo, "Bow hair", "Horse or not?").id


@BOTH
def test_somebody_looks_for_words_narrows_it_down_and_reads(app, live, browse, axe, shoot, workshop, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "cleo")
    page.goto(live)
    page.get_by_role("searchbox", name="Search").fill("varnish")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2 topics").wait_for()
    if javascript:
        assert axe(page) == []
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Written by").fill("ada")
    page.get_by_role("button", name="Apply the filters").click()
    page.get_by_role("heading", name="1 topic").wait_for()
    assert page.get_by_role("searchbox", name="Words to look for").input_value() == "varnish @ada"
    page.get_by_text("What can be typed").click()
    if javascript:
        assert axe(page) == []
    shoot(page, f"search-{'with' if javascript else 'without'}-javascript")
    page.get_by_role("link", name="Which varnish for a fiddle", exact=True).click()
    page.get_by_role("heading", name="Which varnish for a fiddle", level=1).wait_for()
    if javascript:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.get_by_role("link", name="Varnish for a cello").wait_for()
        page.goto(f"{live}/t/{workshop}")
        page.locator("#related").wait_for(state="detached")  # nothing is like it: no box
    else:
        page.get_by_role("link", name="Related topics").click()
        page.get_by_role("link", name="Varnish for a cello").wait_for()
    page.goto(f"{live}/search?q=varnish+staus:open")
    page.get_by_role("link", name="Did you mean status:open?").click()
    page.get_by_role("heading", name="2 topics").wait_for()
    page.goto(f"{live}/search?q=shelac")
    if javascript:
        assert axe(page) == []
    page.get_by_role("link", name="Did you mean Shellac?").click()
    page.get_by_role("heading", name="1 topic").wait_for()
    page.goto(f"{live}/search?q=workben")
    page.get_by_role("link", name="Board: Workbench").click()
    page.get_by_role("heading", name="Workbench", level=1).wait_for()


def test_by_keyboard_alone_from_the_front_page_to_a_post(live, page, workshop):
    page.goto(live)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    page.keyboard.type("shellac")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 topic").wait_for()
    for _ in range(15):
        page.keyboard.press("Tab")
        if "bo wrote" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**#post-2")


def test_whom_and_where_a_search_means_is_completed_by_keyboard(app, live, page, workshop, axe, shoot):
    enter(app, page, live, "cleo")
    page.goto(live)
    box = page.get_by_role("searchbox", name="Search")
    box.focus()
    page.keyboard.type("varnish from:a")
    page.get_by_role("option", name="Ada O.").wait_for()
    field = page.get_by_role("combobox", name="Search")
    assert field.get_attribute("aria-activedescendant") is None, "Enter looks for what was typed"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    assert axe(page) == []
    shoot(page, "search-completing")
    page.keyboard.press("Enter")
    assert field.input_value() == "varnish from:ada "
    page.keyboard.type("board:work")
    page.get_by_role("option", name="Workbench").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("listbox").wait_for(state="hidden")
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Workbench").click()
    assert field.input_value() == "varnish from:ada board:bench "
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 topic").wait_for()
