"""What moderators hand to the verbs, checked: a decision cannot be kept without all that its statement says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from forum.core.errors import InvalidFields
from forum.core.words import gettext as _
from forum.moderation.operations import OPERATIONS
from forum.site.rules import DETECTED, RULES

LONGEST_FACTS = 4000
LONGEST_EMERGENCY = 500
LONGEST = timedelta(days=3650)


@dataclass(frozen=True)
class DecisionDraft:
    """`facts`: what happened, for whom it concerns to read; `emergency`: why one of the host's people cannot wait for a
    peer; `until`: None, until somebody takes it back."""

    act: str
    subject_kind: str
    subject_id: int
    rule: str
    facts: str
    detected: str = "own"
    params: Mapping[str, Any] = field(default_factory=dict)
    until: datetime | None = None
    emergency: str = ""


def _says_the_rule_alone(draft: DecisionDraft) -> bool:
    rule = RULES.get(draft.rule)  # type: ignore[call-overload]
    if rule is None:
        return False
    said = draft.facts.strip().rstrip(".").casefold()
    return said in {one.rstrip(".").casefold() for text in (rule.title, rule.sentence) for one in (text, _(text))}


def checked(draft: DecisionDraft, now: datetime) -> DecisionDraft:
    """The draft, or InvalidFields with all that it lacks."""
    wrong: dict[str, str] = {}
    operation = OPERATIONS.get(draft.act)
    if operation is None or draft.subject_kind not in operation.on:
        wrong["act"] = _("Choose what to do.")
    if draft.rule not in {str(rule) for rule in RULES}:
        wrong["rule"] = _("Choose the rule that it goes by.")
    if not draft.facts.strip():
        wrong["facts"] = _("Say what happened: whom it concerns reads it.")
    elif operation is not None and not operation.stands_apart and _says_the_rule_alone(draft):
        wrong["facts"] = _("Say what happened in your own words: which rule it broke stands beside it anyway.")
    elif len(draft.facts) > LONGEST_FACTS:
        wrong["facts"] = _("Please say it in at most %(most)s characters.", most=LONGEST_FACTS)
    if draft.detected not in DETECTED:
        wrong["detected"] = _("Say how it was found.")
    if draft.until is not None and not now < draft.until <= now + LONGEST:
        wrong["until"] = _("Choose a day to come.")
    if len(draft.emergency) > LONGEST_EMERGENCY:
        wrong["emergency"] = _("Please say it in at most %(most)s characters.", most=LONGEST_EMERGENCY)
    if wrong:
        raise InvalidFields(wrong)
    return draft
