"""A question from being asked to being outdated, and an idea from its first vote to being merged, in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.boards.models import Board
from forum.core import clock
from forum.posts import queries
from forum.posts.models import Topic
from tests import cast
from tests.journeys.people import enter, place
from tests.machines.databases import writing
from tests.posts.people import person

BOTH = pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))


@pytest.fixture
def question(app):
    """Ada's question, and bo who may be asked; its id."""
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="question").one()
        ada = cast.member(session, "ada", display_name="Ada O.")
        cast.member(session, "bo", display_name="Bo B.", may_be_asked=True)
        return cast.topic(session, board, ada, "How do pegs stick?").id


@pytest.fixture
def ideas(app):
    """Two ideas, each with the vote of who had it; their ids."""
    place(app)
    with writing(app) as session:
        board = session.query(Board).filter_by(slug="idea").one()
        ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
        return tuple(cast.topic(session, board, who, title).id for who, title in ((ada, "A bench"), (bo, "A seat")))


def reply(app, question, name):
    """Replying has its own journey."""
    with writing(app) as session:
        actor = cast.actor(session, person(session, name))
        topic = queries.topic_for_update(session, actor, question)
        cast.reply(session, topic, person(session, name), "Chalk, thinly.")


class Walk:
    """One person after another in front of the same page."""

    def __init__(self, app, page, live, topic):
        self.app, self.page, self.live, self.topic = app, page, live, topic

    def go(self, name, make=cast.member, **given):
        enter(self.app, self.page, self.live, name, make, **given)
        self.page.goto(f"/t/{self.topic}")

    def press(self, name, within=""):
        (self.page.locator(within) if within else self.page).get_by_role("button", name=name).first.click()


@pytest.fixture
def looked_at(axe, shoot):
    """`look(page, name)`: a picture where pictures are wanted, and no barrier for anybody."""

    def look(page, name, javascript):
        if javascript:
            assert axe(page) == []
        shoot(page, name)

    return look


@BOTH
def test_a_question_is_shared_and_somebody_is_asked_to_answer(app, live, browse, looked_at, question, javascript):
    page = browse(javascript=javascript)
    walk = Walk(app, page, live, question)
    walk.go("cleo", display_name="Cleo C.")
    walk.press("I have this too")
    page.get_by_text("1 other has this question").wait_for()
    page.get_by_role("link", name="Ask somebody to answer").click()
    page.get_by_label("Who, by name").press_sequentially("Bo" if javascript else "bo")
    if javascript:
        page.get_by_role("option", name="Bo B.").wait_for()
    looked_at(page, "question-ask", javascript)
    if javascript:
        page.keyboard.press("Enter")
        assert page.get_by_label("Who, by name").input_value() == "bo"
    walk.press("Ask them")
    page.get_by_text("Bo B. is asked.").wait_for()
    walk.go("bo")
    page.get_by_text("Cleo C. thinks that you could answer this.").wait_for()
    looked_at(page, "question-asked", javascript)
    walk.press("I’d rather not")
    page.get_by_text("nobody is told").wait_for()


@BOTH
def test_an_answer_is_confirmed_three_ways_and_then_found_outdated(app, live, browse, looked_at, question, javascript):
    page = browse(javascript=javascript)
    walk = Walk(app, page, live, question)
    reply(app, question, "bo")
    confirm_three_ways(walk, page)
    looked_at(page, "question-confirmed", javascript)
    walk.go("dan")
    page.get_by_role("link", name="No longer true?").click()
    page.get_by_label("What is no longer true").fill("Chalk is sold with wax in it now.")
    looked_at(page, "question-doubt", javascript)
    walk.press("Say so")
    page.get_by_text("Its author is asked first").wait_for()
    walk.go("bo")
    page.get_by_text("Chalk is sold with wax in it now.").wait_for()
    walk.press("Outdated", within=".answer")
    page.locator(".answer").get_by_text("Outdated since").wait_for()
    looked_at(page, "question-outdated", javascript)
    page.goto("/b/question?show=unsolved")
    page.get_by_role("link", name="How do pegs stick?").wait_for()
    looked_at(page, "question-board", javascript)
    page.goto("/questions?show=solved")
    page.get_by_role("heading", name="None").wait_for()
    looked_at(page, "questions", javascript)


def confirm_three_ways(walk, page):
    walk.go("ada")
    walk.press("This answers it")
    page.get_by_role("heading", name="The answer").wait_for()
    for name in ("cleo", "dan"):
        walk.go(name)
        if name == "cleo":
            page.locator("#post-2 summary", has_text="React").click()
        walk.press("Worked for me", within="#post-2")
        page.locator("#post-2 .reaction[aria-pressed=true]").wait_for()
    walk.go("stella", cast.staff, display_name="Stella S.")
    page.locator("#post-2 summary", has_text="More").click()
    walk.press("Confirm for the organization", within="#post-2")
    for words in ("Accepted by the asker", "Confirmed by 2 peers", "Confirmed by Stella S."):
        page.locator(".outcomes").get_by_text(words).wait_for()


@BOTH
def test_an_idea_is_voted_for_planned_and_takes_in_its_duplicate(app, live, browse, looked_at, ideas, javascript):
    first, second = ideas
    page = browse(javascript=javascript)
    walk = Walk(app, page, live, first)
    walk.go("cleo")
    give, take_back = "Vote for it", "Voted – press to take it back"
    for button, words in ((give, "2 votes"), (take_back, "1 vote"), (give, "2 votes")):
        walk.press(button)
        page.get_by_text(words).wait_for()
    page.get_by_role("button", name="Voted").wait_for()
    walk.go("stella", cast.staff)
    page.get_by_role("link", name="Say how far it is").click()
    page.get_by_label("Planned").check()
    page.get_by_label("Why").first.fill("There is room by the window.")
    looked_at(page, "idea-steer", javascript)
    walk.press("Say so")
    page.locator(".topic-line").get_by_text("Planned").wait_for()
    page.goto(f"/t/{second}/state")
    page.get_by_label("Of which idea").select_option("A bench")
    page.locator("#reason-merge").fill("Both are to sit on.")
    walk.press("Merge")
    page.get_by_text("3 votes").wait_for()
    page.get_by_text("How it got here").click()
    looked_at(page, "idea", javascript)
    page.goto("/b/idea?show=duplicate")
    page.get_by_role("link", name="A seat").click()
    page.get_by_text("This was merged into").wait_for()
    looked_at(page, "idea-merged", javascript)
    page.goto("/b/idea")
    looked_at(page, "ideas", javascript)


@BOTH
def test_a_reference_page_names_its_keeper_who_says_that_it_is_still_true(app, live, browse, looked_at, javascript):
    place(app)
    with writing(app) as session:
        cast.member(session, "bo", display_name="Bo B.")
    page = browse(javascript=javascript)
    enter(app, page, live, "ada")
    page.goto("/b/reference/new")
    page.get_by_label("Title").fill("Sizes of bridges")
    page.get_by_label("The page").fill("There are four of them.")
    keeper = page.get_by_role("textbox", name="Who keeps it correct").or_(
        page.get_by_role("combobox", name="Who keeps it correct")
    )
    assert keeper.input_value() == "ada"
    keeper.fill("" if javascript else "bo")
    if javascript:
        keeper.press_sequentially("b")
        page.get_by_role("option", name="Bo B.").click()
    assert keeper.input_value() == "bo"
    page.get_by_label("Look at it again on").fill("9999-01-31")
    page.get_by_role("button", name="Write a page").click()
    page.get_by_text("Choose a day to look at it again, in at most three years.").first.wait_for()
    page.get_by_label("Look at it again on").fill((clock.now() + timedelta(days=9)).date().isoformat())
    page.get_by_role("button", name="Write a page").click()
    page.get_by_text("Bo B. keeps this page correct.").wait_for()
    with writing(app) as session:  # the day comes and goes
        session.query(Topic).one().fields = {"review_on": "2020-01-31"}
    page.reload()
    page.get_by_text("overdue since").wait_for()
    looked_at(page, "reference-overdue", javascript)
    enter(app, page, live, "bo")
    page.goto("/notices")
    page.get_by_role("link", name="ada named you as who keeps this page correct").click()
    page.get_by_role("button", name="Still true: reviewed today").click()
    page.get_by_text("It is to be looked at again on").wait_for()
    looked_at(page, "reference-reviewed", javascript)
