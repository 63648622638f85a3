"""Showing one message to the moderators, and dealing with it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.conversations.events import MessageReported, ReportClosed, ReportReopened
from forum.conversations.limits import checked_reason, surroundings
from forum.conversations.models import Message, MessageReport
from forum.conversations.queries.finding import Seen
from forum.core import clock
from forum.core.events import emit
from forum.permissions import Act, Actor, require
from forum.posts.actions.concerning import is_of_host
from forum.posts.powers import Concerned, check_powers


def report_message(session: Session, actor: Actor, message: Message, seen: Seen, reason: str) -> MessageReport:
    """Let the moderators read this message, two before and two after. Reporting it twice reports it once."""
    require(actor, Act.SEE_CONVERSATION, seen)
    require(actor, Act.REPORT_MESSAGE, message)
    before = session.scalars(
        select(MessageReport).where(
            MessageReport.message_id == message.id, MessageReport.reporter_id == actor.account_id
        )
    ).first()
    if before is not None:
        return before
    first, last = surroundings(message.number, seen.sees_after(actor) + 1, seen.conversation.last_number)
    report = MessageReport(
        message_id=message.id,
        reporter_id=actor.account_id,
        reason=checked_reason(reason),
        created_at=clock.now(),
        from_number=first,
        to_number=last,
        html=message.html,
    )
    session.add(report)
    session.flush()
    emit(session, MessageReported(report.id, message.id))
    return report


def close_report(session: Session, actor: Actor, report: MessageReport) -> None:
    """It is dealt with; closing it twice changes nothing."""
    require(actor, Act.SEE_REPORTS)
    _check_powers(session, actor, report)
    if report.closed_at is None:
        report.closed_at, report.closed_by_id = clock.now(), actor.account_id
        session.flush()
        emit(session, ReportClosed(report.id))


def reopen_report(session: Session, actor: Actor, report: MessageReport) -> None:
    """The opposite: it waits for a moderator again."""
    require(actor, Act.SEE_REPORTS)
    if report.closed_at is not None:
        _check_powers(session, actor, report)
        report.closed_at = report.closed_by_id = None
        session.flush()
        emit(session, ReportReopened(report.id))


def _check_powers(session: Session, actor: Actor, report: MessageReport) -> None:
    """What one of the host's people wrote, others of them do not look at alone."""
    author_id = session.scalar(select(Message.author_id).where(Message.id == report.message_id))
    check_powers(actor, Concerned(author_id, is_of_host(session, author_id)), is_feedback=False)
