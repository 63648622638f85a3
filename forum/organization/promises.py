"""Whether a promise was kept: how much of it is used, when it is due, how many were met (`organization.md` §4). Pure.

A promise runs on the hours of the service, or on all of them (`hours` None, the clock on the wall).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from forum.organization.hours import Hours

SPAN = timedelta(days=28)
FURTHEST = timedelta(days=400)
"""Beyond this no promise is looked for: a service that is never open has no due date."""


class Outcome(StrEnum):
    """What became of a promise."""

    MET = "met"
    MISSED = "missed"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised to somebody: since when the clock runs, how long it may take, and when it was done."""

    since: datetime
    target: timedelta
    done_at: datetime | None = None
    hours: Hours | None = None

    def used(self, at: datetime) -> timedelta:
        """How much time of the promise's clock has passed until an instant."""
        until = max(at, self.since)
        return until - self.since if self.hours is None else self.hours.between(self.since, until)

    def share_used(self, at: datetime) -> Fraction:
        """The same as a share of the target: 1 is due, above it late."""
        second = timedelta(microseconds=1)
        return Fraction(self.used(at) // second, self.target // second)

    def when_used(self, share: Fraction) -> datetime | None:
        """The first instant at which so much of it is used; None where that is more than 400 days away."""
        length = timedelta(
            microseconds=-(-(self.target // timedelta(microseconds=1)) * share.numerator // share.denominator)
        )
        return (
            self.since + length if self.hours is None else self.hours.after(self.since, length, self.since + FURTHEST)
        )

    @property
    def due_at(self) -> datetime | None:
        """When it has to be done; None where its service is never open."""
        return self.when_used(Fraction(1))

    def outcome(self, now: datetime) -> Outcome:
        """Met: done within the target. Missed: done later, or not done and older than the target. Else pending."""
        if self.done_at is not None and self.done_at <= now:
            return Outcome.MET if self._is_within(self.done_at) else Outcome.MISSED
        return Outcome.PENDING if self._is_within(now) else Outcome.MISSED

    def _is_within(self, at: datetime) -> bool:
        # No clock is quicker than the one on the wall: mostly no calendar need be asked.
        return at - self.since <= self.target or self.used(at) <= self.target


@dataclass(frozen=True, slots=True)
class Attainment:
    """How a commitment was kept: of `met` + `missed` so many; those still running are left out."""

    met: int
    missed: int
    pending: int

    @property
    def settled(self) -> int:
        return self.met + self.missed

    @property
    def share(self) -> Fraction | None:
        """None where nothing was due yet."""
        return Fraction(self.met, self.settled) if self.settled else None


def attainment(promises: Iterable[Promise], now: datetime) -> Attainment:
    """Of what was due within the last 28 days, or was done before it was due."""
    count = dict.fromkeys(Outcome, 0)
    for promise in promises:
        if is_recent(promise, now):
            count[promise.outcome(now)] += 1
    return Attainment(count[Outcome.MET], count[Outcome.MISSED], count[Outcome.PENDING])


def is_recent(promise: Promise, now: datetime) -> bool:
    """Whether it was due within the last 28 days, or is due later. Nothing is due before it was promised."""
    return promise.since > now - SPAN or (due_at := promise.due_at) is None or due_at > now - SPAN


def longest_wait(target: timedelta, hours: Hours | None) -> timedelta:
    """Nothing promised so is due later than so long after it was promised, holidays and changes of the clock included;
    at most 400 days."""
    if hours is None:
        return target
    days = [
        datetime.combine(date.min, ends) - datetime.combine(date.min, begins) for begins, ends in hours.week.values()
    ]
    if not (weekly := sum(days, timedelta())):
        return FURTHEST
    lost = len(hours.holidays) * max(days)
    return min(FURTHEST, timedelta(weeks=-(-(target + lost) // weekly) + 2))
