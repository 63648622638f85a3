"""Sends one mail through an SMTP server. Knows no account and no table.

`smtp://` is upgraded by STARTTLS where the server offers it, `smtps://` is encrypted from the start; certificates are
verified. A password is never sent in the clear. On this very machine (a loopback address) neither is asked for.
"""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from forum.core import clock

TIMEOUT_S = 20.0
_PORTS = {"smtp": 25, "smtps": 465}


class MailerError(Exception):
    """The mail could not be handed over now; trying again later may help."""


class PermanentRefusal(Exception):
    """The server will never take this mail (a 5xx answer): trying again is impolite."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server as `FORUM_SMTP_URL` names it."""

    host: str
    port: int
    encrypted: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is this very machine."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person."""

    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    message_id: str


def server_from(url: str) -> Server:
    """Read `smtp://user:password@host:587`; ValueError with a sentence when it is something else."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("FORUM_SMTP_URL looks like smtp://user:password@mail.example.org:587 or smtps://….")
    return Server(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        encrypted=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def composed(mail: Mail) -> EmailMessage:
    """The mail as it goes out. The Message-ID is the caller's, so that sending twice is seen to be the same mail."""
    message = EmailMessage()
    name, _at, host = mail.sender.rpartition("@")
    message["From"] = Address(display_name=_one_line(mail.sender_name), username=name, domain=host)
    message["To"] = mail.to
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = mail.message_id
    # RFC 3834: nobody's holiday notice should answer us.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text)
    return message


def send(url: str, mail: Mail) -> None:
    """Hand the mail to the server; MailerError or PermanentRefusal, in words, when it is not taken."""
    server = server_from(url)
    try:
        with _connected(server) as connection:
            connection.send_message(composed(mail), from_addr=mail.sender, to_addrs=[mail.to])
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise _refusal(code, reason) from error
    except smtplib.SMTPAuthenticationError as error:
        # The operator's to mend, not the recipient's fault: the mail waits.
        raise MailerError(f"The mail server does not accept our user and password ({error.smtp_code}).") from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise PermanentRefusal(f"The mail server cannot carry this address or text: {error}.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailerError(f"The mail server could not be reached: {error}.") from error


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.encrypted:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    with connection:
        connection.ehlo()
        safe = server.encrypted or server.is_here
        if not safe and connection.has_extn("starttls"):
            connection.starttls(context=context)
            connection.ehlo()
            safe = True
        if server.user:
            if not safe:
                raise MailerError("The mail server offers no encryption: the password is not sent.")
            connection.login(server.user, server.password)
        yield connection


def _refusal(code: int, reason: bytes | str) -> Exception:
    words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    sentence = f"The mail server answered {code}: {words}"
    return PermanentRefusal(sentence) if 500 <= code < 600 else MailerError(sentence)


def _one_line(text: str) -> str:
    return " ".join(text.split())
