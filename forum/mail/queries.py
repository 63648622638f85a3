"""Reads of the outbox, for those who look after the place."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from forum.core.errors import NotFound
from forum.core.paging import Page, pages_for
from forum.mail.models import OutboxMessage
from forum.permissions import Act, Actor, require

PAGE = 50


def outbox(session: Session, actor: Actor, page: int = 1) -> Page[OutboxMessage]:
    """The messages, newest first, without their texts."""
    require(actor, Act.ADMINISTER)
    pages = pages_for(session.scalar(select(func.count(OutboxMessage.id))) or 0, PAGE)
    number = min(max(1, page), pages)
    rows = session.scalars(
        select(OutboxMessage)
        .options(defer(OutboxMessage.text, raiseload=True))
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    return Page(rows, number, pages)


def message(session: Session, actor: Actor, message_id: int) -> OutboxMessage:
    """One message with its text, or NotFound."""
    require(actor, Act.ADMINISTER)
    row = session.get(OutboxMessage, message_id)
    if row is None:
        raise NotFound
    return row


def waiting(session: Session, message_id: int) -> OutboxMessage | None:
    """The message if it is still to be sent."""
    row = session.get(OutboxMessage, message_id)
    return row if row is not None and row.state == "waiting" else None
