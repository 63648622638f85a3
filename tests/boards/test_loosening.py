"""A board lets the organization speak sooner only by a decision, and only after 7 days; later at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from forum.boards import actions
from forum.boards.drafts import board_draft, fingerprint
from forum.core import clock as clocks
from forum.core.errors import InvalidFields
from forum.organization.queries import state
from tests import cast

DAY = timedelta(days=1)


@pytest.fixture
def board(session, clock):
    """On which members answer first, in a place that has a host."""
    cast.host(session)
    return cast.board(session, "practice", kind="question")


def edit(session, board, decision=None, **change):
    actor = cast.actor(session, cast.administrator(session))
    draft = board_draft(board)
    actions.edit_board(session, actor, board, replace(draft, **change), fingerprint(draft), decision=decision)


def guarded(session, board):
    """Whether the guard leaves members the first word there, and whether it lets the organization announce."""
    there = state.board_state(session, board, clocks.now())
    return there.peer_first, there.is_for_announcements


@pytest.mark.parametrize("change", ({"peer_first": False}, {"kind": "announcement"}))
def test_without_a_decision_it_is_not_loosened(session, board, change):
    with pytest.raises(InvalidFields) as refused:
        edit(session, board, **change)
    assert set(refused.value.fields) == {"decision"}
    edit(session, board, member_run=True, time_zone="Asia/Tokyo", description="About reeds.")  # nothing of it is looser


def test_members_keep_the_first_word_for_7_days(session, board, clock):
    edit(session, board, decision=3, peer_first=False)
    assert (guarded(session, board), board.loosened_by) == ((True, False), 3)
    clock.shift(7 * DAY - timedelta(minutes=1))
    assert guarded(session, board) == (True, False)
    clock.shift(timedelta(minutes=1))
    assert guarded(session, board) == (False, False)


def test_it_can_be_called_back_and_begins_anew_when_it_is_meant_again(session, board, clock):
    edit(session, board, decision=3, peer_first=False)
    clock.shift(6 * DAY)
    edit(session, board, peer_first=True)
    assert (board.peer_first_ends_at, board.loosened_by) == (None, None)
    edit(session, board, decision=4, peer_first=False)
    clock.shift(6 * DAY)
    assert guarded(session, board) == (True, False)


def test_a_board_becomes_one_for_announcements_to_the_guard_7_days_later(session, board, clock):
    edit(session, board, decision=3, kind="announcement")
    assert (board.kind, guarded(session, board)) == ("announcement", (True, False))
    clock.shift(7 * DAY)
    assert guarded(session, board) == (True, True)
    edit(session, board, kind="question")  # tighter: at once
    assert guarded(session, board) == (True, False)


def test_where_nobody_hosts_there_is_nothing_to_decide(session):
    board = cast.board(session, "practice", kind="question")
    edit(session, board, peer_first=False)
    assert not board.peer_first
