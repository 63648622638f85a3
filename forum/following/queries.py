"""Reads of who follows what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.models import Board, Tag
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.following.levels import Level
from forum.following.models import BoardDefault, BoardFollow, DefaultApplication, TagFollow
from forum.permissions import Act, Actor, require

SHOWN = 50


@dataclass(frozen=True)
class DefaultPage:
    """A board's default: what it is, whom it would change if it were applied now, and what was done before."""

    board: Board
    level: str
    would_change: int
    chose: int
    log: Sequence[DefaultApplication]


def board_level(session: Session, actor: Actor, board_id: int) -> str:
    """How closely the actor follows the board."""
    row = session.get(BoardFollow, (actor.account_id, board_id)) if actor.account_id is not None else None
    return row.level if row is not None else Level.NORMAL


def tag_level(session: Session, actor: Actor, tag_id: int) -> str:
    """How closely the actor follows the tag."""
    row = session.get(TagFollow, (actor.account_id, tag_id)) if actor.account_id is not None else None
    return row.level if row is not None else Level.NORMAL


def followed_boards(session: Session, actor: Actor) -> Sequence[BoardFollow]:
    """The boards that the actor follows otherwise than normally, with `board`, by name."""
    return session.scalars(
        select(BoardFollow)
        .join(BoardFollow.board)
        .options(contains_eager(BoardFollow.board))
        .where(BoardFollow.account_id == actor.account_id, BoardFollow.level != Level.NORMAL, boards.visible(actor))
        .order_by(Board.name, Board.id)
    ).all()


def followed_tags(session: Session, actor: Actor) -> Sequence[TagFollow]:
    """The tags that the actor follows otherwise than normally, with `tag`, by name."""
    return session.scalars(
        select(TagFollow)
        .join(TagFollow.tag)
        .options(contains_eager(TagFollow.tag))
        .where(TagFollow.account_id == actor.account_id, TagFollow.level != Level.NORMAL)
        .order_by(Tag.name, Tag.id)
    ).all()


# ── defaults ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def never_chose(board_id: int, level: str) -> Select[int]:
    """Ids of members who never chose for the board themselves and follow it otherwise than at `level`."""
    row = and_(BoardFollow.account_id == Account.id, BoardFollow.board_id == board_id)
    settled = exists().where(row, BoardFollow.by_hand | (BoardFollow.level == level))
    somewhere = exists().where(row)
    changes = ~settled if level != Level.NORMAL else and_(~settled, somewhere)
    return select(Account.id).where(members(), changes)


def members() -> ColumnElement[bool]:
    """SQL: accounts of people who came here themselves and did not leave."""
    return and_(Account.deactivated_at.is_(None), Account.placeholder_since.is_(None))


def default_page(session: Session, actor: Actor, board_id: int, level: str = "") -> DefaultPage:
    """The default of a board; `level`: as if it were this one."""
    require(actor, Act.ADMINISTER)
    board = boards.board_for_admin(session, board_id)
    default = session.get(BoardDefault, board_id)
    level = level or (default.level if default is not None else Level.NORMAL)
    waiting = never_chose(board_id, level).subquery()
    chose = select(func.count()).where(BoardFollow.board_id == board_id, BoardFollow.by_hand)
    log = session.scalars(
        select(DefaultApplication)
        .where(DefaultApplication.board_id == board_id)
        .options(joinedload(DefaultApplication.by), joinedload(DefaultApplication.undone_by))
        .order_by(DefaultApplication.id.desc())
        .limit(SHOWN)
    ).all()
    count = session.scalar(select(func.count()).select_from(waiting)) or 0
    return DefaultPage(board, level, count, session.scalar(chose) or 0, log)


def application_for_update(session: Session, board_id: int, application_id: int) -> DefaultApplication:
    """One line of the log, locked; NotFound where there is none."""
    found = session.scalars(
        select(DefaultApplication)
        .where(DefaultApplication.id == application_id, DefaultApplication.board_id == board_id)
        .with_for_update(of=DefaultApplication)
    ).first()
    if found is None:
        raise NotFound(_("There is no such line in the log."))
    return found
