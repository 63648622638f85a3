"""What a group may say of itself, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forum.accounts.models import JOINING, ROLES, SEEN_BY, USED_BY
from forum.core.errors import Invalid, InvalidFields
from forum.core.lines import many_lines
from forum.core.words import gettext as _

LONGEST_WORDS = 500
MOST_DOMAINS = 20
_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")


@dataclass(frozen=True, slots=True)
class Rules:
    """Who comes in, who sees it and its members, who may address it."""

    joining: str
    seen_by: str
    members_seen_by: str
    mentioned_by: str
    written_to_by: str
    auto_domains: tuple[str, ...] = ()
    auto_role: str = ""


def rules(
    joining: str,
    seen_by: str,
    members_seen_by: str,
    mentioned_by: str,
    written_to_by: str,
    domains: str,
    auto_role: str,
) -> Rules:
    """The rules checked, or `InvalidFields`. `domains`: separated by white space or commas."""
    wrong: dict[str, str] = {}
    for field, value, allowed in (
        ("joining", joining, JOINING),
        ("seen_by", seen_by, SEEN_BY),
        ("members_seen_by", members_seen_by, SEEN_BY),
        ("mentioned_by", mentioned_by, USED_BY),
        ("written_to_by", written_to_by, USED_BY),
        ("auto_role", auto_role, ROLES),
    ):
        if value not in allowed:
            wrong[field] = _("Choose one of the list.")
    found: tuple[str, ...] = ()
    try:
        found = mail_domains(domains)
    except Invalid as error:
        wrong["auto_domains"] = error.sentence
    if not wrong and joining == "automatic" and not found and not auto_role:
        wrong["auto_domains"] = _("Say whom the group takes in: by mail domain, by standing, or both.")
    if wrong:
        raise InvalidFields(wrong)
    return Rules(joining, seen_by, members_seen_by, mentioned_by, written_to_by, found, auto_role)


def mail_domains(text: str) -> tuple[str, ...]:
    """Domains of mail addresses as they are compared: small letters, international ones in their ASCII form."""
    typed = [part.strip("@.") for part in re.split(r"[\s,;]+", text.strip().lower()) if part.strip("@.")]
    found = tuple(dict.fromkeys(_domain(one) for one in typed))
    if len(found) > MOST_DOMAINS:
        raise Invalid(_("At most %(n)s domains.", n=MOST_DOMAINS))
    return found


def _domain(typed: str) -> str:
    try:
        plain = typed if typed.isascii() else typed.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not _DOMAIN.match(plain):
        raise Invalid(_("“%(domain)s” is not a mail domain. One looks like example.org.", domain=typed[:80]))
    return plain


def words(text: str, field: str, *, needed: str = "") -> str:
    """What somebody says with a request or a decision; `needed`: the sentence to refuse silence with."""
    clean = many_lines(text)
    if needed and not clean:
        raise Invalid(needed, field)
    if len(clean) > LONGEST_WORDS:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_WORDS, len=len(clean)), field)
    return clean
