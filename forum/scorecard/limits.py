"""Within what the organization stays, on a board and over all of them. Pure; exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from forum.organization.stages import Limits, Position, exact, voice_ceiling
from forum.scorecard.lines import Bound

BOUNDS: Mapping[str, Bound] = {
    "share_of_voice": Bound.MOST,
    "staff_first_rate": Bound.MOST,
    "peer_answer_rate": Bound.LEAST,
    "staff_started": Bound.MOST,
}
"""The measures that have a limit, and on which side of it one shall stay."""

MOST_OVERRIDES = Fraction(1, 10)
"""Of its posts so many may pass over a limit before the organization has to decide something (§3.5)."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A board's limits at an instant."""

    shares: Mapping[str, Fraction | None]
    announcements: int
    pins: int


def bounded(position: Position, limits: Limits, at: datetime) -> Bounded:
    """What holds on a board. A share without a limit is only reported."""
    shares = {
        "share_of_voice": voice_ceiling(position, at, limits),
        "staff_first_rate": None if limits.staff_first is None else exact(limits.staff_first),
        "peer_answer_rate": None if limits.peer_answers is None else exact(limits.peer_answers),
        "staff_started": exact(limits.staff_started),
    }
    return Bounded(shares, limits.announcements, limits.pins)


def together(shares: Iterable[tuple[Fraction | None, int]]) -> Fraction | None:
    """The limit over several boards: where all of them stood exactly on their own, the whole would stand on this.

    `shares`: (limit, how many it is a share of) of each board. None where one of those that count has no limit, or
    nothing counts.
    """
    counting = [(limit, n) for limit, n in shares if n > 0]
    total = sum(n for _, n in counting)
    if not total or any(limit is None for limit, _ in counting):
        return None
    return sum((limit * n for limit, n in counting if limit is not None), Fraction()) / total
