"""How one knows that somebody may speak for an organization: the domain of their mail, or a link. Pure."""

from __future__ import annotations

import re

from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _

LONGEST = 300
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}", re.IGNORECASE)


def checked_evidence(typed: str, email: str) -> str:
    """A link as it is, a domain in small letters; Invalid for anything else, and a domain that `email` is not of."""
    evidence = one_line(typed)
    if len(evidence) <= LONGEST and _LINK.fullmatch(evidence):
        return evidence
    domain = evidence.removeprefix("@").lower()
    if len(domain) > LONGEST or not _DOMAIN.fullmatch(domain):
        raise Invalid(_("Say how one knows: their mail’s domain, or a link to a page that names them."), "evidence")
    of_mail = email.rpartition("@")[2].lower()
    if of_mail != domain and not of_mail.endswith(f".{domain}"):
        raise Invalid(_("Their address here is not one of %(domain)s. Give a link instead.", domain=domain), "evidence")
    return domain
