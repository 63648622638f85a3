"""What happens to a mail: it is put out, then sent, kept or given up, and forgotten after a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.core import clock
from forum.jobs.actions import enqueue
from forum.mail.messages import Draft, new_message_id
from forum.mail.models import OutboxMessage

KEPT_FOR = timedelta(days=30)


def put_out(session: Session, draft: Draft, base_url: str) -> OutboxMessage:
    """Write the mail and the order to send it, in the transaction of its reason."""
    row = OutboxMessage(
        account_id=draft.account_id,
        to=draft.to,
        subject=draft.subject[:255],
        text=draft.text,
        cause=draft.cause,
        is_secret=draft.is_secret,
        message_id=new_message_id(base_url),
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    enqueue(session, "send_mail", {"message_id": row.id})
    return row


def keep(session: Session, row: OutboxMessage) -> None:
    """There is no mail server: the mail stays for the administrator to read."""
    row.state = "kept"


def mark_sent(session: Session, row: OutboxMessage) -> None:
    """The server took it. A secret is not kept any longer than it has to be."""
    row.state, row.sent_at, row.error = "sent", clock.now(), ""
    row.attempts += 1
    _forget_secret(row)


def note_failure(session: Session, row: OutboxMessage, reason: str) -> None:
    """It was not taken this time."""
    row.attempts += 1
    row.error = reason[:2000]


def give_up(session: Session, row: OutboxMessage, reason: str) -> None:
    """It will not be sent."""
    note_failure(session, row, reason)
    row.state = "given_up"
    _forget_secret(row)


def _forget_secret(row: OutboxMessage) -> None:
    if row.is_secret:
        row.text = ""


def forget_old(session: Session, now: datetime) -> None:
    """Drop mails of more than 30 days ago; those still to be sent stay."""
    session.execute(
        delete(OutboxMessage).where(OutboxMessage.created_at < now - KEPT_FOR, OutboxMessage.state != "waiting")
    )
