"""What moderators read of conversations: reported messages with two before and two after, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.conversations.models import Message, MessageReport
from forum.conversations.queries import visible
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require

PER_PAGE = 50


@dataclass(frozen=True)
class Evidence:
    """A report and the messages that it shows."""

    report: MessageReport
    messages: Sequence[Message]


def reports(session: Session, actor: Actor, *, closed: bool = False, page: int = 1) -> Page[MessageReport]:
    """Reports to deal with, the oldest first; or those that are closed, the latest first."""
    require(actor, Act.SEE_REPORTS)
    order = (
        (MessageReport.closed_at.desc(), MessageReport.id.desc())
        if closed
        else (MessageReport.created_at, MessageReport.id)
    )
    found = session.scalars(
        select(MessageReport)
        .join(MessageReport.message)
        .options(joinedload(MessageReport.reporter), joinedload(MessageReport.message).joinedload(Message.author))
        .where(
            visible.reported(actor),
            MessageReport.closed_at.is_not(None) if closed else MessageReport.closed_at.is_(None),
        )
        .order_by(*order)
        .limit(PER_PAGE + 1)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return Page(found[:PER_PAGE], page, page + 1 if len(found) > PER_PAGE else page)


def report(session: Session, actor: Actor, report_id: int) -> MessageReport:
    """One report that the actor deals with, or NotFound."""
    require(actor, Act.SEE_REPORTS)
    found = session.scalars(
        select(MessageReport)
        .join(MessageReport.message)
        .options(joinedload(MessageReport.reporter), joinedload(MessageReport.message).joinedload(Message.author))
        .where(MessageReport.id == report_id, visible.reported(actor))
    ).first()
    if found is None:
        raise NotFound(_("There is no such report, or it is not yours to deal with."))
    return found


def evidence(session: Session, actor: Actor, report_id: int) -> Evidence:
    """What a moderator may read because of a report."""
    found = report(session, actor, report_id)
    around = session.scalars(
        select(Message)
        .options(joinedload(Message.author), joinedload(Message.about))
        .where(
            Message.conversation_id == found.message.conversation_id,
            Message.number.between(found.from_number, found.to_number),
        )
        .order_by(Message.number)
    ).all()
    return Evidence(found, around)
