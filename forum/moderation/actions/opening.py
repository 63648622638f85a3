"""Putting something into the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.events import emit
from forum.moderation.cases import Kind
from forum.moderation.events import CaseOpened
from forum.moderation.models import Case, Flag
from forum.moderation.queries.targets import due_by
from forum.moderation.subjects import Subject
from forum.site.rules import MILD


def open_case(session: Session, kind: Kind, subject: Subject, now: datetime) -> Case:
    """The case that is open for it, locked; or a new one."""
    found = session.scalars(
        select(Case)
        .where(
            Case.kind == str(kind),
            Case.subject_kind == subject.kind,
            Case.subject_id == subject.id,
            Case.closed_at.is_(None),
        )
        .with_for_update()
    ).first()
    if found is not None:
        return found
    case = Case(
        kind=str(kind),
        subject_kind=subject.kind,
        subject_id=subject.id,
        board_id=subject.board_id,
        account_id=subject.author_id,
        opened_at=now,
        due_at=due_by(session, kind, now),
        version=0,
        weight=0.0,
        concerns_host=subject.concerns_host or subject.is_feedback,
    )
    session.add(case)
    session.flush()
    emit(session, CaseOpened(case.id))
    return case


def flagged_case(session: Session, subject: Subject) -> Case | None:
    """The case that flags opened for it and that still waits, locked: no decision leaves them without an answer."""
    asked = select(Case).where(
        Case.kind == str(Kind.FLAGGED),
        Case.subject_kind == subject.kind,
        Case.subject_id == subject.id,
        Case.closed_at.is_(None),
    )
    return session.scalars(asked.with_for_update()).first()


def open_again(session: Session, kind: Kind, subject: Subject, now: datetime) -> Case:
    """What was decided about it was taken back: the case that is open for it, else the last one as it was; else a new
    one."""
    about = (Case.kind == str(kind), Case.subject_kind == subject.kind, Case.subject_id == subject.id)
    last = session.scalars(select(Case).where(*about).order_by(Case.closed_at.is_not(None), Case.id.desc())).first()
    if last is None:
        return open_case(session, kind, subject, now)
    if last.closed_at is not None:
        last.closed_at, last.closed_by_id, last.outcome = None, None, ""
        last.version += 1
        session.flush()
    return last


def close_case(session: Session, case: Case, outcome: str, by_id: int | None, now: datetime) -> None:
    """It does not wait any more."""
    case.closed_at, case.closed_by_id, case.outcome = now, by_id, outcome
    case.claimed_by_id = case.claimed_at = None
    case.version += 1
    session.flush()


def heats(flag: Flag) -> bool:
    """Whether it counts as a report of the post: not a mild one, nor what the host's people say of what is about it.
    Those of the house weigh nothing, and count."""
    return flag.rule not in MILD and (flag.weight > 0 or flag.by_id is None)


def standing_flags(session: Session, case: Case) -> Sequence[Flag]:
    """Flags of a case that wait or were found right, the earliest first."""
    return session.scalars(
        select(Flag).where(Flag.case_id == case.id, Flag.verdict.in_(("", "right"))).order_by(Flag.at, Flag.id)
    ).all()
