"""The verbs of reports: sending one, answering it, opening it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Conflict, Invalid, TooSoon
from forum.core.events import emit
from forum.core.lines import many_lines
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.posts.powers import PeerNeeded, needs_peer
from forum.reporting import grounds, queries
from forum.reporting.events import IllegalContentReported, IllegalReportAnswered, IllegalReportReopened
from forum.reporting.models import IllegalReport
from forum.site.actions import note_deed

DAY = timedelta(days=1)
# Mails to one address in a day: nobody's letter box is filled by typing their address here.
MOST_TO_ONE = 10
NAMED_FOR = timedelta(days=180)


def report_illegal(session: Session, actor: Actor, draft: grounds.Draft) -> IllegalReport:
    """Say that something here is against the law; anyone may. Whoever did so hears its number by mail at once."""
    require(actor, Act.REPORT_ILLEGAL)
    said = grounds.checked(draft)
    now = clock.now()
    mine = (IllegalReport.email == said.email, IllegalReport.at > now - DAY)
    if said.email and (session.scalar(select(func.count(IllegalReport.id)).where(*mine)) or 0) >= MOST_TO_ONE:
        raise TooSoon(_("Many reports came from this address today. Please write to us instead."), 3600)
    report = IllegalReport(
        at=now,
        subject_kind=said.subject_kind,
        subject_id=said.subject_id,
        path=said.path,
        ground=said.ground,
        reason=said.reason,
        name=said.name,
        email=said.email,
        account_id=actor.account_id,
        locale=said.locale,
    )
    session.add(report)
    session.flush()
    emit(session, IllegalContentReported(report.id))
    return report


def answer_report(session: Session, actor: Actor, report: IllegalReport, decision: str, words: str) -> None:
    """Decide on a report (locked): what became of what it is about, and why. Whoever sent it hears both."""
    require(actor, Act.ANSWER_ILLEGAL, report)
    _check_powers(session, actor, report)
    if report.decided_at is not None:
        raise Conflict(_("Somebody decided this already."))
    if decision not in grounds.DECISIONS:
        raise Invalid(_("Choose one of the list."), "decision")
    _check_gone(session, report, decision)
    answer = many_lines(words)
    if not answer:
        raise Invalid(_("Say why: whoever reported it will read it."), "words")
    if len(answer) > grounds.LONGEST_ANSWER:
        most = {"n": grounds.LONGEST_ANSWER, "len": len(answer)}
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", **most), "words")
    report.decided_at, report.decided_by_id = clock.now(), actor.account_id
    report.decision, report.answer = decision, answer
    session.flush()
    note_deed(session, actor, "report", report.id, "answered", after={"number": report.id, "decision": decision})
    emit(session, IllegalReportAnswered(report.id))


def reopen_report(session: Session, actor: Actor, report: IllegalReport) -> None:
    """The opposite: a report (locked) waits for a decision again, and whoever sent it hears that."""
    require(actor, Act.ANSWER_ILLEGAL, report)
    _check_powers(session, actor, report)
    if report.decided_at is None:
        raise Conflict(_("This waits for a decision already."))
    report.decided_at = report.decided_by_id = None
    report.decision = report.answer = ""
    report.reopened_at = clock.now()
    session.flush()
    note_deed(session, actor, "report", report.id, "reopened", after={"number": report.id})
    emit(session, IllegalReportReopened(report.id))


def _check_gone(session: Session, report: IllegalReport, decision: str) -> None:
    """Nobody is told that something was taken away which still stands."""
    about = queries.reported(session, report)
    if decision == "removed" and report.subject_kind != "account" and about is not None and not about.is_gone:
        raise Invalid(_("It still stands. Take it away first, then say so here."), "decision")


def _check_powers(session: Session, actor: Actor, report: IllegalReport) -> None:
    about = queries.reported(session, report)
    if about is not None and needs_peer(actor, about, is_feedback=about.is_feedback):
        raise PeerNeeded(_("This is by or about the organization: a moderator from among the members answers it."))


def forget_senders(session: Session, actor: Actor, now: datetime) -> None:
    """Half a year after the decision nothing says any more who sent a report."""
    require(actor, Act.KEEP_TIME)
    session.execute(
        update(IllegalReport)
        .where(IllegalReport.decided_at <= now - NAMED_FOR)
        .values(name="", email="", account_id=None)
        .execution_options(synchronize_session=False)
    )
