"""What waits for a plain answer instead of a decision by a rule: one table, kind of case → its answers, and how they
are taken back. Each goes through the verb of whoever owns what is asked, which closes the case or leaves that to the
caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import actions as accounts
from forum.accounts import admission
from forum.accounts.gates import LONGEST_WORDS as LONGEST_OF_SIGN_UPS
from forum.conversations import actions as conversations
from forum.conversations.models import MessageReport
from forum.core.errors import Conflict
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.moderation.actions.appealing import LONGEST as LONGEST_OF_OBJECTIONS
from forum.moderation.actions.appealing import decide_appeal, undo_appeal
from forum.moderation.actions.deciding import answer_anew, confirm, refuse
from forum.moderation.cases import Kind
from forum.moderation.models import Case, Ruling
from forum.moderation.queries import appeals
from forum.permissions import Actor
from forum.posts.drafts import Written
from forum.reporting import actions as reporting
from forum.reporting import queries as reports
from forum.reporting.grounds import LONGEST_ANSWER as LONGEST_OF_REPORTS
from forum.suggestions import actions as suggesting
from forum.suggestions import queries as suggestions
from forum.suggestions.drafts import LONGEST_ANSWER as LONGEST_OF_SUGGESTIONS
from forum.suggestions.models import ACCEPTED

USUAL_LENGTH = 500


@dataclass(frozen=True)
class Given:
    """`version`: of the case that was looked at; `body`: of another wording, what its post will say, rendered."""

    words: str
    version: int
    body: Written | None = None


Do = Callable[[Session, Actor, Case, Given], None]
Undo = Callable[[Session, Actor, Case, Written | None], None]


@dataclass(frozen=True)
class Answer:
    """`title`: on its button; `said`: once it is given; `outcome`: how the case ends; `needs_words`: nobody says so
    without a reason; `longest`: of the words to it."""

    title: str
    said: str
    outcome: str
    do: Do
    needs_words: bool = False
    longest: int = USUAL_LENGTH


def _decision(session: Session, case: Case) -> Ruling:
    return session.get_one(Ruling, case.subject_id, with_for_update=True, populate_existing=True)


def _confirm(session: Session, actor: Actor, case: Case, _given: Given) -> None:
    confirm(session, actor, _decision(session, case))


def _refuse(session: Session, actor: Actor, case: Case, given: Given) -> None:
    refuse(session, actor, _decision(session, case), given.words)


def _answer_anew(session: Session, actor: Actor, case: Case, _body: Written | None) -> None:
    answer_anew(session, actor, _decision(session, case))


def _let_in(session: Session, actor: Actor, case: Case, given: Given) -> None:
    account = admission.waiting_account(session, actor, case.subject_id)
    accounts.approve_sign_up(session, actor, account, given.words)


def _turn_away(session: Session, actor: Actor, case: Case, given: Given) -> None:
    account = admission.waiting_account(session, actor, case.subject_id)
    accounts.decline_sign_up(session, actor, account, given.words)


def _let_wait(session: Session, actor: Actor, case: Case, _body: Written | None) -> None:
    accounts.reopen_sign_up(session, actor, admission.answered_account(session, actor, case.subject_id))


def _close_reports(session: Session, actor: Actor, case: Case, _given: Given) -> None:
    waiting = (MessageReport.message_id == case.subject_id, MessageReport.closed_at.is_(None))
    for report in session.scalars(select(MessageReport).where(*waiting).order_by(MessageReport.id)).all():
        conversations.close_report(session, actor, report)


def _open_reports(session: Session, actor: Actor, case: Case, _body: Written | None) -> None:
    closed = (MessageReport.message_id == case.subject_id, MessageReport.closed_at >= case.opened_at)
    for report in session.scalars(select(MessageReport).where(*closed).order_by(MessageReport.id)).all():
        conversations.reopen_report(session, actor, report)


def _take_over(session: Session, actor: Actor, case: Case, given: Given) -> None:
    row = suggestions.suggestion(session, actor, case.subject_id, lock=True)
    if given.body is None:
        raise Conflict(_("The post was changed since. Look at it once more."))
    suggesting.accept(session, actor, row, row.version, given.body)


def _leave(session: Session, actor: Actor, case: Case, given: Given) -> None:
    row = suggestions.suggestion(session, actor, case.subject_id, lock=True)
    suggesting.decline(session, actor, row, row.version, given.words)


def _suggest_again(session: Session, actor: Actor, case: Case, body: Written | None) -> None:
    row = suggestions.suggestion(session, actor, case.subject_id, lock=True)
    suggesting.reopen(session, actor, row, row.version, body if row.state == ACCEPTED else None)


def _answer_report(decision: str) -> Do:
    def do(session: Session, actor: Actor, case: Case, given: Given) -> None:
        row = reports.report(session, actor, case.subject_id, lock=True)
        reporting.answer_report(session, actor, row, decision, given.words)

    return do


def _reopen_report(session: Session, actor: Actor, case: Case, _body: Written | None) -> None:
    reporting.reopen_report(session, actor, reports.report(session, actor, case.subject_id, lock=True))


def _answer_objection(outcome: str) -> Do:
    def do(session: Session, actor: Actor, case: Case, given: Given) -> None:
        made = appeals.appeal_for_update(session, actor, case.subject_id)
        decide_appeal(session, actor, made, outcome, given.words, given.version)

    return do


def _object_again(session: Session, actor: Actor, case: Case, _body: Written | None) -> None:
    undo_appeal(session, actor, appeals.appeal_for_update(session, actor, case.subject_id))


_MAILED = mark("Decided. Whoever reported it hears it by mail, where they left an address.")
_TOLD = mark("Answered. Whoever objected is told.")
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
        "approve": Answer(
            mark("Let in"),
            mark("In ten minutes they are in, and hear it by mail."),
            "decided",
            _let_in,
            longest=LONGEST_OF_SIGN_UPS,
        ),
        "decline": Answer(
            mark("Say no"),
            mark("In ten minutes they hear by mail why not, and nothing of them is kept."),
            "refused",
            _turn_away,
            True,
            LONGEST_OF_SIGN_UPS,
        ),
    },
    Kind.MESSAGE: {
        "dealt": Answer(mark("It is dealt with"), mark("Closed."), "decided", _close_reports),
        "nothing": Answer(mark("Nothing is wrong with it"), mark("Closed."), "kept", _close_reports),
    },
    Kind.SUGGESTION: {
        "accept": Answer(
            mark("Take it over"), mark("Taken over. The history names who suggested it."), "decided", _take_over
        ),
        "decline": Answer(
            mark("Leave it as it is"),
            mark("The post stays as it is, and they are told."),
            "kept",
            _leave,
            longest=LONGEST_OF_SUGGESTIONS,
        ),
    },
    Kind.NOTICE: {
        "removed": Answer(
            mark("It was taken away"), _MAILED, "decided", _answer_report("removed"), True, LONGEST_OF_REPORTS
        ),
        "limited": Answer(
            mark("It was changed or limited"), _MAILED, "decided", _answer_report("limited"), True, LONGEST_OF_REPORTS
        ),
        "kept": Answer(mark("It stays as it is"), _MAILED, "kept", _answer_report("kept"), True, LONGEST_OF_REPORTS),
    },
    Kind.APPEAL: {
        "upheld": Answer(
            mark("The decision stays"), _TOLD, "upheld", _answer_objection("upheld"), True, LONGEST_OF_OBJECTIONS
        ),
        "reversed": Answer(
            mark("The objection is right"),
            _TOLD,
            "reversed",
            _answer_objection("reversed"),
            True,
            LONGEST_OF_OBJECTIONS,
        ),
    },
}
UNDOING: Mapping[str, Undo] = {
    Kind.PROPOSAL: _answer_anew,
    Kind.REVIEW: _answer_anew,
    Kind.SIGN_UP: _let_wait,
    Kind.MESSAGE: _open_reports,
    Kind.SUGGESTION: _suggest_again,
    Kind.NOTICE: _reopen_report,
    Kind.APPEAL: _object_again,
}
