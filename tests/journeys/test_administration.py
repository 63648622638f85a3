"""An administrator arranges a place from nothing, in a browser, with and without JavaScript."""

import re

import pytest

from forum.accounts.models import Account
from forum.boards import kinds, queries
from forum.boards.models import Board
from forum.permissions import Group, Right
from tests import cast
from tests.admin.test_pages import job, mail
from tests.machines.databases import reading, writing
from tests.machines.proof import PROVE


def enter(app, page, live, name="root"):
    """Sign `page` in as the administrator."""
    visitor = app.test_client()
    with writing(app) as session:
        found = session.query(Account).filter_by(name=name).first() or cast.administrator(session, name)
        cast.sign_in(visitor, session, found)
    (cookie,) = visitor._cookies.values()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live}])


def names(page, where="main"):
    return page.locator(f"{where} .admin-row-name").all_inner_texts()


@pytest.mark.parametrize("javascript", (True, False) if PROVE else (True,))
def test_an_administrator_makes_boards_of_each_kind_and_arranges_them(app, live, browse, axe, shoot, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live)
    make_sections(page)
    make_a_board_of_each_kind(page)
    shoot(page, "admin-boards")
    move_boards(page)
    assert names(page, "#section-2")[:4] == ["Reference", "Ideas", "Questions", "Discussions"]
    give_rights(page)
    shoot(page, "admin-rights")
    with reading(app) as session:
        ideas = session.query(Board).filter_by(slug="ideas").one()
        rights = queries.rights_on(session, ideas.id)
    assert Group.EVERYONE not in rights
    assert rights[Group.STAFF] == {Right.SEE, Right.MODERATE}
    archive_and_reopen(page)
    if javascript:
        assert axe(page) == []


def make_sections(page):
    page.goto("/admin")
    page.get_by_role("link", name="Make a board").click()
    for name in ("Round the stove", "At the bench"):
        page.get_by_label("Name of the section").fill(name)
        page.get_by_role("button", name="Make the section").click()
        page.get_by_role("heading", name=name).wait_for()
    page.get_by_role("button", name="Put “At the bench” one place up").click()
    page.wait_for_url("**/admin/boards#section-2")
    assert page.locator("main section h2").all_inner_texts()[:2] == ["At the bench", "Round the stove"]


def make_a_board_of_each_kind(page):
    for kind in kinds.kinds():
        page.goto("/admin/boards/new")
        page.get_by_role("link", name=kind.name, exact=True).click()
        page.get_by_label("Name", exact=True).fill(kind.name)
        page.get_by_label("In one line").fill(kind.summary)
        page.get_by_role("button", name="Make the board").click()
        page.get_by_text("is there.").wait_for()
    assert len(names(page)) == 7


def move_boards(page):
    """One to the other section, one below another; two in another order."""
    page.get_by_role("link", name="Stories", exact=True).click()
    page.get_by_label("Stands in").select_option(label="Round the stove")
    save(page)
    page.goto("/admin/boards")
    page.get_by_role("link", name="Discussions", exact=True).click()
    page.get_by_label("Stands in").select_option(label="At the bench, below “Questions”")
    page.get_by_label("Address").fill("talk")
    save(page)
    page.goto("/admin/boards")
    page.get_by_role("button", name="Put “Ideas” one place up").click()
    page.wait_for_url(re.compile("#board-"))
    page.get_by_role("link", name="Reference", exact=True).click()
    page.get_by_label("Place in the list").fill("1")
    page.get_by_role("button", name="Put it there").click()
    page.wait_for_url(re.compile("#board-"))


def save(page):
    page.get_by_role("button", name="Save the board").click()
    page.get_by_text("Saved.").wait_for()


def give_rights(page):
    page.get_by_role("link", name="Rights : Ideas").click()
    page.get_by_role("link", name="Members only").click()
    page.get_by_text("These ticks are a proposal").wait_for()
    page.get_by_label("Staff may moderate").check()
    page.get_by_label("Staff may see").check()
    page.get_by_role("button", name="Save the rights").click()
    page.get_by_text("The rights are saved.").wait_for()


def archive_and_reopen(page):
    page.get_by_role("link", name="The board", exact=True).click()
    page.get_by_role("button", name="Archive the board").click()
    page.get_by_text("is archived. Everything in it").wait_for()
    page.get_by_text("1 archived board").click()
    page.locator("details.fold").get_by_role("link", name="Ideas", exact=True).click()
    page.get_by_role("button", name="Open the board again").click()
    page.get_by_text("is open again").wait_for()


def test_every_page_can_be_read_by_everybody(app, live, browse, axe, shoot):
    with writing(app) as session:
        board = cast.board(session, "bench", name="Bench", description="What is broken")
        cast.board(session, "reeds", name="Reeds", section_id=board.section_id, parent_id=board.id)
        cast.tag(session, "wax", description="And rosin")
        author = cast.placeholder(session, "long-gone").id
        cast.moderator(session, "ann", display_name="Ann")
        mail(session)
        job(session)
        session.flush()
        pages = {
            "overview": "/admin",
            "boards": "/admin/boards",
            "kinds": "/admin/boards/new",
            "new": "/admin/boards/new?kind=event",
            "board": f"/admin/boards/{board.id}",
            "rights": f"/admin/boards/{board.id}/rights?preset=staff",
            "section": f"/admin/sections/{board.section_id}",
            "tags": "/admin/tags",
            "tag": "/admin/tags/1",
            "groups": "/admin/groups",
            "group": "/admin/groups/4",
            "people": "/admin/people",
            "person": f"/admin/people/{author}",
            "outbox": "/admin/outbox",
            "mail": "/admin/outbox/1",
            "jobs": "/admin/jobs",
            "site": "/admin/site",
            "all-tags": "/tags",
        }
    page = browse(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    enter(app, page, live)
    for name, address in pages.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert axe(page) == [], address
        page.emulate_media(color_scheme="dark")
        assert axe(page) == [], address
        page.emulate_media(color_scheme="light")
        shoot(page, f"admin-{name}")


def test_a_refused_colour_is_mended_with_one_press_and_the_whole_place_wears_it(app, live, browse, axe):
    page = browse(reduced_motion="reduce")
    enter(app, page, live)
    page.goto("/admin/site")
    page.get_by_role("textbox", name="Name of this place").fill("The Reed House")
    page.get_by_label("A colour of our own").check()
    page.get_by_label("Colour", exact=True).fill("#ffcc00")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("too pale for small letters").first.wait_for()
    assert axe(page) == []
    mend = page.get_by_role("button", name="Save with #")
    shade = mend.inner_text().removeprefix("Save with ")
    mend.click()
    page.get_by_text("Saved.").wait_for()
    accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
    assert accent.strip() == shade
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []


def test_with_the_keyboard_alone_a_board_moves_up(app, live, browse):
    with writing(app) as session:
        section = cast.section(session).id
        for number, name in enumerate(("First", "Second"), start=1):
            cast.board(session, name.lower(), name=name, section_id=section, position=number)
    page = browse()
    enter(app, page, live)
    page.goto("/admin/boards")
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").strip().startswith("Put “Second” one place up"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#board-"))
    assert names(page) == ["Second", "First"]


@pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))
def test_an_administrator_merges_two_tags_gives_the_one_that_stays_another_word_and_parts_them_again(
    app, live, browse, axe, javascript
):
    with writing(app) as session:
        for slug in ("wax", "rosin"):
            cast.tag(session, slug)
            cast.topic(session, cast.board(session), cast.member(session), f"About {slug}", tags=(slug,))
    page = browse(javascript=javascript)
    enter(app, page, live)
    page.goto("/admin")
    page.get_by_role("main").get_by_role("link", name="Tags", exact=True).click()
    page.get_by_role("link", name="#wax").click()
    page.get_by_label("The tag that stays").select_option(label="rosin")
    page.get_by_role("button", name="Show what would move").click()
    page.get_by_text("1 topic that members see carries “wax”").wait_for()
    page.get_by_role("button", name="Merge them").click()
    page.get_by_text("are one now. The log can part them again.").wait_for()
    page.get_by_role("link", name="#rosin").click()
    page.get_by_label("Another word").fill("colophony")
    page.get_by_role("button", name="Add the word").click()
    page.locator("#synonyms").get_by_text("colophony", exact=True).wait_for()
    assert not javascript or axe(page) == []
    page.goto("/tags/colophony")
    page.wait_for_url("**/tags/rosin")
    assert page.locator("main .topic-row").count() == 2
    page.goto("/admin/log")
    page.get_by_role("listitem").filter(has_text="“wax”").get_by_role("button", name="Undo").click()
    page.goto("/tags/wax")
    page.get_by_role("link", name="About wax").wait_for()
