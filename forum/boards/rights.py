"""What groups may do on which boards; others find it in `queries.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from forum.boards import moderating
from forum.boards.models import Appointment, Board, BoardRight
from forum.core import clock
from forum.permissions import Group, Right

Rights = Mapping[int, frozenset[Right]]


def rights_for(session: Session, groups: Iterable[int], account_id: int | None = None) -> Rights:
    """Board id → what the groups may do there, and an account where it is appointed. Seeing comes first; a sub-board
    needs its parent to be seen."""
    rows = _given(session, groups, account_id)
    return _together((board_id, right, parent_id) for _group, board_id, right, parent_id in rows)


def rights_of_guests(session: Session) -> tuple[Rights, Rights]:
    """What a guest may do where, and what they could do as a member."""
    rows = _given(session, {Group.EVERYONE, Group.MEMBERS})
    return (
        _together(
            (board_id, right, parent_id) for group, board_id, right, parent_id in rows if group == Group.EVERYONE
        ),
        _together((board_id, right, parent_id) for _group, board_id, right, parent_id in rows),
    )


def _given(
    session: Session, groups: Iterable[int], account_id: int | None = None
) -> Sequence[tuple[int, int, str, int | None]]:
    by_group = (
        select(BoardRight.group_id, BoardRight.board_id, BoardRight.right, Board.parent_id)
        .join(Board, Board.id == BoardRight.board_id)
        .where(BoardRight.group_id.in_(sorted(groups)))
    )
    by_name = (
        select(literal(0), Board.id, literal(str(Right.MODERATE)), Board.parent_id)
        .join(Appointment, moderating.covers(Board))
        .where(Appointment.account_id == account_id, *moderating.in_force(clock.now()))
    )
    rows = session.execute(by_group if account_id is None else union_all(by_group, by_name))
    return [(group, board_id, right, parent_id) for group, board_id, right, parent_id in rows]


def _together(rows: Iterable[tuple[int, str, int | None]]) -> Rights:
    given: dict[int, set[Right]] = defaultdict(set)
    parents: dict[int, int | None] = {}
    for board_id, right, parent_id in rows:
        given[board_id].add(Right(right))
        parents[board_id] = parent_id
    seen = {board for board, rights in given.items() if Right.SEE in rights}
    return {board: frozenset(given[board]) for board in seen if (parent := parents[board]) is None or parent in seen}


def rights_on(session: Session, board_id: int) -> dict[int, frozenset[Right]]:
    """Group id → what it was given on one board."""
    given: dict[int, set[Right]] = defaultdict(set)
    rows = select(BoardRight.group_id, BoardRight.right).where(BoardRight.board_id == board_id)
    for group_id, right in session.execute(rows):
        given[group_id].add(Right(right))
    return {group: frozenset(rights) for group, rights in given.items()}
