"""Removing a spam account answers what members said of it; giving it back asks again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core.events import emit
from forum.moderation.actions.opening import close_case
from forum.moderation.actions.ruling import judge_flags, wait_again
from forum.moderation.cases import Kind
from forum.moderation.events import CaseClosed
from forum.moderation.models import Case
from forum.moderation.subjects import ACCOUNT, Subject
from forum.permissions import Act, Actor, require


def answer_case(session: Session, actor: Actor, account: Account, now: datetime) -> int | None:
    """Whoever flagged the account was right, and hears it. The case that waited, where one did."""
    require(actor, Act.REMOVE_SPAMMER, account)
    same = (Case.kind == str(Kind.FLAGGED), Case.subject_kind == ACCOUNT, Case.subject_id == account.id)
    case = session.scalars(select(Case).where(*same, Case.closed_at.is_(None)).with_for_update()).first()
    if case is None:
        return None
    judge_flags(session, case, _subject(account), "right", now)
    close_case(session, case, "decided", actor.account_id, now)
    emit(session, CaseClosed(case.id))
    return case.id


def wait_anew(session: Session, account: Account, case_id: int | None) -> None:
    """The exact opposite."""
    case = session.get_one(Case, case_id, with_for_update=True) if case_id is not None else None
    if case is not None and case.closed_at is not None:
        wait_again(session, case, _subject(account))


def _subject(account: Account) -> Subject:
    return Subject(ACCOUNT, account.id, account.id, account)
