"""Who keeps a reference page correct: the member whose name somebody typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forum.accounts import names
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.boards import kinds
from forum.boards import queries as boards
from forum.boards.models import Board
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.words import gettext as _


def keeper_in(
    session: Session, board: Board, typed: Mapping[str, Any], kept_by: int | None = None
) -> tuple[dict[str, Any], int | None]:
    """The fields without the keeper's name, and whose it is: somebody who is here and reads the board, or who keeps
    the page already. Raises Invalid where there is nobody of this name."""
    fields = dict(typed)
    name = str(fields.pop(kinds.KEEPER, ""))
    if not name:
        return fields, None
    reads = accounts.is_here(clock.now()) & accounts.is_public() & boards.seen_by(board.id)
    keeper_id = session.scalar(
        select(Account.id).where(Account.name_key == names.fold(name), or_(Account.id == kept_by, reads))
    )
    if keeper_id is None:
        raise Invalid(_("Nobody who reads this board is called “%(name)s”.", name=name), kinds.KEEPER)
    return fields, keeper_id
