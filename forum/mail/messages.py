"""A mail as we write it: subject and text in one template, the subject its first line. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from secrets import token_hex

from forum.core.settings import host_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail that is ready to stand in the outbox."""

    to: str
    subject: str
    text: str = field(repr=False)
    cause: str
    account_id: int | None = None
    is_secret: bool = False


def split(written: str) -> tuple[str, str]:
    """Subject and text of a rendered template; runs of empty lines become one."""
    subject, _newline, text = written.strip().partition("\n")
    return " ".join(subject.split()), re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", text.strip()) + "\n"


def new_message_id(base_url: str) -> str:
    """A Message-ID for a mail from the place at `base_url`."""
    return f"<{token_hex(16)}@{host_of(base_url)}>"


def sender(mail_from: str, base_url: str) -> str:
    """From whom mail comes."""
    return mail_from or f"forum@{host_of(base_url)}"
