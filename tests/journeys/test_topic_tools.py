"""A moderator splits posts off, sees many topics through at once, and takes it back; a reader loses no place."""

from __future__ import annotations

import pytest

from forum.boards.models import Board
from forum.posts import actions
from forum.posts.models import Topic
from tests import cast
from tests.journeys.people import enter, place
from tests.machines.databases import writing
from tests.posts.people import topic_of

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@pytest.fixture
def talk(app):
    """A topic of seven posts of which a reader has read four, and another."""
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="discussion").one()
        ada, bo, cleo = (cast.member(session, name) for name in ("ada", "bo", "cleo"))
        topic = cast.topic(session, board, ada, "Strings and other things")
        for number in range(6):
            cast.reply(session, topic, (bo, ada)[number % 2], f"Thought {number}.")
        cast.topic(session, board, bo, "Gut strings again")
        actions.mark_read(session, cast.actor(session, cleo), topic_of(session, topic.id), 4)
        return topic.id


@BOTH
def test_three_posts_become_a_topic_and_come_back(app, live, browse, axe, shoot, talk, javascript):
    moderator, reader = browse(javascript=javascript), browse(javascript=javascript)
    enter(app, moderator, live, "mod", cast.moderator)
    enter(app, reader, live, "cleo")
    moderator.goto(f"/t/{talk}")
    moderator.get_by_text("Moderate").first.click()
    moderator.get_by_role("link", name="Choose posts to move").click()
    for number in (2, 4, 5):
        moderator.locator(f"#post-{number} input[name=post]").check()
    shoot(moderator, "choosing-posts")
    if javascript:
        assert axe(moderator) == []
    moderator.get_by_role("button", name="Go on with the chosen posts").click()
    moderator.get_by_label("Title").fill("Only strings")
    shoot(moderator, "split")
    if javascript:
        assert axe(moderator) == []
    moderator.get_by_role("button", name="Move the posts").click()
    moderator.get_by_role("heading", name="Only strings").first.wait_for()
    shoot(moderator, "split-off")
    reader.goto("/unread")
    reader.get_by_role("link", name="Only strings").first.click()
    reader.get_by_text("Thought 0.").wait_for()
    assert reader.locator("article.is-unread").count() == 1, "the fifth post is new, the second and fourth were read"
    moderator.get_by_role("link", name="Take it back").click()
    moderator.get_by_role("button", name="Take all of it back").click()
    moderator.get_by_text("Taken back for 1 topic").first.wait_for()
    reader.goto(f"/t/{talk}")
    assert reader.locator("article.is-unread").count() == 2, "the sixth and seventh; the fifth was read elsewhere"


@BOTH
def test_chosen_topics_are_locked_together_after_a_look(app, live, browse, axe, shoot, talk, javascript):
    page = browse(javascript=javascript)
    enter(app, page, live, "mod", cast.moderator)
    page.goto("/b/discussion")
    page.get_by_role("link", name="Choose topics").click()
    for box in page.locator("input[name=topic]").all():
        box.check()
    shoot(page, "choosing-topics")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Go on with the chosen topics").click()
    shoot(page, "tools")
    page.get_by_label("Lock", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="See what will change").click()
    shoot(page, "tools-preview")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Lock").click()
    shoot(page, "tools-run")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Take all of it back").click()
    page.get_by_text("Taken back for 2 topics").wait_for()


@BOTH
def test_two_topics_become_one_and_part_again_and_a_reader_loses_no_place(app, live, browse, talk, javascript):
    moderator, reader = browse(javascript=javascript), browse(javascript=javascript)
    with writing(app) as session:
        other = session.query(Topic).filter_by(title="Gut strings again").one().id
        cast.reply(session, topic_of(session, other), cast.member(session, "dan"), "Gut sounds rounder.")
        actions.mark_read(session, cast.actor(session, cast.member(session, "emi")), topic_of(session, other), 1)
    enter(app, moderator, live, "mod", cast.moderator)
    enter(app, reader, live, "emi")
    moderator.goto(f"/tools?topic={other}")
    moderator.get_by_label("Merge into one").check()
    moderator.get_by_role("button", name="Go on").click()
    moderator.get_by_label("Address of the topic that stays").fill(f"{live}/t/{talk}")
    moderator.get_by_role("button", name="See what will change").click()
    moderator.get_by_role("button", name="Merge").click()
    moderator.get_by_role("button", name="Take all of it back").wait_for()
    reader.goto(f"/t/{other}")
    reader.get_by_text("Gut sounds rounder.").wait_for()
    reader.get_by_role("heading", level=1, name="Strings and other things").wait_for()
    moderator.get_by_role("button", name="Take all of it back").click()
    moderator.get_by_text("Taken back for 1 topic").first.wait_for()
    reader.goto(f"/t/{other}")
    reader.get_by_role("heading", level=1, name="Gut strings again").wait_for()
    assert reader.locator("article").count() == 2
