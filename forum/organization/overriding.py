"""Why the organization speaks although the guard says wait: grounds that everybody may read (`organization.md` §3.5).
Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from forum.core.errors import Conflict, Invalid
from forum.core.words import gettext as _
from forum.organization.verdicts import Rule, RuleId, Verdict

SHORTEST_TEXT, LONGEST_TEXT = 15, 500
CORRECTED = "danger"
"""In place of a rule: something dangerous was corrected at once, and no rule would have held it."""


class Reason(StrEnum):
    """Why, in the order in which they are offered."""

    SAFETY = "safety"
    WRONG_INFO = "wrong_info"
    INCIDENT = "incident"
    LEGAL = "legal"
    ASKED_BY_MEMBER = "asked_by_member"
    NO_PEER_AVAILABLE = "no_peer_available"
    REVIVAL = "revival"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What somebody says to post now. `reason` "" says nothing: then the guard's word holds. `is_dangerous`: what the
    post corrects could hurt somebody. `stands_by`: it shall wait, if it may not be posted yet, whatever the level.
    `notice`: the topic is a notice of that kind (`situation.NoticeKind`), about what is called `incident`;
    `is_another`: they know of the other notices of the day, and it is about something else."""

    reason: str = ""
    text: str = ""
    is_confidential: bool = False
    is_dangerous: bool = False
    stands_by: bool = False
    notice: str = ""
    incident: str = ""
    is_another: bool = False


NO_GROUNDS = Grounds()


def checked_grounds(grounds: Grounds) -> Grounds:
    """With white space put in order; Invalid (fields `reason`, `reason_text`) where nobody could understand them."""
    text = " ".join(grounds.text.split())
    if grounds.reason and grounds.reason not in set(Reason):
        raise Invalid(_("Choose why this cannot wait."), "why")
    if grounds.reason == Reason.OTHER and sum(sign.isalnum() for sign in text) < SHORTEST_TEXT:
        raise Invalid(_("Say why in at least %(n)s letters or digits: members read it.", n=SHORTEST_TEXT), "why_text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_TEXT, len=len(text)), "why_text")
    return replace(grounds, text=text)


class HeldBack(Conflict):
    """The guard says no, with its numbers: nothing was posted, and nothing is lost (409)."""

    def __init__(self, verdict: Verdict, sentence: str = "") -> None:
        super().__init__(sentence or weightiest(verdict).text)
        self.verdict = verdict


def weightiest(verdict: Verdict) -> Rule:
    """The rule that decides the level."""
    return max(verdict.rules, key=lambda rule: (rule.level, rule.refuses))


def overridden(verdict: Verdict) -> list[Rule]:
    """The rules that a post passes over, each once. What is dangerous passes over what would have held it, or else over
    the members' first word, which it takes, or else over none: then it is listed as a correction (`CORRECTED`)."""
    if verdict.writes_override:
        held = [rule for rule in verdict.rules if rule.found >= 2]
        window = [rule for rule in verdict.rules if rule.id is RuleId.PEER_FIRST]
        return _once(held or window)
    return _once([rule for rule in verdict.rules if rule.level >= 2])


def _once(rules: list[Rule]) -> list[Rule]:
    found: dict[RuleId, Rule] = {}
    for rule in rules:
        if rule.id not in found or found[rule.id].found < rule.found:
            found[rule.id] = rule
    return list(found.values())


def exactly(number: int | Fraction | None) -> str:
    """A value or limit as it is kept: nothing is rounded away."""
    return "" if number is None else str(number)


def number(kept: str) -> int | Fraction | None:
    """Back again."""
    return None if not kept else Fraction(kept) if "/" in kept else int(kept)
