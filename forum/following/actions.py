"""Choosing how closely to follow boards and tags; the defaults that staff set, applied and taken back."""

from __future__ import annotations

from sqlalchemy import Boolean, String, delete, func, literal, select, update
from sqlalchemy.orm import Session

from forum.boards.models import Board, Tag
from forum.core import clock
from forum.core.db.base import UtcDateTime
from forum.core.db.dialect import insert_for, upsert
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.following.events import BoardDefaultApplied, BoardDefaultSet, BoardDefaultUndone, BoardFollowed, TagFollowed
from forum.following.levels import OF_PLACES, Level
from forum.following.models import BoardDefault, BoardFollow, DefaultApplication, TagFollow
from forum.following.queries import never_chose
from forum.permissions import Act, Actor, require
from forum.site.actions import note_change, note_deed


def follow_board(session: Session, actor: Actor, board: Board, level: str) -> None:
    """Follow `board` at `level`, by hand: no default changes it any more."""
    require(actor, Act.FOLLOW, board)
    row = {
        "account_id": actor.account_id,
        "board_id": board.id,
        "level": _known(level),
        "by_hand": True,
        "since": clock.now(),
        "applied_id": None,
        "level_before": "",
    }
    changed = ("level", "by_hand", "since", "applied_id", "level_before")
    upsert(session, BoardFollow.__table__, [row], key=["account_id", "board_id"], update=changed)  # type: ignore[arg-type]
    emit(session, BoardFollowed(actor.account_id or 0, board.id))


def follow_tag(session: Session, actor: Actor, tag: Tag, level: str) -> None:
    """Follow `tag` at `level`."""
    require(actor, Act.FOLLOW_TAG)
    row = {"account_id": actor.account_id, "tag_id": tag.id, "level": _known(level), "since": clock.now()}
    upsert(session, TagFollow.__table__, [row], key=["account_id", "tag_id"], update=["level", "since"])  # type: ignore[arg-type]
    emit(session, TagFollowed(actor.account_id or 0, tag.id))


def set_default(session: Session, actor: Actor, board: Board, level: str) -> None:
    """Let those who join follow `board` at `level`. Nobody who is here already follows it otherwise."""
    require(actor, Act.ADMINISTER)
    known = session.get(BoardDefault, board.id)
    before = known.level if known is not None else Level.NORMAL
    row = {"board_id": board.id, "level": _known(level), "set_at": clock.now(), "set_by_id": actor.account_id}
    upsert(session, BoardDefault.__table__, [row], key=["board_id"], update=["level", "set_at", "set_by_id"])  # type: ignore[arg-type]
    was, now = {"level": before}, {"level": level}
    note_change(session, actor, "board", board.id, board.name, before=was, after=now, deed="followed")
    emit(session, BoardDefaultSet(board.id, actor.account_id))


def apply_default(session: Session, actor: Actor, board: Board) -> DefaultApplication:
    """Let everybody who never chose follow `board` as its default says; written into the log, and to be undone."""
    require(actor, Act.ADMINISTER)
    default = session.get(BoardDefault, board.id)
    level = default.level if default is not None else Level.NORMAL
    who = never_chose(board.id, level)
    people = session.scalar(select(func.count()).select_from(who.subquery())) or 0
    if not people:
        raise Invalid(_("Everybody follows this board so already, or chose for themselves."))
    now = clock.now()
    application = DefaultApplication(
        board_id=board.id, level=level, by_id=actor.account_id, applied_at=now, people=people
    )
    session.add(application)
    session.flush()
    session.execute(
        update(BoardFollow)
        .where(BoardFollow.board_id == board.id, BoardFollow.by_hand.is_(False), BoardFollow.level != level)
        .values(level_before=BoardFollow.level, level=level, since=now, applied_id=application.id)
        .execution_options(synchronize_session=False)
    )
    _give(session, board.id, level, application.id)
    after = {"called": board.name, "level": level, "people": people}
    note_deed(session, actor, "board", board.id, "given", after=after)
    emit(session, BoardDefaultApplied(application.id))
    return application


def undo_default(session: Session, actor: Actor, application: DefaultApplication) -> None:
    """Take an application (locked) back from everybody who has not chosen since."""
    require(actor, Act.ADMINISTER)
    if application.undone_at is not None:
        raise Invalid(_("This was taken back already."))
    mine = (BoardFollow.applied_id == application.id, BoardFollow.by_hand.is_(False))
    session.execute(
        delete(BoardFollow).where(*mine, BoardFollow.level_before == "").execution_options(synchronize_session=False)
    )
    session.execute(
        update(BoardFollow)
        .where(*mine)
        .values(level=BoardFollow.level_before, level_before="", applied_id=None)
        .execution_options(synchronize_session=False)
    )
    application.undone_at, application.undone_by_id = clock.now(), actor.account_id
    name = session.scalar(select(Board.name).where(Board.id == application.board_id))
    after = {"called": name, "level": application.level, "people": application.people}
    note_deed(session, actor, "board", application.board_id, "taken_back", after=after)
    emit(session, BoardDefaultUndone(application.id))


def give_defaults(session: Session, account_id: int) -> None:
    """Somebody joined: they begin with the boards' defaults."""
    defaults = session.scalars(select(BoardDefault).where(BoardDefault.level != Level.NORMAL))
    now = clock.now()
    rows = [
        {"account_id": account_id, "board_id": default.board_id, "level": default.level, "by_hand": False, "since": now}
        for default in defaults
    ]
    upsert(session, BoardFollow.__table__, rows, key=["account_id", "board_id"])  # type: ignore[arg-type]


def _give(session: Session, board_id: int, level: str, application_id: int) -> None:
    """Rows for those who have none."""
    if level == Level.NORMAL:
        return
    who = never_chose(board_id, level).subquery()
    table = BoardFollow.__table__
    rows = select(
        who.c.id,
        literal(board_id),
        literal(level, String(10)),
        literal(False, Boolean),
        literal(clock.now(), UtcDateTime()),
        literal(application_id),
        literal("", String(10)),
    ).where(who.c.id.is_not(None))
    columns = ["account_id", "board_id", "level", "by_hand", "since", "applied_id", "level_before"]
    insert = insert_for(session, table).from_select(columns, rows)  # type: ignore[arg-type]
    session.execute(insert.on_conflict_do_nothing(index_elements=["account_id", "board_id"]))


def _known(level: str) -> Level:
    if level not in OF_PLACES:
        raise Invalid(_("Choose one of the ways to follow it."), "level")
    return Level(level)
