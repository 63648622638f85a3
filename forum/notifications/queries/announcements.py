"""Whom an announcement reaches by mail, and who finds it in the digest: before it is published, and afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.notifications import audience
from forum.notifications.announcement_models import AnnouncementDelivery, AnnouncementTurn
from forum.organization.loudness import MAIL_EVERY


@dataclass(frozen=True)
class Reach:
    """How many members get it by mail, and how many had an announcement this week already."""

    mails: int
    kept: int

    @property
    def would(self) -> str:
        """What whoever writes it is told."""
        mails = ngettext("%(num)s member gets this by mail.", "%(num)s members get this by mail.", self.mails)
        return " ".join(filter(None, (mails, self._kept)))

    @property
    def did(self) -> str:
        """What whoever published it is told."""
        mails = ngettext("It goes to %(num)s member by mail.", "It goes to %(num)s members by mail.", self.mails)
        return " ".join(filter(None, (_("Published."), mails, self._kept)))

    @property
    def _kept(self) -> str:
        if not self.kept:
            return ""
        return ngettext(
            "%(num)s had an announcement this week already and finds it among the notices.",
            "%(num)s had an announcement this week already and find it among their notices.",
            self.kept,
        )


def reach(session: Session, board: Board, by: int | None, now: datetime, *, warns: bool) -> Reach:
    """If it were published on the board now. `warns`: as a notice of safety, security or law."""
    people = audience.of_announcement(board.id, by, now, kind="warning" if warns else "announcement").subquery()
    had = AnnouncementTurn.last_at > now - MAIL_EVERY
    count, waiting = session.execute(
        select(func.count(), func.coalesce(func.sum(case((had, 1), else_=0)), 0))
        .select_from(people)
        .outerjoin(AnnouncementTurn, AnnouncementTurn.account_id == people.c.id)
    ).one()
    return Reach(count, 0) if warns else Reach(count - waiting, waiting)


def reached(session: Session, post_id: int) -> Reach | None:
    """Now that it is published; None for what is no announcement, or follows nobody."""
    rows = session.execute(
        select(AnnouncementDelivery.by_mail, func.count())
        .where(AnnouncementDelivery.post_id == post_id)
        .group_by(AnnouncementDelivery.by_mail)
    )
    found = {row[0]: row[1] for row in rows}
    return Reach(found.get(True, 0), found.get(False, 0)) if found else None
