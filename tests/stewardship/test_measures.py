"""What the measures say of a place: first of one whose figures are known exactly."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select, update

from forum.core.errors import NotFound
from forum.posts.models import Post, Topic
from forum.stewardship import queries
from forum.stewardship.measures import MEASURES, measured
from tests import cast
from tests.posts.people import counted
from tests.stewardship.f1 import NOW, at, practice

EXACT = {
    "share_of_voice": (7, 21),
    "word_share": (700, 2100),
    "staff_first_rate": (1, 3),
    "peer_answer_rate": (3, 4),
    "staff_started": (2, 8),
    "peer_first_breaches": (1, 3),
    "hub_share": (7, 13),
    "reciprocity": (4, 13),
    "top_share": (5, 14),
}


@pytest.fixture
def board(session):
    return practice(session)


def by_name(session, board, now=NOW, **given):
    found = measured(queries.facts(session, [board.id], now, **given))
    return {one.measure.name: one for one in found}


def test_the_known_board_has_the_known_figures(session, board):
    found = by_name(session, board)
    assert {name: (found[name].figure.k, found[name].figure.n) for name in EXACT} == EXACT
    assert found["absence_factor"].figure.value == 2
    assert round(float(found["gini"].figure.value), 4) == 0.3095
    assert round(float(found["herfindahl"].figure.value), 4) == 0.2245
    assert found["first_human_reply"].figure.value == 60
    assert found["naive_first_reply"].figure.value == 60


def test_before_the_last_topic_the_median_over_the_answered_alone_flatters(session, board):
    found = by_name(session, board, at("03-27 20:00"))
    assert found["first_human_reply"].figure.value == 60
    assert found["naive_first_reply"].figure.value == 40


def test_what_too_few_did_is_counted_and_not_published(session, board):
    found = by_name(session, board)
    assert found["staff_first_rate"].published is None  # of 3, and 10 are needed
    assert found["share_of_voice"].published == Fraction(1, 3)


def test_of_an_empty_place_nothing_is_said(session):
    empty = cast.board(session, "empty")
    assert {name: one.published for name, one in by_name(session, empty).items()} == dict.fromkeys(
        measure.name for measure in MEASURES
    )


def test_measures_have_names_of_their_own(session):
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


@pytest.mark.parametrize(
    ("how", "counted_still"),
    (
        ({"deleted_at": at("03-27 21:30"), "deleted_by_id": "author"}, False),
        ({"deleted_at": at("03-28 21:30"), "deleted_by_id": "author"}, True),
        ({"deleted_at": at("03-28 21:30"), "deleted_by_id": None}, False),
        ({"hidden_at": at("03-28 21:30")}, False),
        ({"intent": "moderate"}, False),
        ({"action": "locked"}, False),
    ),
    ids=("a second thought", "deleted later", "removed", "hidden", "housekeeping", "a note"),
)
def test_what_was_taken_back_or_removed_does_not_count(session, board, how, counted_still):
    last = (
        session.query(Post).join(Topic, Topic.id == Post.topic_id).filter(Topic.title == "T8", Post.number == 2).one()
    )
    values = how | ({"deleted_by_id": last.author_id} if how.get("deleted_by_id") == "author" else {})
    session.execute(update(Post).where(Post.id == last.id).values(**values))
    session.expire_all()
    assert by_name(session, board)["share_of_voice"].figure.n == 20 + counted_still
    assert by_name(session, board, at("03-27 21:15"))["share_of_voice"].figure.n == (
        20 if {"intent", "action"} & how.keys() else 21
    )


def test_a_removed_topic_takes_its_posts_along(session, board):
    session.execute(update(Topic).where(Topic.title == "T1").values(deleted_at=at("03-20 09:00")))
    session.expire_all()
    assert by_name(session, board)["share_of_voice"].figure.n == 17


def test_a_hired_member_keeps_the_voice_they_had(session, board):
    """A8: what counts is what somebody was when they wrote."""
    p1 = session.query(Post).filter_by(number=1).order_by(Post.id).first().author_id
    before = by_name(session, board)["share_of_voice"].figure
    cast.join(session, session.get(cast.Account, p1), cast.Group.STAFF)
    assert by_name(session, board)["share_of_voice"].figure == before


def test_posts_of_archives_without_affiliation_are_left_out(session, board):
    first = select(Post.id).where(Post.author_id == session.query(Post).order_by(Post.id).first().author_id)
    assert by_name(session, board, uncounted=first)["share_of_voice"].figure.n == 16


def test_boards_that_members_do_not_see_are_not_measured(session, board):
    cast.board(session, "desk", rights=cast.STAFF_ONLY)
    assert queries.public_boards(session) == [board.id]
    with pytest.raises(NotFound, match="desk"):
        queries.public_boards(session, "desk")


def test_facts_cost_three_questions(app, board, session):
    with counted(app) as said:
        by_name(session, board)
    assert len([one for one in said if one.startswith("SELECT")]) == 3


def test_a_newcomer_who_comes_back_is_counted_once_the_28_days_have_passed(session, board):
    later = by_name(session, board, NOW + timedelta(days=28))
    figures = {name.removeprefix("newcomer_return_"): one.figure for name, one in later.items() if "return" in name}
    # P1 (T1) and P5 (T6) heard from the staff first, P6 (T8) from a peer; whoever replied somewhere before is not new.
    assert (figures["after_staff"].k, figures["after_staff"].n) == (1, 2)
    assert (figures["after_peer"].k, figures["after_peer"].n) == (0, 1)
    assert (figures["unanswered"].k, figures["unanswered"].n) == (0, 0)
