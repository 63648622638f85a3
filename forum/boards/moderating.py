"""Who moderates a board, said once, as SQL: by a group that may, or by an appointment with a term."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, or_, select

from forum.accounts.models import Account, GroupMember
from forum.boards.models import Appointment, Board, BoardRight
from forum.core import clock
from forum.permissions import Right

_Id = int | SQLColumnExpression[int]


def in_force(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """SQL over Appointment: whether it holds at an instant. It ends by itself."""
    return Appointment.since.is_not(None), Appointment.ended_at.is_(None), Appointment.until > at


def covers(board: type[Board]) -> ColumnElement[bool]:
    """SQL over Appointment: whether it is for the board, or the one above it."""
    return or_(Appointment.board_id == board.id, Appointment.board_id == board.parent_id)


def appointed(board_id: _Id, *what: Any) -> Select[Any]:
    """The appointments in force for a board: `what` of them, by default whose they are."""
    asked = select(*what) if what else select(Appointment.account_id)
    return asked.join(Board, covers(Board)).where(Board.id == board_id, *in_force(clock.now()))


def by_group(board_id: _Id) -> Select[int]:
    """Account ids of those whom a group lets moderate a board."""
    return (
        select(GroupMember.account_id)
        .join(BoardRight, BoardRight.group_id == GroupMember.group_id)
        .where(BoardRight.board_id == board_id, BoardRight.right == str(Right.MODERATE))
    )


def moderators_of(board_id: _Id) -> Select[int]:
    """Account ids of all who moderate a board, so far as they may see it (`queries.seen_by`)."""
    return select(Account.id).where(or_(Account.id.in_(by_group(board_id)), Account.id.in_(appointed(board_id))))
