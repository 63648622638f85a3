"""Who is asked to look after a board, what they said, and that a term ends: told to them and to those who appoint."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import GroupMember
from forum.boards.models import Appointment
from forum.caretakers.events import CaretakerAnswered, CaretakerAsked, CaretakingEnded, TermNears
from forum.notifications import actions
from forum.notifications.drafts import News
from forum.permissions import Group


def tell_asked(session: Session, event: CaretakerAsked) -> None:
    """Who is asked: nothing begins before their yes."""
    row = _row(session, event.appointment_id)
    actions.notify(session, _news(row, "caretaking_asked", row.by_id), [row.account_id])


def tell_answer(session: Session, event: CaretakerAnswered) -> None:
    """Who asked them."""
    row = _row(session, event.appointment_id)
    if row.by_id is not None:
        kind = "caretaking_accepted" if event.is_willing else "caretaking_declined"
        actions.notify(session, _news(row, kind, row.account_id), [row.by_id])


def tell_end(session: Session, event: CaretakingEnded) -> None:
    """Whose term it was, and those who appoint; not whoever ended it."""
    row = _row(session, event.appointment_id)
    actions.notify(session, _news(row, "caretaking_over", event.by_id), [row.account_id, *_who_appoint(session)])


def remind(session: Session, event: TermNears) -> None:
    """The same, a fortnight before."""
    row = _row(session, event.appointment_id)
    actions.notify(session, _news(row, "caretaking_nears", None), [row.account_id, *_who_appoint(session)])


def _news(row: Appointment, kind: str, by: int | None) -> News:
    url = f"/b/{row.board.slug}/moderators"
    return News(kind, about=f"{kind}:{row.id}", by=by, title=row.board.name, url=url, reason=row.account.shown_name)


def _row(session: Session, appointment_id: int) -> Appointment:
    wanted = select(Appointment).options(joinedload(Appointment.board), joinedload(Appointment.account))
    return session.scalars(wanted.where(Appointment.id == appointment_id)).one()


def _who_appoint(session: Session) -> list[int]:
    return list(
        session.scalars(select(GroupMember.account_id).where(GroupMember.group_id == int(Group.ADMINISTRATORS)))
    )
