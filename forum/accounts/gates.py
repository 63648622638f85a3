"""Who may ask for an account: domains, the host's question, invitations. Pure, and the same for everybody who asks:
nothing here depends on whether an account exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.core.errors import Invalid
from forum.core.words import gettext as _

MODES = ("open", "approval", "invitation")
INVITERS = ("administrators", "regulars", "members")
LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody brings to the gate besides name and address."""

    invitation_id: int | None = None
    answer: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The gate as it stands."""

    mode: str = "open"
    allowed_domains: Sequence[str] = ()
    question: str = ""
    answers: Sequence[str] = ()


def check(rules: Rules, email: str, entry: Entry, *, is_invited: bool) -> None:
    """Raise Invalid, in words, unless somebody with this address may ask. `is_invited`: by a living invitation."""
    check_address(rules, email, is_invited=is_invited)
    if rules.question and not is_invited and not is_right(rules.answers, entry.answer):
        raise Invalid(_("That is not the answer we hoped for. Those who run this place know it."), "answer")
    if len(entry.words) > LONGEST_WORDS:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_WORDS, len=len(entry.words)), "words")


def check_address(rules: Rules, email: str, *, is_invited: bool) -> None:
    """Raise Invalid, in words, unless this address may come in: asked when it is given and when it is confirmed."""
    domain = email.rpartition("@")[2].casefold()
    if rules.mode == "invitation" and not is_invited:
        raise Invalid(_("This place is joined by invitation. Ask somebody here for a link."))
    if rules.allowed_domains and not is_invited and domain not in rules.allowed_domains:
        raise Invalid(
            _("Only addresses of %(domains)s can be used here.", domains=", ".join(rules.allowed_domains)), "email"
        )


def is_right(answers: Sequence[str], typed: str) -> bool:
    """Whether an answer is one of those hoped for, case and white space aside. Without any, every answer is right."""
    wanted = {answer_key(answer) for answer in answers}
    given = answer_key(typed)
    return bool(given) and (not wanted or given in wanted)


def answer_key(text: str) -> str:
    """What two answers share that people would call the same."""
    return " ".join(text.casefold().split()).strip(".!?")


def is_living(expires_at: datetime, revoked_at: datetime | None, uses: int, most: int, now: datetime) -> bool:
    """Whether an invitation still lets somebody in."""
    return revoked_at is None and now < expires_at and uses < most
