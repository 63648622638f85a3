"""The far end of our mail: an SMTP server that keeps what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.machines.run import free_port


@dataclass
class Mailbox:
    """What arrived, oldest first. `refuse` makes the server answer that line instead ("451 later", "550 no")."""

    url: str
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    refuse: str = ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 aiosmtpd's name
        if self.refuse:
            return self.refuse
        content = cast(bytes, envelope.content)
        self.envelopes.append(envelope)
        self.messages.append(message_from_bytes(content, policy=cast(Any, policy.default)))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What arrived for one address."""
        pairs = zip(self.messages, self.envelopes, strict=True)
        return [message for message, envelope in pairs if address in envelope.rcpt_tos]


class MailServer:
    """`with MailServer() as mailbox:`"""

    def __enter__(self) -> Mailbox:
        port = free_port()
        mailbox = Mailbox(url=f"smtp://127.0.0.1:{port}")
        self._controller = Controller(mailbox, hostname="127.0.0.1", port=port)
        self._controller.start()
        return mailbox

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()
