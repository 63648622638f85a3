"""What of a board the guard counts, hour by hour, and what else its summary says (`organization.md` §3.1). Pure.

A window of 28 days is exact to the hour: the hour in which it begins counts whole. Hours are UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from forum.organization.intents import Intent
from forum.organization.stages import BEGINNING, Position

SPAN = timedelta(days=28)
HOUR = timedelta(hours=1)


def hour_of(at: datetime) -> datetime:
    """The beginning of the hour of an instant (UTC)."""
    return at.replace(minute=0, second=0, microsecond=0)


def edge(now: datetime, span: timedelta = SPAN) -> datetime:
    """The first hour that still counts."""
    return hour_of(now - span)


@dataclass(frozen=True, slots=True)
class Counts:
    """Countable posts, and the organization's; topics begun, and the organization's; of those: which announce, and
    which are seeds."""

    posts: int = 0
    our_posts: int = 0
    topics: int = 0
    our_topics: int = 0
    announcements: int = 0
    seeds: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*(one - another for one, another in zip(astuple(self), astuple(other), strict=True)))


NOTHING = Counts()


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, start=NOTHING)


def of_post(intent: str, *, is_opening: bool, is_ours: bool) -> Counts:
    """What one countable post adds. A topic is begun with its first post."""
    ours, opening = int(is_ours), int(is_opening)
    both = ours * opening
    return Counts(1, ours, opening, both, both * (intent == Intent.ANNOUNCE), both * (intent == Intent.SEED))


@dataclass(frozen=True, slots=True)
class Rate:
    """k of n, as an evaluation found it."""

    k: int
    n: int

    @property
    def share(self) -> Fraction:
        """Of n, which is not 0."""
        return Fraction(self.k, self.n)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Where a board stands, with the rates of its last two evaluations, the later one last."""

    position: Position = BEGINNING
    staff_first: tuple[Rate, ...] = ()
    peer_answers: tuple[Rate, ...] = ()


NOT_EVALUATED = Evaluated()
