"""E-mail addresses: what may be one, and when two are the same. Pure; asks no name server."""

from __future__ import annotations

import unicodedata

from email_validator import EmailNotValidError, validate_email

from forum.core.errors import Invalid
from forum.core.words import gettext as _

LONGEST = 254


def check(email: str, field: str = "email") -> str:
    """The address as mail servers want it, or `Invalid` beside `field`."""
    email = email.strip()
    if not email:
        raise Invalid(_("Write your e-mail address."), field)
    if len(email) > LONGEST:
        raise Invalid(_("An e-mail address has at most %(n)s characters.", n=LONGEST), field)
    try:
        valid = validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        raise Invalid(
            _("“%(email)s” is not an e-mail address that mail can be sent to. Look for a missing part.", email=email),
            field,
        ) from None
    return valid.ascii_email or valid.normalized


def key(email: str) -> str:
    """What two addresses must not share. Anything may be asked; what is no address has a key that nobody has."""
    try:
        email = check(email)
    except Invalid:
        email = email.strip()[:LONGEST]
    return unicodedata.normalize("NFC", email).casefold()


def is_address(text: str) -> bool:
    """Whether mail could be sent there."""
    try:
        check(text)
    except Invalid:
        return False
    return True


def veiled(email: str) -> str:
    """The address for its owner to recognise and nobody else to learn: `a•••@example.org`."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}•••@{host}" if name else "•••"
