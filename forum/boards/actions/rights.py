"""Saying which group may do what on a board."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forum.accounts.models import GroupRow
from forum.boards.drafts import rights_fingerprint
from forum.boards.events import BoardRightsSet
from forum.boards.models import Board, BoardRight
from forum.boards.presets import Rights, checked
from forum.boards.queries import rights_on
from forum.core.errors import Conflict
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site.actions import note_change


def set_rights(session: Session, actor: Actor, board: Board, rights: Rights, seen: str) -> None:
    """Replace the table of rights. `seen`: the fingerprint of the table that the form showed; else Conflict.

    Nobody is locked out of administering by it: that does not depend on what a board allows.
    """
    require(actor, Act.ADMINISTER)
    session.execute(select(Board.id).where(Board.id == board.id).with_for_update())
    before = rights_on(session, board.id)
    if rights_fingerprint(before) != seen:
        raise Conflict(_("Somebody else changed these rights meanwhile. What you ticked is still here."))
    session.execute(delete(BoardRight).where(BoardRight.board_id == board.id))
    give(session, board, rights)
    was, now = _said(session, before), _said(session, rights_on(session, board.id))
    was, now = ({**dict.fromkeys(was | now, ""), **one} for one in (was, now))
    note_change(session, actor, "board", board.id, board.name, before=was, after=now, deed="opened_to")
    emit(session, BoardRightsSet(board.id, actor.account_id))


def _said(session: Session, rights: Rights) -> dict[str, str]:
    """What the log keeps of a table of rights: for each group what it may do."""
    names = {row.id: row.name for row in session.execute(select(GroupRow.id, GroupRow.name))}
    return {names[group_id]: " ".join(sorted(found)) for group_id, found in rights.items() if found}


def give(session: Session, board: Board, rights: Rights) -> None:
    """Write the rows of a board that has none."""
    names = {row.id: row.name for row in session.execute(select(GroupRow.id, GroupRow.name))}
    for group_id, found in checked(rights, names).items():
        session.add_all(
            BoardRight(board_id=board.id, group_id=int(group_id), right=str(right)) for right in sorted(found)
        )
    session.flush()
