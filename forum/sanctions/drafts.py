"""What moderators hand to the verbs, checked: nothing is kept without rule, facts and duration."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forum.core.errors import InvalidFields
from forum.core.lines import many_lines
from forum.core.words import gettext as _
from forum.permissions import RIGHTS, Kind
from forum.sanctions.steps import OPEN, STEPS, typed
from forum.site.rules import DETECTED, Rule

LONGEST_FACTS = 4000
LONGEST_REASON = 300
LONGEST_NOTE = 4000
DURATIONS = tuple(typed(step) for step in STEPS)


@dataclass(frozen=True)
class SanctionDraft:
    """`right`: which, where one is withdrawn; `facts`: what happened, for the member to read; `duration`: days of
    `STEPS`, or "open" for a suspension; a warning has none. `automated`: no person decided it."""

    kind: str
    rule: str
    facts: str
    duration: str = ""
    right: str = ""
    detected: str = "own"
    automated: bool = False

    @property
    def days(self) -> int | None:
        return int(self.duration) if self.duration not in ("", OPEN) else None


def checked(draft: SanctionDraft) -> SanctionDraft:
    """The draft as it is kept, or InvalidFields with all that it lacks."""
    wrong: dict[str, str] = {}
    is_right = draft.right in RIGHTS if draft.kind == Kind.WITHDRAWN else not draft.right
    if draft.kind not in set(Kind) or not is_right:
        wrong["what"] = _("Choose what to do.")
    if draft.rule not in set(Rule):
        wrong["rule"] = _("Choose the rule that it goes by.")
    facts = many_lines(draft.facts)
    if not facts:
        wrong["facts"] = _("Say what happened: the member reads it.")
    elif len(facts) > LONGEST_FACTS:
        wrong["facts"] = _("At most %(n)s characters; these are %(len)s.", n=LONGEST_FACTS, len=len(facts))
    if draft.detected not in DETECTED:
        wrong["detected"] = _("Say how it was found.")
    if draft.kind == Kind.WARNING:
        draft = replace(draft, duration="")
    elif draft.duration not in DURATIONS:
        wrong["duration"] = _("Say for how long.")
    elif draft.duration == OPEN and draft.kind != Kind.SUSPENSION:
        wrong["duration"] = _("Only a suspension can be open: say for how many days.")
    if wrong:
        raise InvalidFields(wrong)
    return replace(draft, facts=facts)
