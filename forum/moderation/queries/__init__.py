"""Reads of what waits and of what was decided; rights are part of the SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from forum.conversations.models import MessageReport
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.moderation import subjects
from forum.moderation.appeal_models import Appeal
from forum.moderation.cases import Kind
from forum.moderation.models import Case, Flag, Ruling
from forum.permissions import Act, Actor, Right, require
from forum.suggestions.queries import lock_suggestion


def looked_after(actor: Actor, model: type[Case] | type[Ruling]) -> ColumnElement[bool]:
    """What the actor may decide: on the boards that they moderate, and of the whole place for its moderators. Says the
    same as DECIDE."""
    boards = [board for board in actor.boards_with(Right.MODERATE) if actor.may(Right.SEE, board)]
    whole = and_(model.board_id.is_(None), true() if actor.is_moderator else model.id.is_(None))
    return or_(model.board_id.in_(boards), whole)


def to_decide(actor: Actor) -> ColumnElement[bool]:
    """What the queue shows to the actor: what they look after, unless it is about themselves, they began it, or it
    objects to what they had a hand in."""
    about_me = Case.account_id == actor.account_id
    mine = MessageReport.reporter_id == actor.account_id
    shown_by_me = exists().where(MessageReport.message_id == Case.subject_id, mine)
    return and_(
        looked_after(actor, Case),
        or_(Case.account_id.is_(None), ~about_me),
        ~and_(Case.kind == str(Kind.MESSAGE), shown_by_me),
        ~and_(Case.kind == str(Kind.APPEAL), _took_part(actor)),
    )


def _took_part(actor: Actor) -> ColumnElement[bool]:
    """SQL over Case: it is an objection, and the actor flagged, decided, or objected. Says the same as `contested`."""
    me, other = actor.account_id, aliased(Ruling)
    hand = or_(
        other.by_id == me,
        other.confirmed_by_id == me,
        and_(other.undone_by_id == me, other.undone_how != "appeal"),
        exists().where(Flag.case_id == other.case_id, Flag.by_id == me, Flag.verdict != "cleared"),
    )
    same = or_(other.id == Ruling.id, other.case_id == Ruling.case_id)
    about = select(Appeal.id).join(Ruling, Ruling.id == Appeal.ruling_id).where(Appeal.id == Case.subject_id)
    return or_(
        about.where(exists().where(same, hand)).exists(),
        about.where(Ruling.id.in_(select(Appeal.ruling_id).where(Appeal.account_id == me))).exists(),
    )


def not_about(actor: Actor) -> ColumnElement[bool]:
    """Decisions about somebody else, or one's own."""
    return or_(Ruling.account_id.is_(None), Ruling.account_id != actor.account_id, Ruling.by_id == actor.account_id)


def case_for_update(session: Session, actor: Actor, case_id: int) -> Case:
    """A case that the actor may decide, locked after what it is about, as whoever flags that locks it; or NotFound."""
    require(actor, Act.WORK_QUEUE)
    _lock_subject(session, Case, case_id)
    found = session.scalars(
        select(Case)
        .where(Case.id == case_id, to_decide(actor))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound(_("This does not wait, or it is not yours to decide."))
    return found


def open_case_of(session: Session, actor: Actor, kind: str, id_: int) -> int | None:
    """The flagged case of something, where it waits for the actor."""
    about = (Case.kind == str(Kind.FLAGGED), Case.subject_kind == kind, Case.subject_id == id_)
    return session.scalar(select(Case.id).where(*about, Case.closed_at.is_(None), to_decide(actor)))


def decision_for_update(session: Session, actor: Actor, decision_id: int) -> Ruling:
    """A decision that the actor may take back or confirm, locked after what it is about; or NotFound."""
    require(actor, Act.WORK_QUEUE)
    _lock_subject(session, Ruling, decision_id)
    found = session.scalars(
        select(Ruling)
        .where(Ruling.id == decision_id, looked_after(actor, Ruling), not_about(actor))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound(_("There is no such decision, or it is not yours to look at."))
    return found


def decision_locked(session: Session, decision_id: int) -> Ruling:
    """One, whoever asks, locked after what it is about. For the clock."""
    _lock_subject(session, Ruling, decision_id)
    return session.get_one(Ruling, decision_id, with_for_update=True, populate_existing=True)


def _lock_subject(session: Session, model: type[Case] | type[Ruling], id_: int) -> None:
    """What a case or decision is about first: whoever flags or decides takes the locks in this order, so that nobody
    waits in a ring."""
    about = session.execute(select(model.subject_kind, model.subject_id).where(model.id == id_)).first()
    if about is None:
        return
    if about.subject_kind == "decision":
        _lock_subject(session, Ruling, about.subject_id)
    elif about.subject_kind == "appeal":
        ruling_id = session.scalar(select(Appeal.ruling_id).where(Appeal.id == about.subject_id)) or 0
        _lock_subject(session, Ruling, ruling_id)
        session.execute(select(Ruling.id).where(Ruling.id == ruling_id).with_for_update())
    elif about.subject_kind == "suggestion":
        lock_suggestion(session, about.subject_id)
    elif about.subject_kind in subjects.LOADERS:
        subjects.LOADERS[about.subject_kind](session, about.subject_id)


def flags_of(session: Session, case_id: int) -> list[Flag]:
    """Flags of a case that were not taken back."""
    asked = select(Flag).where(Flag.case_id == case_id, Flag.verdict != "cleared")
    return list(session.scalars(asked.order_by(Flag.at, Flag.id)))
