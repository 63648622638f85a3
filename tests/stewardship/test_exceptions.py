"""Where the organization makes exceptions in more than one of ten posts, it is asked what follows from that."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest

from forum.core import clock as clocks
from forum.core.errors import Conflict, InvalidFields, Refused
from forum.organization import actions
from forum.organization.counts import NOTHING, hour_of
from forum.organization.models import BoardHour, BoardSummary
from forum.organization.notice_models import DecisionItem
from forum.organization.queries.chartering import chartered_organization, open_decision_items
from forum.permissions import Role
from forum.posts.guard_models import Override
from forum.stewardship.exceptions import Exceptions, exceptions
from forum.stewardship.jobs import ask_for_decisions
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read


def history(session, posts, over):
    """A public board on which the organization wrote so much within 28 days, and so often against its rules."""
    cast.host(session)
    board, now = cast.board(session), clocks.now()
    counts = {**asdict(NOTHING), "posts": posts, "our_posts": posts}
    session.add(BoardSummary(board_id=board.id, counted_from=hour_of(now - timedelta(days=27)), **counts))
    session.add(BoardHour(board_id=board.id, hour=hour_of(now), **counts))
    for _ in range(over):
        session.add(Override(rule="G2", board_id=board.id, at=now, reason="legal"))
    session.flush()
    return board


def ask(app):
    with app.app_context():
        ask_for_decisions()


@pytest.mark.parametrize(
    ("over", "posts", "many"),
    ((2, 20, False), (3, 20, True), (3, 30, False), (4, 30, True), (9, 19, False), (0, 0, False)),
)  # fmt: skip
def test_more_than_one_in_ten_is_many_and_of_few_posts_nothing_is_said(over, posts, many):
    assert Exceptions(over, posts).is_many == many


def test_a_post_that_passed_over_two_rules_is_one(session, clock):
    board = history(session, 30, 0)
    topic = cast.topic(session, board, cast.member(session))
    for rule in ("G1", "G2"):
        session.add(Override(rule=rule, board_id=board.id, post_id=topic.last_post_id, at=clocks.now(), reason="legal"))
    session.flush()
    assert exceptions(session, clocks.now()).over == 1
    assert exceptions(session, clocks.now() + timedelta(days=28)).over == 0


def test_it_is_asked_once_in_28_days_and_while_it_is_open(app, clock):
    with writing(app) as session:
        history(session, 20, 3)
    ask(app)
    ask(app)
    with reading(app) as session:
        (item,) = open_decision_items(session, clocks.now())
        assert (item.over, item.posts, item.opened_at) == (3, 20, clocks.now())
        assert open_decision_items(session, clocks.now() - timedelta(seconds=1)) == []
    with writing(app) as session:
        hal = cast.actor(session, cast.staff(session, "hal", roles=[Role.HOST]))
        there, item = chartered_organization(session), session.query(DecisionItem).one()
        words = "We had a launch; it is over, and nothing follows from it."
        with pytest.raises(InvalidFields):
            actions.answer_item(session, hal, there, item, "So what.", "<p>So what.</p>")
        with pytest.raises(Refused):
            actions.answer_item(
                session, cast.actor(session, cast.member(session)), there, item, words, f"<p>{words}</p>"
            )
        decision = actions.answer_item(session, hal, there, item, words, f"<p>{words}</p>")
        assert (decision.number, decision.made_by, decision.source) == (1, "host", words)
        assert decision.title == "Exceptions in 3 of 20 posts within 28 days"
        with pytest.raises(Conflict):
            actions.answer_item(session, hal, there, item, words, f"<p>{words}</p>")
    ask(app)
    with reading(app) as session:
        assert open_decision_items(session, clocks.now()) == []
        assert len(session.query(DecisionItem).all()) == 1


def test_everybody_reads_what_waits_and_the_host_answers_on_the_page(app, client, clock):
    with writing(app) as session:
        history(session, 20, 3)
        cast.staff(session, "hal", roles=[Role.HOST])
    ask(app)
    said = "made exceptions in 3 of its 20 posts"
    page = read(client, "/organization/decisions")
    assert said in page
    assert "Enter as a decision" not in page
    enter(app, client, "hal")
    assert "From 20 to" in client.submit("/organization/decisions", {"text": "Too short."}).text
    words = {"text": "We answer later from now on, as we promised."}
    answer = client.submit("/organization/decisions", words)
    assert words["text"] in read(client, answer.location)
    assert said not in read(client, "/organization/decisions")
