"""A line of the scorecard: a number with all that is needed to judge it, exact while it is reckoned. Pure.

Stored and published it is plain JSON: shares and limits rounded to four digits, `state` decided before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from forum.stewardship.figures import Measured

Plain = Mapping[str, Any]


class Unit(StrEnum):
    """What a value is: a part of a whole, a time, so many people, something between 0 and 1, or so many."""

    SHARE = "share"
    MINUTES = "minutes"
    PEOPLE = "people"
    INDEX = "index"
    COUNT = "count"


class Bound(StrEnum):
    """What a limit says: at most, at least, or that there is none."""

    MOST = "most"
    LEAST = "least"
    NONE = ""


class State(StrEnum):
    """How a line stands: on the good side of its limit or not; without a limit; or why there is no value."""

    WITHIN = "within"
    BEYOND = "beyond"
    REPORTED = "reported"
    TOO_FEW = "too_few"
    WAITING = "waiting"
    NOT_MEASURED = "not_measured"
    NOT_PROMISED = "not_promised"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Line:
    """`k` of `n` (None: nothing to divide by, as with counts), the value that may be published, and its limit.

    `absent`: why there is nothing to say, where that is not for want of cases.
    """

    name: str
    version: int
    unit: Unit
    k: int | None = None
    n: int | None = None
    min_n: int = 0
    value: Fraction | None = None
    limit: Fraction | None = None
    bound: Bound = Bound.NONE
    absent: State | None = None
    is_too_few: bool = False

    @property
    def state(self) -> State:
        if self.absent is not None:
            return self.absent
        if self.is_too_few:
            return State.TOO_FEW
        if self.value is None:
            return State.WAITING
        if self.limit is None or self.bound is Bound.NONE:
            return State.REPORTED
        good = self.value <= self.limit if self.bound is Bound.MOST else self.value >= self.limit
        return State.WITHIN if good else State.BEYOND

    def plain(self) -> Plain:
        """As it is kept and published."""
        return {
            "version": self.version,
            "unit": str(self.unit),
            "k": self.k,
            "n": self.n,
            "min_n": self.min_n,
            "value": rounded(self.value),
            "limit": rounded(self.limit),
            "bound": str(self.bound),
            "state": str(self.state),
        }


def rounded(value: Fraction | None) -> float | int | None:
    """Four digits; whole numbers stay whole."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 4)


# ── making them ───────────────────────────────────────────────────────────────────────────────────────────────────────


def of_measure(one: Measured, limit: Fraction | None = None, bound: Bound = Bound.NONE) -> Line:
    """A measure as a line."""
    measure, figure = one.measure, one.figure
    return Line(
        measure.name,
        measure.version,
        Unit(measure.unit),
        figure.k,
        figure.n,
        measure.min_n,
        one.published,
        limit,
        bound,
        is_too_few=one.is_too_few,
    )


def share(
    name: str, k: int, n: int, min_n: int, limit: Fraction | None = None, bound: Bound = Bound.NONE, version: int = 1
) -> Line:
    """A part of a whole; of fewer than `min_n` (at least one) nothing is said."""
    few = n < max(1, min_n)
    value = None if few else Fraction(k, n)
    return Line(name, version, Unit.SHARE, k, n, min_n, value, limit, bound, is_too_few=few)


def count(name: str, k: int, limit: int | None = None) -> Line:
    """So many, of at most `limit`."""
    most = Bound.NONE if limit is None else Bound.MOST
    return Line(name, 1, Unit.COUNT, k, value=Fraction(k), limit=None if limit is None else Fraction(limit), bound=most)


def absent(name: str, unit: Unit, why: State = State.NOT_MEASURED) -> Line:
    """Nothing to say, and why."""
    return Line(name, 1, unit, absent=why)
