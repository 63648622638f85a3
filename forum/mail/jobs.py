"""Sending what stands in the outbox, and forgetting it later."""

from __future__ import annotations

import logging

from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.mailer import Mail, MailerError, PermanentRefusal, send
from forum.core.web.running import settings
from forum.mail import actions, queries
from forum.mail.messages import sender
from forum.mail.models import OutboxMessage
from forum.site import queries as sites

log = logging.getLogger(__name__)

ATTEMPTS = 12


def send_mail(message_id: int) -> None:
    """Send one message; keep it where there is no mail server. A failure that may pass is raised: the worker returns.

    Killed between sending and noting it, it is sent again under the same Message-ID.
    """
    row = queries.waiting(reading(), message_id)
    if row is None:
        return
    if not settings().smtp_url:
        with transaction() as session:
            if again := queries.waiting(session, message_id):
                actions.keep(session, again)
        return
    mail = _mail(row)
    try:
        send(settings().smtp_url, mail)
    except PermanentRefusal as error:
        _give_up(message_id, str(error))
    except (MailerError, ValueError) as error:
        if row.attempts + 1 >= ATTEMPTS:
            _give_up(message_id, str(error))
            return
        with transaction() as session:
            if again := queries.waiting(session, message_id):
                actions.note_failure(session, again, str(error))
        raise
    else:
        with transaction() as session:
            if again := queries.waiting(session, message_id):
                actions.mark_sent(session, again)


def _give_up(message_id: int, reason: str) -> None:
    log.warning("mail %s is given up: %s", message_id, reason)
    with transaction() as session:
        if row := queries.waiting(session, message_id):
            actions.give_up(session, row, reason)


def _mail(row: OutboxMessage) -> Mail:
    found = settings()
    return Mail(
        sender=sender(found.mail_from, found.base_url),
        sender_name=sites.site(reading()).name,
        to=row.to,
        subject=row.subject,
        text=row.text,
        message_id=row.message_id,
    )


def forget_old_mail() -> None:
    """Drop what was sent, kept or given up more than 30 days ago."""
    with transaction() as session:
        actions.forget_old(session, clock.now())
