"""Reads of what waits and of what was decided; rights are part of the SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.moderation.models import Case, Flag, Ruling
from forum.permissions import Act, Actor, Right, require


def looked_after(actor: Actor, model: type[Case] | type[Ruling]) -> ColumnElement[bool]:
    """What the actor may decide: on the boards that they moderate, and of the whole place for its moderators. Says the
    same as DECIDE."""
    boards = [board for board in actor.boards_with(Right.MODERATE) if actor.may(Right.SEE, board)]
    whole = and_(model.board_id.is_(None), true() if actor.is_moderator else model.id.is_(None))
    return or_(model.board_id.in_(boards), whole)


def case_for_update(session: Session, actor: Actor, case_id: int) -> Case:
    """A case that the actor may decide, locked; or NotFound."""
    require(actor, Act.WORK_QUEUE)
    found = session.scalars(
        select(Case)
        .where(Case.id == case_id, looked_after(actor, Case))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound(_("This does not wait, or it is not yours to decide."))
    return found


def decision_for_update(session: Session, actor: Actor, decision_id: int) -> Ruling:
    """A decision that the actor may take back or confirm, locked; or NotFound."""
    require(actor, Act.WORK_QUEUE)
    found = session.scalars(
        select(Ruling)
        .where(Ruling.id == decision_id, looked_after(actor, Ruling))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound(_("There is no such decision, or it is not yours to look at."))
    return found


def flags_of(session: Session, case_id: int) -> list[Flag]:
    """Flags of a case that were not taken back."""
    asked = select(Flag).where(Flag.case_id == case_id, Flag.verdict != "cleared")
    return list(session.scalars(asked.order_by(Flag.at, Flag.id)))
