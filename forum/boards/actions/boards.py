"""Making, editing, ordering, archiving and deleting boards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.boards.actions.checks import checked, taken_meanwhile
from forum.boards.actions.order import put_at
from forum.boards.actions.rights import give
from forum.boards.drafts import BoardDraft, board_draft, fingerprint
from forum.boards.events import BoardArchived, BoardCreated, BoardDeleted, BoardEdited, BoardPlaced, BoardReopened
from forum.boards.loosening import checked_decision, date_changes
from forum.boards.models import Board, FormerBoardSlug, Section
from forum.boards.presets import Rights
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Conflict, Invalid, gathered
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site import queries as sites
from forum.site.actions import note_change, note_deed


def create_board(session: Session, actor: Actor, draft: BoardDraft, rights: Rights) -> Board:
    """A new board after its neighbours, open to those whom `rights` name."""
    require(actor, Act.ADMINISTER)
    draft = checked(session, draft)
    board = Board(created_at=clock.now())
    _write(board, draft)
    _put_last(session, board)
    session.add(board)
    with taken_meanwhile():
        session.flush()
    session.execute(delete(FormerBoardSlug).where(FormerBoardSlug.slug == board.slug))
    give(session, board, rights)
    note_deed(session, actor, "board", board.id, "created", after={"name": board.name, "kind": board.kind})
    emit(session, BoardCreated(board.id, actor.account_id))
    return board


def edit_board(
    session: Session, actor: Actor, board: Board, draft: BoardDraft, seen: str, *, decision: int | None = None
) -> None:
    """Describe, address or place a board anew. `seen`: the fingerprint of what the form was filled with; `decision`:
    the number of the one behind what is looser than before, needed where the place has a host.

    Conflict when somebody else changed the board meanwhile. Its old address keeps leading to it.
    """
    require(actor, Act.ADMINISTER)
    session.refresh(board, _COLUMNS, with_for_update=True)
    before, said_before = board_draft(board), _said(session, board)
    if fingerprint(before) != seen:
        raise Conflict(_("Somebody else changed this board while you were writing. Your words are still here."))
    wanted, hosted = draft, bool(sites.site(session).host)
    draft, _decision = gathered(
        lambda: checked(session, wanted, board),
        lambda: checked_decision(before, wanted, decision) if hosted else None,
    )
    _write(board, draft)
    date_changes(board, before, draft, decision, clock.now())
    if (draft.section_id, draft.parent_id) != (before.section_id, before.parent_id):
        _put_last(session, board)
        for sub in _subs(session, board):
            sub.section_id = board.section_id
    if draft.slug != before.slug:
        session.execute(delete(FormerBoardSlug).where(FormerBoardSlug.slug == draft.slug))
        former = {"slug": before.slug, "board_id": board.id}
        upsert(session, FormerBoardSlug.__table__, [former], key=["slug"], update=["board_id"])  # type: ignore[arg-type]
    with taken_meanwhile():
        session.flush()
    note_change(session, actor, "board", board.id, before.name, before=said_before, after=_said(session, board))
    emit(session, BoardEdited(board.id, actor.account_id))


def place_board(session: Session, actor: Actor, board: Board, place: int) -> None:
    """Put a board at `place` among its open or archived neighbours, counted from 1; beyond the end means last."""
    require(actor, Act.ADMINISTER)
    alike = [
        other for other in _neighbours(session, board) if (other.archived_at is None) == (board.archived_at is None)
    ]
    was, now = put_at(board, alike, place)
    note_change(session, actor, "board", board.id, board.name, before={"place": was}, after={"place": now})
    emit(session, BoardPlaced(board.id, actor.account_id))


def archive_board(session: Session, actor: Actor, board: Board) -> None:
    """Close a board and its sub-boards; everything stays readable."""
    require(actor, Act.ADMINISTER)
    if board.archived_at is not None:
        raise Invalid(_("“%(name)s” is archived already.", name=board.name))
    now = clock.now()
    for closing in (board, *_subs(session, board)):
        closing.archived_at = closing.archived_at or now
    note_deed(session, actor, "board", board.id, "archived", after={"name": board.name})
    emit(session, BoardArchived(board.id, actor.account_id))


def reopen_board(session: Session, actor: Actor, board: Board) -> None:
    """Open an archived board again, and the sub-boards that were closed with it."""
    require(actor, Act.ADMINISTER)
    if board.archived_at is None:
        raise Invalid(_("“%(name)s” is open already.", name=board.name))
    if board.parent_id is not None and _is_archived(session, board.parent_id):
        raise Invalid(_("The board above “%(name)s” is archived. Open that one first.", name=board.name))
    closed_at = board.archived_at
    for opening in (board, *_subs(session, board)):
        if opening.archived_at == closed_at:
            opening.archived_at = None
    note_deed(session, actor, "board", board.id, "reopened", after={"name": board.name})
    emit(session, BoardReopened(board.id, actor.account_id))


def delete_board(session: Session, actor: Actor, board: Board) -> None:
    """Take away a board that holds nothing and never did. One with topics can only be archived."""
    require(actor, Act.ADMINISTER)
    if _subs(session, board):
        raise Invalid(_("There are boards below “%(name)s”. Move or delete them first.", name=board.name))
    session.delete(board)
    try:
        session.flush()
    except IntegrityError as error:
        # Boards stand below topics and cannot count them; the database can.
        raise Invalid(_("There are topics in “%(name)s”: archive it instead.", name=board.name)) from error
    note_deed(session, actor, "board", board.id, "deleted", before={"name": board.name})
    emit(session, BoardDeleted(board.id, actor.account_id))


def _said(session: Session, board: Board) -> dict[str, object]:
    """What the log keeps of a board: names where rows keep ids."""
    return {
        "name": board.name,
        "address": board.slug,
        "description": board.description,
        "kind": board.kind,
        "guidance": board.guidance_source,
        "peer_first": board.peer_first,
        "decision": board.loosened_by or "",
        "member_run": board.member_run,
        "is_feedback": board.is_feedback,
        "time_zone": board.time_zone,
        "slow_minutes": board.slow_minutes,
        "holds_topics": board.holds_topics,
        "holds_replies": board.holds_replies,
        "section": session.scalar(select(Section.name).where(Section.id == board.section_id)),
        "parent": session.scalar(select(Board.name).where(Board.id == board.parent_id)) or "",
    }


_COLUMNS = [column.key for column in Board.__mapper__.column_attrs]


def _write(board: Board, draft: BoardDraft) -> None:
    board.name = draft.name
    board.slug = draft.slug
    board.description = draft.description
    board.kind = draft.kind
    board.guidance_source = draft.guidance_source
    board.guidance_html = draft.guidance_html
    board.peer_first = draft.peer_first
    board.member_run = draft.member_run
    board.is_feedback = draft.is_feedback
    board.time_zone = draft.time_zone
    board.slow_minutes = draft.slow_minutes
    board.holds_topics, board.holds_replies = draft.holds_topics, draft.holds_replies
    board.tags_least = draft.tags_least
    board.required_fields = list(draft.required_fields)
    board.section_id = draft.section_id
    board.parent_id = draft.parent_id


def _put_last(session: Session, board: Board) -> None:
    with session.no_autoflush:
        others = [other for other in _neighbours(session, board) if other is not board]
    board.position = max((other.position for other in others), default=0) + 1


def _neighbours(session: Session, board: Board) -> Sequence[Board]:
    beside = Board.parent_id.is_(None) if board.parent_id is None else Board.parent_id == board.parent_id
    rows = select(Board).where(Board.section_id == board.section_id, beside).order_by(Board.position, Board.id)
    return session.scalars(rows).all()


def _subs(session: Session, board: Board) -> Sequence[Board]:
    return session.scalars(select(Board).where(Board.parent_id == board.id)).all()


def _is_archived(session: Session, board_id: int) -> bool:
    return session.scalar(select(exists().where(Board.id == board_id, Board.archived_at.is_not(None)))) or False
