"""Where nobody of the organization has written for 28 days (`organization.md` §3.3, G9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, literal_column, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.boards.reach import public
from forum.organization.counts import SPAN
from forum.organization.models import Organization
from forum.posts.countable import meant
from forum.posts.models import Post, Topic


def absent_boards(session: Session, now: datetime) -> Sequence[Board]:
    """The boards where it should have, by name. One question."""
    return session.scalars(select(Board).where(is_absent(now)).order_by(Board.name)).all()


def is_absent(now: datetime) -> ColumnElement[bool]:
    """SQL over Board. Members run some boards themselves; where only the organization begins anything nobody waits; no
    board is absent before it is 28 days old, nor anywhere without a host."""
    wrote = (
        exists()
        .where(
            # As the index has it: a value that is bound would not find it.
            Post.affiliation_kind == literal_column("'staff'"),
            Post.created_at >= now - SPAN,
            Post.deleted_at.is_(None),
            Post.hidden_at.is_(None),
            meant(),
            Topic.id == Post.topic_id,
            Topic.board_id == Board.id,
        )
        .correlate(Board)
    )
    hosted = exists().where(Organization.is_host)
    return and_(
        hosted,
        public(),
        Board.archived_at.is_(None),
        ~Board.member_run,
        Board.kind != "announcement",
        Board.created_at <= now - SPAN,
        ~wrote,
    )
