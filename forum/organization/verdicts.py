"""What the guard says: a level, the rules behind it in words, and what to do instead (`organization.md` §3.1, §3.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from forum.core.words import gettext


class RuleId(StrEnum):
    """The rules, as overrides and the scorecard name them."""

    PEER_FIRST = "G1"
    VOICE = "G2"
    STAFF_FIRST = "G3"
    ONE_VOICE = "G4"
    STARTED = "G5"
    ANNOUNCEMENTS = "G6"
    ANNOUNCER = "G6-role"
    NOTICES = "G6-again"
    PINS = "G7"
    THANKS = "G8"


RESTRAINTS = (RuleId.PEER_FIRST, RuleId.VOICE, RuleId.STAFF_FIRST, RuleId.ONE_VOICE, RuleId.STARTED)
"""G1 to G5: what restrains answers. Duty always beats them."""
FIRM = (RuleId.ANNOUNCER, RuleId.NOTICES, RuleId.PINS)
"""Nothing lowers these: they need no measure, only a look at a role or at what stands there."""


class Action(StrEnum):
    """What is offered to a writer who is to wait, or could do something better."""

    STAND_BY = "stand_by"
    KEEP_DRAFT = "keep_draft"
    CLARIFY = "clarify"
    INVITE = "invite"
    NOTE = "note"
    POST_WITH_REASON = "post_with_reason"
    ASK_HOST = "ask_host"
    EDIT_LAST = "edit_last"
    THANK = "thank"
    ANSWER_FIRST = "answer_first"
    REPLACE_PIN = "replace_pin"
    REPLACE_BANNER = "replace_banner"
    END_SOONER = "end_sooner"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words for people, said in the language of whoever reads them. A Fraction is said in per cent."""

    message: str
    variables: Mapping[str, object] = field(default_factory=dict)

    @property
    def filled(self) -> Mapping[str, object]:
        """What is filled in."""
        return {name: percent(v) if isinstance(v, Fraction) else v for name, v in self.variables.items()}

    def __str__(self) -> str:
        return gettext(self.message, **self.filled)


def percent(share: Fraction) -> int | Decimal:
    """To a tenth, half a tenth upwards; whole where it is."""
    tenths = (share * 1000 + Fraction(1, 2)) // 1
    return tenths // 10 if tenths % 10 == 0 else Decimal(tenths) / 10


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that has something to say. `level`: what precedence, stage and mode left of its own, `found`.

    `value` and `limit` are minutes for G1, shares (Fraction) for G2 to G5, else counts or days. `until`: when it may
    have nothing to say any more, where that is known. `refuses`: no reason and no Host opens it. `offers`: what would
    do instead.
    """

    id: RuleId
    level: int
    sentence: Sentence
    value: int | Fraction | None = None
    limit: int | Fraction | None = None
    until: datetime | None = None
    refuses: bool = False
    offers: Action | None = None
    lowered_from: int | None = None

    @property
    def found(self) -> int:
        return self.level if self.lowered_from is None else self.lowered_from

    @property
    def text(self) -> str:
        return str(self.sentence)

    def at_most(self, level: int) -> Rule:
        """The same, lowered where it stands higher."""
        return self if self.level <= level else replace(self, level=level, lowered_from=self.found)


@dataclass(frozen=True, slots=True)
class Verdict:
    """0 nothing to say, 1 a sentence with a suggestion, 2 wait or give a reason, 3 wait or ask a Host.

    `rules` in their order, those with level 0 too, which the strip shows. `sentence`: the one to show, None where there
    is nothing to say. `writes_override`: publishing it writes the public override `wrong_info` by itself.
    `is_degraded`: the numbers are old, so it only advises; `is_blind`: it could not judge at all.
    """

    level: int = 0
    rules: Sequence[Rule] = ()
    actions: Sequence[Action] = ()
    sentence: Sentence | None = None
    writes_override: bool = False
    is_degraded: bool = False
    is_blind: bool = False

    @property
    def text(self) -> str:
        return "" if self.sentence is None else str(self.sentence)

    @property
    def is_refusal(self) -> bool:
        """Neither a reason nor a Host opens it."""
        return any(rule.refuses and rule.level == 3 for rule in self.rules)


def held_until(verdict: Verdict) -> datetime | None:
    """Until when a stand-by waits: the latest window end of the rules at 2 or more. None where they have none: then it
    is looked at again every hour, and at each substantive reply."""
    return max((rule.until for rule in verdict.rules if rule.level >= 2 and rule.until is not None), default=None)
