"""What waits for a plain answer instead of a decision by a rule: one table, kind of case → its answers. Each goes
through the verb of whoever owns what is asked, which closes the case or leaves that to the caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import actions as accounts
from forum.accounts import admission
from forum.conversations import actions as conversations
from forum.conversations.models import MessageReport
from forum.core.words import mark
from forum.moderation.actions.deciding import confirm, refuse
from forum.moderation.cases import Kind
from forum.moderation.models import Case, Ruling
from forum.permissions import Actor

Do = Callable[[Session, Actor, Case, str], None]


@dataclass(frozen=True)
class Answer:
    """`title`: on its button; `said`: once it is given; `outcome`: how the case ends; `needs_words`: nobody says so
    without a reason."""

    title: str
    said: str
    outcome: str
    do: Do
    needs_words: bool = False


def _decision(session: Session, case: Case) -> Ruling:
    return session.get_one(Ruling, case.subject_id, with_for_update=True, populate_existing=True)


def _confirm(session: Session, actor: Actor, case: Case, _words: str) -> None:
    confirm(session, actor, _decision(session, case))


def _refuse(session: Session, actor: Actor, case: Case, words: str) -> None:
    refuse(session, actor, _decision(session, case), words)


def _let_in(session: Session, actor: Actor, case: Case, words: str) -> None:
    accounts.approve_sign_up(session, actor, admission.waiting_account(session, actor, case.subject_id), words)


def _turn_away(session: Session, actor: Actor, case: Case, words: str) -> None:
    accounts.decline_sign_up(session, actor, admission.waiting_account(session, actor, case.subject_id), words)


def _close_reports(session: Session, actor: Actor, case: Case, _words: str) -> None:
    waiting = (MessageReport.message_id == case.subject_id, MessageReport.closed_at.is_(None))
    for report in session.scalars(select(MessageReport).where(*waiting).order_by(MessageReport.id)).all():
        conversations.close_report(session, actor, report)


ANSWERS: Mapping[str, Mapping[str, Answer]] = {
    Kind.PROPOSAL: {
        "confirm": Answer(mark("Agree"), mark("Agreed: it is done."), "decided", _confirm),
        "refuse": Answer(mark("Say no"), mark("Nothing is done. Who proposed it reads why."), "refused", _refuse, True),
    },
    Kind.REVIEW: {
        "confirm": Answer(mark("Agree"), mark("Agreed: it stays as it is."), "decided", _confirm),
        "refuse": Answer(mark("Undo it"), mark("It is undone. Who did it reads why."), "refused", _refuse, True),
    },
    Kind.SIGN_UP: {
        "approve": Answer(mark("Let in"), mark("They are in, and hear it by mail."), "decided", _let_in),
        "decline": Answer(mark("Say no"), mark("They hear by mail why not."), "refused", _turn_away, True),
    },
    Kind.MESSAGE: {
        "dealt": Answer(mark("It is dealt with"), mark("Closed."), "decided", _close_reports),
        "nothing": Answer(mark("Nothing is wrong with it"), mark("Closed."), "kept", _close_reports),
    },
}
