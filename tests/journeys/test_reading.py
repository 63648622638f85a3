"""People read, in a browser, with and without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forum.boards.models import Board
from forum.core import clock
from forum.organization.voices import Voice
from forum.posts import actions
from forum.posts.drafts import ReplyDraft
from forum.posts.models import Post
from forum.posts.queries import post_for_update, topic_for_update
from forum.scorecard import actions as scorecard
from forum.scorecard import weeks
from forum.scorecard.queries.gathering import reckoned
from tests import cast
from tests.journeys.people import enter, place
from tests.machines.databases import writing
from tests.machines.proof import PROVE

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))
THEMES = ("light", "dark", "contrast")


@pytest.fixture
def community(app):
    """A question with everything in it, and topics around it; the question's id."""
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="question").one()
        ada, bo = cast.member(session, "ada", display_name="Ada O."), cast.member(session, "bo", display_name="Bo B.")
        mod, rena, newt = cast.moderator(session, "mod"), cast.staff(session, "rena"), cast.newcomer(session, "newt")
        events = session.query(Board).filter_by(slug="event").one()
        fields = {"time_zone": "Europe/Amsterdam", "place": "Leiden", "places": 12}
        cast.topic(session, events, ada, "Spring meeting", fields=fields, starts_at=clock.now() + timedelta(days=9))
        made = cast.topic(session, board, ada, "How do pegs stick?", tags=("gut",), fields={"tried": "Soap."})
        for number in range(24):
            cast.reply(session, made, (bo, newt, ada)[number % 3], f"Thought {number}.", reply_to_number=number + 1)
        staff = cast.actor(session, rena)
        with cast.unhurried():
            for voice in (Voice("connect", "official", "responder"), Voice("personal", "personal", "")):
                words = cast.words(f"From the house: {voice.intent}.")
                actions.reply(session, staff, made, ReplyDraft(words, voice=voice, confirmed=frozenset({"row"})))
        actor = cast.actor(session, mod)
        for number, act in ((5, "delete"), (22, "accept")):
            post = session.query(Post).filter_by(topic_id=made.id, number=number).one()
            post = post_for_update(session, actor, post.id)
            if act == "delete":
                cast.remove(session, actor, post)
            else:
                actions.accept_answer(session, actor, post)
                actions.react(session, cast.actor(session, mod), post, "worked_for_me")
        topic = topic_for_update(session, actor, made.id)
        actions.lock(session, actor, topic)
        actions.unlock(session, actor, topic)
        actions.pin(session, actor, topic, scope="site", until=clock.now() + timedelta(days=3))
        return made.id


@BOTH
def test_a_guest_walks_from_the_front_page_to_an_answer_and_back(app, live, browse, axe, shoot, community, javascript):
    page = browse(javascript=javascript)
    page.goto("/")
    shoot(page, "home-guest")
    page.get_by_role("link", name="How do pegs stick?").last.click()
    page.get_by_text("Solved").first.wait_for()
    page.get_by_role("link", name="read it in its place").click()
    page.wait_for_url(re.compile(r"page=2#post-22$"))
    page.locator("#post-22").get_by_text("The answer", exact=True).wait_for()
    page.locator("#post-21").get_by_role("link", name="replies to").click()
    page.wait_for_url(re.compile(r"from=21#post-20$"))
    assert not page.locator("#post-19 .post-back").is_visible()
    page.locator("#post-20").get_by_role("link", name="back to where you were").click()
    page.wait_for_url(re.compile(r"page=2#post-21$"))
    page.get_by_role("link", name="Sign in").last.wait_for()


@BOTH
def test_a_member_opens_what_is_unread_where_they_stopped(app, live, browse, community, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "reader")
    page.goto(f"/t/{community}")
    page.wait_for_load_state("networkidle")
    page.goto("/")
    row = page.locator(".topic-row.is-unread")
    assert row.count() == 1
    page.get_by_role("link", name="1 unread topic", exact=True).click()
    page.get_by_role("heading", level=1, name="Unread topics").wait_for()
    row.get_by_role("link", name="How do pegs stick?").click()
    page.wait_for_url(re.compile(r"page=2#post-21$"))
    page.goto("/")
    page.get_by_role("button", name="Mark all read").click()
    page.get_by_text("All is marked read.").wait_for()
    assert page.locator(".new").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("What was new is new again.").wait_for()
    assert page.locator(".new").count() > 0
    page.goto("/b/event")
    page.get_by_role("button", name="Mark all read").click()
    page.get_by_role("button", name="Undo").wait_for()
    assert page.locator(".new").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("What was new is new again.").wait_for()
    page.goto("/b/event")
    assert page.locator(".new").count() > 0


@BOTH
def test_every_list_is_reached_by_clicks_from_home_and_from_a_board(app, live, browse, axe, community, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "reader")
    page.goto("/")
    lists = ("New", "Unread", "Top", "Hot")
    for start, where, of_board in (("Latest topics", "Lists", ""), ("Question", "Lists of this board", "Question")):
        for name in lists:
            if of_board:
                page.goto("/")
                page.locator(".board-row-name").get_by_role("link", name=of_board, exact=True).click()
            page.get_by_role("navigation", name=where, exact=True).get_by_role("link", name=name).click()
            page.get_by_role("heading", level=1, name=f"{name} topics").wait_for()
            tabs = page.get_by_role("navigation", name="Lists", exact=True)
            assert tabs.locator("[aria-current=page]").inner_text() == name
            crumbs = page.get_by_role("navigation", name="Where you are")
            assert crumbs.get_by_role("link", name="Question").count() == (1 if of_board else 0)
            assert not javascript or axe(page) == []
        tabs.get_by_role("link", name="Unanswered" if of_board else "Questions").click()
        page.get_by_role("heading", level=1, name="Question").wait_for()
        if not of_board:
            page.get_by_role("navigation", name="Lists", exact=True).get_by_role("link", name="Latest").click()
            page.get_by_role("heading", level=1, name=start).wait_for()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Unread").click()
    page.get_by_text("You have read it all").wait_for()


# A moderator's pages have all that a reader's have; each of them looks in `make prove`.
@pytest.mark.parametrize("name", (None, "reader", "mod", "rena") if PROVE else (None, "mod"))
def test_every_page_is_free_of_barriers(app, live, browse, axe, shoot, community, name):
    page = browse()
    if name:
        enter(app, page, live, name)
    with writing(app) as session:
        changed = session.query(Post).filter_by(topic_id=community, number=2).one()
        changed.revision_count = 1
        from forum.posts.models import Revision

        session.add(
            Revision(post_id=changed.id, number=1, author_id=changed.author_id, created_at=clock.now(), source="Old.")
        )
        post = changed.id
        if not name:
            cast.host(session)
            for week in (monday := weeks.latest(clock.now()), monday - weeks.WEEK):
                scorecard.make(session, week, reckoned(session, clock.now(), None))
    pages = {
        "home": "/",
        "latest": "/latest",
        "board": "/b/question",
        "events": "/b/event",
        "empty-board": "/b/story",
        "tags": "/tags",
        "tag": "/tags/gut",
        "topic": f"/t/{community}",
        "topic-2": f"/t/{community}?page=2",
        "history": f"/p/{post}/history",
        **(
            {"new": "/b/event/new", "quoting": f"/t/{community}?quote={post}"}
            if name
            else {"scorecard": "/organization/scorecard"}
        ),
    }
    for title, address in pages.items():
        page.goto(address)
        assert axe(page) == [], address
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        page.set_viewport_size({"width": 1280, "height": 800})
        shoot(page, f"{title}-{name or 'guest'}")


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_can_be_read(app, live, browse, axe, community, theme):
    page = browse()
    enter(app, page, live, f"in-{theme}", theme=theme)
    for address in ("/", f"/t/{community}", f"/t/{community}?page=2"):
        page.goto(address)
        assert axe(page) == [], address
