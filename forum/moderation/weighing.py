"""How much members' flags weigh, and when a post folds away by itself. Pure.

Weight = 1 + standing + accuracy, after Discourse (`lib/reviewable`, default base 12.5, a post hides at 12.5 · 6/9):
three members in good standing hide a post, two do not. Accuracy is nothing until more than five of somebody's flags
were decided; then up to 5 · log₄(n), above or below, around seventy of a hundred found right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from forum.permissions import Trust

BASE = 12.5
HIDES_AT = BASE * 6 / 9  # 8.33
STANDING = {Trust.NEWCOMER: 0.0, Trust.MEMBER: 2.0, Trust.REGULAR: 3.0}
STAFF = 5.0
PIVOT = 0.7
ENOUGH = 5
MOST = 5.0
LEAST_WEIGHT = 0.2
SILENCES_AFTER = 3
"""Members whose flags on a newcomer's post have it looked at before they write more."""


@dataclass(frozen=True, slots=True)
class Flagger:
    """Who flags: their standing, and how many of their flags were found right and wrong."""

    trust: Trust
    looks_after: bool = False
    right: int = 0
    wrong: int = 0


def accuracy(right: int, wrong: int) -> float:
    """Between -5·log₄(n) and 5·log₄(n) for n decided flags; 0 up to five of them. Rises with every right one."""
    decided = right + wrong
    if decided <= ENOUGH:
        return 0.0
    share = right / decided
    side = (share - PIVOT) / (1 - PIVOT) if share >= PIVOT else (share - PIVOT) / PIVOT
    return side * MOST * math.log(decided, 4)


def weight(flagger: Flagger) -> float:
    """What one flag weighs; never nothing."""
    standing = STAFF if flagger.looks_after else STANDING[flagger.trust]
    return max(LEAST_WEIGHT, 1 + standing + accuracy(flagger.right, flagger.wrong))


def hides(weights: Iterable[float], threshold: float = HIDES_AT) -> bool:
    """Whether flags of these weights fold a post away: never one member's alone, however right they were before."""
    given = list(weights)
    return len(given) > 1 and sum(given) >= threshold


def silences(*, is_newcomer: bool, flaggers: int) -> bool:
    """Whether a newcomer writes no more until a moderator has looked."""
    return is_newcomer and flaggers >= SILENCES_AFTER


def hides_alone(trust: Trust, rule: str, *, is_newcomer: bool) -> bool:
    """Whether one flag is enough: a regular's, who says that a newcomer advertises."""
    return is_newcomer and rule == "spam" and trust is Trust.REGULAR
