"""A board grows through three stages, and the organization's limits with them (`organization.md` §3.2). Pure.

Limits are decimals, so that whoever stands exactly on one stands on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

GLIDE = timedelta(days=84)
"""How long a ceiling takes to come down from where the board was promoted to where it shall be."""


class Stage(StrEnum):
    """How far a board is."""

    INCEPTION = "inception"
    ESTABLISHMENT = "establishment"
    MATURITY = "maturity"


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds on a board of one stage, unless the charter says otherwise. Ceilings and floors: None, only reported.

    `wall` and `awake` make the peer-first window, `newcomer_…` that of a newcomer's first topic. `in_topic`: the
    organization's share of the replies in one topic once three peers write there. `seeds`: at most so many in so long.
    `hardest`: the level that no rule from G1 to G5 goes beyond.
    """

    wall: timedelta
    awake: timedelta
    newcomer_wall: timedelta
    newcomer_awake: timedelta
    voice: Decimal
    staff_first: Decimal | None
    peer_answers: Decimal | None
    staff_started: Decimal
    in_topic: Fraction
    announcements: int
    pins: int
    pin_days: int
    seeds: tuple[int, timedelta]
    hardest: int


def _hours(hours: int) -> timedelta:
    return timedelta(hours=hours)


LIMITS: Mapping[Stage, Limits] = {
    Stage.INCEPTION: Limits(
        wall=_hours(4), awake=_hours(4), newcomer_wall=_hours(1), newcomer_awake=_hours(1), voice=Decimal("0.60"),
        staff_first=None, peer_answers=None, staff_started=Decimal("0.60"), in_topic=Fraction(1, 2), announcements=4,
        pins=2, pin_days=14, seeds=(3, timedelta(days=7)), hardest=1,
    ),
    Stage.ESTABLISHMENT: Limits(
        wall=_hours(12), awake=_hours(6), newcomer_wall=_hours(4), newcomer_awake=_hours(4), voice=Decimal("0.35"),
        staff_first=Decimal("0.40"), peer_answers=Decimal("0.50"), staff_started=Decimal("0.30"),
        in_topic=Fraction(1, 3), announcements=2, pins=2, pin_days=14, seeds=(2, timedelta(days=7)), hardest=3,
    ),
    Stage.MATURITY: Limits(
        wall=_hours(24), awake=_hours(8), newcomer_wall=_hours(4), newcomer_awake=_hours(4), voice=Decimal("0.15"),
        staff_first=Decimal("0.20"), peer_answers=Decimal("0.70"), staff_started=Decimal("0.15"),
        in_topic=Fraction(1, 4), announcements=2, pins=2, pin_days=14, seeds=(1, timedelta(days=14)), hardest=3,
    ),
}  # fmt: skip


# ── the ceiling ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Position:
    """Where a board stands: its stage since when, how many evaluations in a row speak for the next one, and what share
    of voice the organization had when it was promoted."""

    stage: Stage = Stage.INCEPTION
    since: datetime | None = None
    in_a_row: int = 0
    voice_then: Fraction | None = None


BEGINNING = Position()


def voice_ceiling(position: Position, now: datetime, limits: Limits | None = None) -> Fraction:
    """c(d) = c + max(0, voice at promotion - c) · max(0, 1 - d/84), d days after the promotion (§3.2).

    `limits`: those of the board's charter, where it has any of its own.
    """
    ceiling = exact((limits or LIMITS[position.stage]).voice)
    if position.since is None or position.voice_then is None:
        return ceiling
    left, excess = position.since + GLIDE - now, position.voice_then - ceiling
    return ceiling if left <= timedelta() or excess <= 0 else ceiling + excess * Fraction(left // _TICK, GLIDE // _TICK)


_TICK = timedelta(microseconds=1)


@cache
def exact(limit: Decimal) -> Fraction:
    """A limit as what shares are: the guard compares the same few all day."""
    return Fraction(limit)
