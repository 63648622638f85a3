"""Reads of boards, rights and tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards.models import Board, BoardRight
from forum.permissions import Right


def rights_for(session: Session, groups: Iterable[int]) -> Mapping[int, frozenset[Right]]:
    """Board id → what the groups may do there. Seeing comes first; a sub-board needs its parent to be seen."""
    rows = session.execute(
        select(BoardRight.board_id, BoardRight.right, Board.parent_id)
        .join(Board, Board.id == BoardRight.board_id)
        .where(BoardRight.group_id.in_(sorted(groups)))
    )
    given: dict[int, set[Right]] = defaultdict(set)
    parents: dict[int, int | None] = {}
    for board_id, right, parent_id in rows:
        given[board_id].add(Right(right))
        parents[board_id] = parent_id
    seen = {board for board, rights in given.items() if Right.SEE in rights}
    return {board: frozenset(given[board]) for board in seen if (parent := parents[board]) is None or parent in seen}
