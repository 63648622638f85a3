"""A moderator's morning: what members flagged is worked off from top to bottom, without a mouse."""

from __future__ import annotations

import re

import pytest

from forum.accounts.events import SignUpWaiting
from forum.accounts.models import Account, WaitingSignUp
from forum.boards.models import Board
from forum.core import clock
from forum.core.events import emit
from forum.moderation import actions, subjects
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case, Reason, Ruling
from forum.posts import queries as posts
from forum.reporting import actions as reporting
from forum.reporting.grounds import Draft
from forum.suggestions import actions as suggesting
from forum.suggestions import queries as suggestions
from forum.suggestions.drafts import SuggestionDraft
from tests import cast
from tests.journeys.people import enter
from tests.machines.databases import reading, writing
from tests.machines.proof import PROVE

ITEMS = 100 if PROVE else 20


def flagged(app, count):
    """`count` replies, each flagged by somebody."""
    with writing(app) as session:
        board = cast.board(session, "talk")
        ada, topic = cast.member(session, "ada"), cast.topic(session, board, cast.member(session, "ann"))
        topic_id = topic.id
        session.add(Reason(rule="spam", title="Advertising", text="It offers pegs for money."))
        replies = [cast.reply(session, topic, ada, f"Buy pegs number {index}.") for index in range(count)]
        for index, post in enumerate(replies):
            if index % 15 == 0:
                who = cast.actor(session, cast.member(session, f"reader{index}"))
            actions.flag(session, who, subjects.load(session, "post", post.id), "spam")
        return topic_id


def suggested(session, index, post, by):
    """Somebody knows better words."""
    there = posts.post_for_update(session, by, post.id)
    seen = suggestions.said_now(session, [there])[post.id].fingerprint
    suggesting.suggest(session, by, there, SuggestionDraft(cast.words(f"Pegs, number {index}."), "It is kinder.", seen))


def reported(session, index, post, by):
    """Somebody says that it is against the law."""
    said = ("hate", "It calls for violence, plainly.", "Nora", f"nora{index}@elsewhere.example")
    reporting.report_illegal(session, by, Draft("post", post.id, f"/p/{post.id}", *said, True))


def objected(session, _index, post, _by):
    """It was removed, and its author says that this was wrong."""
    mia = session.query(Account).filter_by(name="mia").first() or cast.moderator(session, "mia")
    draft = DecisionDraft("remove", "post", post.id, "spam", "It advertises.")
    ruling = actions.decide(session, cast.actor(session, mia), draft)
    ada = session.get_one(Account, post.author_id)
    actions.appeal(session, cast.actor(session, ada), ruling, "I only asked.")


def waited(session, index, _post, _by):
    """Somebody asks to join."""
    person = cast.unconfirmed(session, f"waits{index}", waiting_since=clock.now())
    session.add(WaitingSignUp(account_id=person.id, words="May I?", since=person.waiting_since))
    session.flush()
    emit(session, SignUpWaiting(person.id))


MIXED = (suggested, reported, objected, waited)


def mixed(app, count):
    """`count` items: every other is flagged, between them wait all other kinds in turn."""
    flagged(app, count - count // 2)
    with writing(app) as session:
        ada = session.query(Account).filter_by(name="ada").one()
        board = session.query(Board).filter_by(slug="talk").one()
        topic = cast.topic(session, board, cast.member(session, "cy"))  # in the other one flags make replies wait
        for index in range(count // 2):
            post = cast.reply(session, topic, ada, f"Do you sell pegs, {index}?")
            by = cast.actor(session, cast.member(session, f"helper{index}"))
            MIXED[index % len(MIXED)](session, index, post, by)


def test_items_of_all_kinds_are_cleared_in_a_row_without_a_mouse(app, live, browse, uncounted, axe, shoot):
    mixed(app, ITEMS)
    page = browse(viewport={"width": 1280, "height": 900})
    enter(app, page, live, "mo", cast.moderator)
    page.goto("/latest")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url(re.compile("/moderation$"))
    assert axe(page) == []
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/moderation/cases/\d+"))
    page.get_by_text("You look at it").wait_for()
    assert axe(page) == []
    shoot(page, "case")
    seen = set()
    for index in range(ITEMS):
        here, kind = page.url, page.locator("h1").inner_text()
        if kind in ("Reported as against the law", "An objection"):
            page.keyboard.press("e")
            page.keyboard.type("I looked at it.")
            page.keyboard.press("Escape")
        is_third = kind == "Reported as against the law" or (kind == "Flagged" and index % 2)
        page.keyboard.press("3" if is_third else "1")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, here=here: url != here)
        assert page.get_by_role("button", name="Undo").count() == 1
        if kind not in seen and kind != "Flagged":
            shoot(page, kind.lower().replace(" ", "-"))
        seen.add(kind)
    page.get_by_text("Nothing waits here").wait_for()
    assert len(seen) == len(MIXED) + 1
    with reading(app) as session:
        acts = [row.act for row in session.query(Ruling).filter_by(detected="flags")]
        assert acts.count("keep") + acts.count("remove") == ITEMS // 2
        assert session.query(Case).filter(Case.closed_at.is_(None)).count() == 0


@pytest.mark.parametrize("javascript", (True, False), ids=("with JavaScript", "without JavaScript"))
def test_a_member_tells_the_moderators_and_one_decides_and_takes_it_back(app, live, browse, uncounted, axe, javascript):
    topic_id = flagged(app, 0)
    with writing(app) as session:
        ada = session.query(Account).filter_by(name="ada").one()
        cast.reply(session, posts.topic(session, cast.actor(session, ada), topic_id), ada, "Only a fool asks.")
    page = browse(javascript=javascript, viewport={"width": 390, "height": 844})
    enter(app, page, live, "ben")
    page.goto(f"/t/{topic_id}")
    post = page.get_by_role("article").filter(has_text="Only a fool")
    post.locator("details.menu > summary").last.click()
    post.get_by_role("link", name="Tell the moderators").click()
    form = page.get_by_role("dialog") if javascript else page.locator("main")
    form.get_by_role("button", name="Tell the moderators").click()
    form.get_by_text("Please look at this once more").wait_for()
    form.get_by_label("It attacks or belittles somebody.").check()
    if javascript:
        assert axe(page) == []
    form.get_by_role("button", name="Tell the moderators").click()
    page.get_by_text("you hear what came of it").wait_for()
    if javascript:
        page.get_by_role("button", name="Close").click()
    enter(app, page, live, "mo", cast.moderator)
    page.goto("/moderation")
    page.locator(".case-row a").click()
    page.get_by_label("Remove it").check()
    page.get_by_label("What happened").fill("It calls whoever asks a fool.")
    page.get_by_role("button", name="Decide").last.click()
    page.get_by_text("Nothing waits here").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("everything is as it was before").wait_for()
    page.goto(f"/t/{topic_id}")
    page.get_by_text("Only a fool asks.").wait_for()
