"""What moderators read of conversations: reported messages with two before and two after, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.conversations.models import Message, MessageReport
from forum.conversations.queries import visible
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require


@dataclass(frozen=True)
class Evidence:
    """A report and the messages that it shows."""

    report: MessageReport
    messages: Sequence[Message]


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
