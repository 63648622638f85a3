"""Boards move forward by what their people do, and never back by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.organization.stages import Position, Stage
from forum.stewardship import actions, queries
from forum.stewardship.jobs import evaluate_stages
from forum.stewardship.models import StageEvaluation
from forum.stewardship.stages import Evaluation, step, walk
from tests import cast
from tests.machines.databases import reading, writing
from tests.stewardship.f1 import practice

ORDER = list(Stage)
START = datetime(2026, 1, 1, tzinfo=UTC)
LIVELY = Evaluation(START, staff_posts=60, posts=120, peers=15, answered=0, matured=0, absence_factor=1)
GROWN = Evaluation(START, staff_posts=60, posts=400, peers=50, answered=6, matured=10, absence_factor=5)
QUIET = Evaluation(START, staff_posts=0, posts=0, peers=0, answered=0, matured=0, absence_factor=0)
EVALUATIONS = st.lists(
    st.sampled_from([LIVELY, GROWN, QUIET])
    | st.builds(
        lambda staff, peers, more, answered, factor: Evaluation(
            START, staff, staff + peers + more, peers, answered, 10, factor
        ),
        *(st.integers(0, 500), st.integers(0, 80), st.integers(0, 800), st.integers(0, 10), st.integers(0, 9)),
    ),
    max_size=12,
)


def months(*found):
    """The same a month apart."""
    return [replace(one, at=START + timedelta(days=31 * number)) for number, one in enumerate(found)]


def stages(*found):
    return [position.stage for position in walk(months(*found))]


def test_two_lively_months_in_a_row_establish_a_board_and_three_good_ones_make_it_mature():
    inception, establishment, maturity = Stage
    assert stages(LIVELY, QUIET, LIVELY, LIVELY, GROWN, GROWN, GROWN) == [
        *(inception, inception, inception, establishment),
        *(establishment, establishment, maturity),
    ]


@pytest.mark.parametrize(
    "change", ({"staff_posts": 61}, {"peers": 14}, {"staff_posts": 59, "posts": 118}), ids=("voice", "people", "posts")
)
def test_a_board_that_just_misses_one_bar_is_not_established(change):
    assert stages(LIVELY, LIVELY)[-1] is Stage.ESTABLISHMENT
    assert stages(LIVELY, replace(LIVELY, **change))[-1] is Stage.INCEPTION


@pytest.mark.parametrize(
    "change", ({"staff_posts": 61}, {"peers": 49}, {"answered": 5}, {"matured": 0}, {"absence_factor": 4})
)
def test_a_board_that_just_misses_one_bar_is_not_mature(change):
    assert stages(LIVELY, LIVELY, GROWN, GROWN, replace(GROWN, **change))[-1] is Stage.ESTABLISHMENT


@given(EVALUATIONS)
def test_a_talkative_host_cannot_move_the_stage_back(found):
    """A9."""
    reached = [ORDER.index(stage) for stage in stages(*found)]
    assert reached == sorted(reached)
    for position in walk(months(*found)):
        after = step(position, replace(QUIET, staff_posts=900, posts=900))
        assert after.stage == position.stage


def test_every_month_of_a_board_is_looked_at_once(app, clock):
    clock.move_to(datetime(2025, 6, 15, tzinfo=UTC))
    with writing(app) as session:
        board = practice(session).id
        cast.board(session, "desk", rights=cast.STAFF_ONLY)
    with app.app_context():
        for _ in range(2):
            evaluate_stages()
    with reading(app) as session:
        rows = session.query(StageEvaluation).order_by(StageEvaluation.at).all()
        assert [(row.board_id, row.at.month, row.staff_posts, row.posts) for row in rows] == [
            (board, 4, 6, 17), (board, 5, 0, 0), (board, 6, 0, 0),
        ]  # fmt: skip
        assert queries.months_to_evaluate(session, board, datetime(2025, 7, 2, tzinfo=UTC)) == [
            datetime(2025, 7, 1, tzinfo=UTC)
        ]


def test_months_that_an_import_brings_later_are_walked_from_the_beginning(session):
    board = cast.board(session, "talk").id
    actions.keep_evaluations(session, board, months(QUIET, QUIET, LIVELY, LIVELY)[2:])
    promoted = queries.position(session, board)
    assert (promoted.stage, promoted.voice_then) == (Stage.ESTABLISHMENT, LIVELY.voice)
    actions.keep_evaluations(session, board, months(GROWN, GROWN, GROWN, GROWN))
    assert session.query(StageEvaluation).count() == 4
    assert queries.position(session, board).since == months(GROWN, GROWN)[1].at


def test_where_a_board_stood_it_stands_whatever_came_in(session):
    board = cast.board(session, "talk").id
    actions.keep_evaluations(session, board, months(LIVELY, LIVELY))
    stood = queries.position(session, board)
    actions.keep_evaluations(session, board, months(QUIET, QUIET, QUIET))
    assert replace(queries.position(session, board), voice_then=stood.voice_then) == stood
    assert queries.position(session, board, START) == Position()


def test_where_a_board_stood_then_can_be_asked(session):
    board = cast.board(session, "talk").id
    found = months(LIVELY, LIVELY, QUIET)
    actions.keep_evaluations(session, board, found)
    assert queries.position(session, board, found[1].at - timedelta(days=1)).stage is Stage.INCEPTION
    assert queries.position(session, board, found[1].at).stage is Stage.ESTABLISHMENT
