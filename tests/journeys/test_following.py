"""Members hear of what concerns them, in a browser: the bell, open pages, lists, levels, channels."""

from __future__ import annotations

import pytest

from forum.boards.models import Board
from forum.following.models import BoardFollow
from forum.notifications.models import ChannelChoice, Notice
from forum.posts import actions as posts
from forum.posts.models import Topic
from tests import cast
from tests.journeys.people import enter, place
from tests.machines.databases import writing
from tests.notifications.people import reply
from tests.posts.people import person, topic_of

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))
# Pages ask every four seconds (`test_live.py`); how long a busy machine takes to answer proves nothing.
HEARD_WITHIN_MS = 30_000


@pytest.fixture
def talk(app):
    """A topic of Ada's, long enough to scroll, that Bo has read to its end and watches."""
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="discussion").one()
        ada, bo = person(session, "ada"), person(session, "bo")
        made = cast.topic(session, board, ada, "Which glue for winter?")
        for number in range(8):
            reply(session, made, ada if number % 2 else person(session, "cy"), f"Thought {number}.\n\n" * 12)
        posts.mark_read(session, cast.actor(session, bo), made, made.last_number)
        posts.follow_topic(session, cast.actor(session, bo), made, "watching")
        return made.id


def says(app, topic, name, source, *names):
    with writing(app) as session:
        return reply(session, topic_of(session, topic), person(session, name), source, *names).number


def test_an_open_topic_says_what_is_new_and_shows_it_without_moving_what_is_read(app, live, browse, axe, shoot, talk):
    page = browse()
    enter(app, page, live, "bo")
    page.goto(f"/t/{talk}")
    page.locator("#post-4").scroll_into_view_if_needed()
    there = lambda: page.locator("#post-4").bounding_box()["y"]  # noqa: E731
    before, posts_before = there(), page.locator("#posts > article").count()
    says(app, talk, "ada", "Bone glue, @bo!", "bo")
    page.get_by_role("link", name="1 new reply — show").wait_for(timeout=HEARD_WITHIN_MS)
    page.locator("#bell-count", has_text="1").wait_for(timeout=HEARD_WITHIN_MS)
    assert page.title().startswith("(1 new reply)")
    assert (there(), page.locator("#posts > article").count()) == (before, posts_before)
    assert page.evaluate("document.activeElement === document.body"), "nothing takes the focus"
    shoot(page, "live-topic")
    assert axe(page) == []
    page.get_by_role("link", name="1 new reply — show").click()
    page.locator("#post-10").wait_for()
    assert page.evaluate("document.activeElement.id") == "post-10"
    assert page.locator("#live a").count() == 0
    assert not page.title().startswith("(")
    page.locator("#post-10 summary", has_text="React").click()
    page.locator("#post-10").get_by_role("button", name="Thanks").click()
    page.locator("#post-10 .reaction[aria-pressed=true]").first.wait_for()


@BOTH
def test_the_bell_leads_to_the_first_unread(app, live, browse, axe, shoot, talk, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "bo")
    page.goto("/")
    for name in ("ada", "cy", "ada"):
        says(app, talk, name, "More on glue.")
    if not javascript:
        page.reload()
    page.locator("#bell-count", has_text="1").wait_for(timeout=HEARD_WITHIN_MS)
    page.get_by_role("link", name="Notices").click()
    shoot(page, "centre")
    if javascript:
        assert axe(page) == []
    page.get_by_role("link", name="3 new replies").click()
    page.wait_for_url("**/t/*#post-10")
    page.locator(".unread-line", has_text="New for you").wait_for()
    page.goto("/notices")
    assert page.locator("#bell-count").inner_text() == ""
    says(app, talk, "cy", "And you, @bo?", "bo")
    page.reload()
    page.get_by_role("link", name="Mentions").click()
    page.get_by_role("link", name="cy mentioned you").wait_for()
    page.get_by_role("button", name="Mark all as read").click()
    page.get_by_text("All notices are marked as read.").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("They are unread again.").wait_for()
    assert page.locator("#bell-count").inner_text() == "1"


def opens_inside_a_phone(page, address):
    wide = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    page.locator("details.level summary").first.click()
    box = page.locator(".level-body").first.bounding_box()
    assert min(box["x"], box["y"]) >= 0, address
    assert box["x"] + box["width"] <= 390, address
    assert box["y"] + box["height"] <= 844, address
    page.set_viewport_size(wide)


@BOTH
def test_lists_say_how_much_is_new_and_what_is_muted_is_gone_from_them(app, live, browse, axe, shoot, talk, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "bo")
    page.goto("/unread")
    page.get_by_text("You have read it all").wait_for()
    says(app, talk, "ada", "One more thing.")
    if javascript:
        page.get_by_role("link", name="1 topic with news — show").click(timeout=HEARD_WITHIN_MS)
        page.wait_for_load_state()
    page.goto("/unread")
    page.get_by_role("link", name="Which glue for winter?").wait_for()
    shoot(page, "unread")
    if javascript:
        assert axe(page) == []
    page.goto("/")
    page.get_by_role("listitem").filter(has_text="About discussion.").get_by_text("1 new").wait_for()
    page.goto(f"/t/{talk}")
    page.locator("details.level summary").click()
    shoot(page, "levels")
    page.get_by_role("button", name="Muted").press("Enter")
    page.locator("details.level summary", has_text="Muted").wait_for()
    if javascript:
        page.wait_for_function("document.activeElement.matches('details.level summary')")
        for address in ("/b/discussion", "/following?level=muted"):
            opens_inside_a_phone(page, address)
    for address in ("/latest", "/unread", "/new"):
        page.goto(address)
        assert page.get_by_role("link", name="Which glue for winter?").count() == 0, address
    page.goto("/following?level=muted")
    page.get_by_role("link", name="Which glue for winter?").wait_for()
    shoot(page, "following")
    if javascript:
        assert axe(page) == []
    says(app, talk, "ada", "Still there, @bo?", "bo")
    page.reload()
    assert page.locator("#bell-count").inner_text() == ""


@BOTH
def test_a_member_says_how_to_hear_of_what_and_is_heard(app, live, browse, axe, shoot, talk, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "bo")
    page.goto("/settings/notices")
    shoot(page, "channels")
    if javascript:
        assert axe(page) == []
    page.get_by_label("there is a reply in a topic that you watch: Bell").uncheck()
    page.get_by_label("people react to what you wrote: Mail").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert not page.get_by_label("there is a reply in a topic that you watch: Bell").is_checked()
    with writing(app) as session:
        chosen = {(row.kind, row.channel, row.is_on) for row in session.query(ChannelChoice)}
        assert chosen == {("watching", "site", False), ("reaction", "mail", True)}
    says(app, talk, "ada", "Nobody in particular.")
    says(app, talk, "ada", "But you, @bo!", "bo")
    page.goto("/notices")
    assert page.locator(".notice-row").count() == 1
    page.get_by_role("link", name="ada mentioned you").wait_for()
    with writing(app) as session:
        own = session.query(Notice.kind, Notice.on_site).filter_by(recipient_id=person(session, "bo").id)
        kept = own.order_by(Notice.id).all()
        assert [tuple(row) for row in kept] == [("watching", False), ("mention", True)], "mail may still want it"


@BOTH
def test_a_boards_default_is_given_anew_and_taken_back(app, live, browse, axe, shoot, talk, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "root", cast.administrator)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="discussion").one().id
    page.goto(f"/admin/boards/{board}")
    page.get_by_role("link", name="Following").click()
    page.get_by_label("First posts").check()
    page.get_by_role("button", name="Save the default").click()
    page.get_by_text("4 members never chose and would have this level.").wait_for()
    page.get_by_role("button", name="Give them the default").click()
    page.get_by_text("4 members have this level now.").wait_for()
    shoot(page, "default-applied")
    if javascript:
        assert axe(page) == []
    reader = browse(javascript=javascript)
    enter(app, reader, live, "bo")
    reader.goto("/following")
    reader.get_by_text("as the board has it by default").wait_for()
    with writing(app) as session:
        cast.topic(session, session.get_one(Board, board), person(session, "ada"), "A word to begin")
    reader.goto("/notices")
    reader.get_by_role("link", name="ada started a topic").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back from everybody who has not chosen since.").wait_for()
    with writing(app) as session:
        assert session.query(BoardFollow).count() == 0
        assert session.query(Topic).count() == 2
