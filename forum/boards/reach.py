"""Whom boards are open to, as SQL over Board."""

from __future__ import annotations

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, or_

from forum.boards.models import Board, BoardRight
from forum.permissions import Group, Right

_ALL = (int(Group.EVERYONE), int(Group.MEMBERS))
_OF_THE_HOUSE = (int(Group.STAFF), int(Group.ADMINISTRATORS))


def public() -> ColumnElement[bool]:
    """Every member may see it, and the one above it."""
    return and_(_open_to_all(Board.id), or_(Board.parent_id.is_(None), _open_to_all(Board.parent_id)))


def staff_only() -> ColumnElement[bool]:
    """Nobody sees it but staff and administrators."""
    others = exists().where(*_see(Board.id), BoardRight.group_id.not_in(_OF_THE_HOUSE))
    return ~others.correlate_except(BoardRight)


def _open_to_all(board_id: SQLColumnExpression[int] | SQLColumnExpression[int | None]) -> ColumnElement[bool]:
    return exists().where(*_see(board_id), BoardRight.group_id.in_(_ALL)).correlate_except(BoardRight)


def _see(
    board_id: SQLColumnExpression[int] | SQLColumnExpression[int | None],
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return BoardRight.board_id == board_id, BoardRight.right == str(Right.SEE)
