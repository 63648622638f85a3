"""What waits in the queue of moderation for long, told to those who look after it."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forum.accounts.ignoring import OFFICE
from forum.accounts.models import GroupMember
from forum.boards import queries as boards
from forum.boards.moderating import moderators_of
from forum.core.words import gettext as _
from forum.moderation.cases import LINES, Kind
from forum.moderation.events import CaseWaitsLong
from forum.moderation.models import Case
from forum.notifications import actions
from forum.notifications.drafts import News


def tell_waits_long(session: Session, event: CaseWaitsLong) -> None:
    """Those who moderate its board; where nobody does, and of what is on none, the moderators of the place."""
    case = session.get_one(Case, event.case_id)
    news = News(
        "case_waits",
        about=f"case-waits:{case.id}",
        by=case.account_id,
        fold="queue",
        title=_(LINES[Kind(case.kind)].title),
        url="/moderation",
    )
    actions.notify(session, news, _whom(session, case.board_id))


def _whom(session: Session, board_id: int | None) -> Select[int]:
    of_place = select(GroupMember.account_id).where(GroupMember.group_id.in_(OFFICE))
    if board_id is None:
        return of_place
    of_board = moderators_of(board_id).where(boards.seen_by(board_id))
    return of_board if session.scalar(of_board.limit(1)) is not None else of_place
