"""Who stands where, and why: pure functions over plain facts, in whole numbers and fractions.

A right is kept while (good + 2) / (good + bad + 4) reaches its bar: Laplace's rule with two of each given to everybody,
so that one mistake of a newcomer weighs less than a habit, and a habit of years is not undone by one bad day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from fractions import Fraction
from typing import Any

from forum.permissions import Trust
from forum.site import settings

LONGEST_STRETCH = timedelta(minutes=2)  # a page left open over lunch is not an hour of reading
WINDOW = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Record:
    """How often something went well, and how often it did not."""

    good: int = 0
    bad: int = 0

    @property
    def share(self) -> Fraction:
        """Between 0 and 1, a half where nothing is known; rises with every good, falls with every bad one."""
        return Fraction(self.good + 2, self.good + self.bad + 4)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one member. `taken_away`: own posts that others took away in the last 100 days."""

    topics_read: int = 0
    reading: timedelta = timedelta()
    has_kept_post: bool = False
    days_here: int = 0
    topics_answered: int = 0
    taken_away: int = 0
    posting: Record = Record()
    editing: Record = Record()
    flagging: Record = Record()


@dataclass(frozen=True, slots=True)
class Bars:
    """The numbers, under the names of `forum/site/settings.py`."""

    trust_topics_read: int
    trust_reading: timedelta
    trust_kept_after: timedelta
    trust_days_here: int
    trust_topics_answered: int
    trust_taken_away: int
    posting_bar: int
    editing_bar: int
    flagging_bar: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a level asks. `key` names it; counts are for people to read, `met` decides."""

    key: str
    has: int
    needs: int
    met: bool


def bars_from(kept: Mapping[str, int]) -> Bars:
    """The bars with what the site row keeps."""
    chosen: dict[str, Any] = {bar.name: settings.measured(kept, bar.name) for bar in fields(Bars)}
    return Bars(**chosen)


def reaches(record: Record, bar: int) -> bool:
    """Whether the right is kept; `bar` in hundredths."""
    return record.share * 100 >= bar


def for_members(facts: Facts, bars: Bars) -> list[Condition]:
    """What makes a newcomer a member."""
    minutes, wanted = facts.reading // timedelta(minutes=1), bars.trust_reading // timedelta(minutes=1)
    return [
        _at_least("topics_read", facts.topics_read, bars.trust_topics_read),
        Condition("reading", minutes, wanted, facts.reading >= bars.trust_reading),
        _at_least("kept_post", int(facts.has_kept_post), 1),
    ]


def for_regulars(facts: Facts, bars: Bars) -> list[Condition]:
    """What makes a member a regular, and keeps them one."""
    return [
        _at_least("days_here", facts.days_here, bars.trust_days_here),
        _at_least("topics_answered", facts.topics_answered, bars.trust_topics_answered),
        Condition("taken_away", facts.taken_away, bars.trust_taken_away, facts.taken_away <= bars.trust_taken_away),
        *rights(facts, bars),
    ]


def rights(facts: Facts, bars: Bars) -> list[Condition]:
    """Posting, editing, flagging: each earned and lost by itself. Shares in hundredths, rounded down for reading."""
    return [
        Condition(key, int(record.share * 100), bar, reaches(record, bar))
        for key, record, bar in (
            ("posting", facts.posting, bars.posting_bar),
            ("editing", facts.editing, bars.editing_bar),
            ("flagging", facts.flagging, bars.flagging_bar),
        )
    ]


def level(facts: Facts, bars: Bars, now: Trust) -> Trust:
    """Where somebody stands who stood at `now`. Once a member, always one, as long as what they post is kept."""
    if not reaches(facts.posting, bars.posting_bar):
        return Trust.NEWCOMER
    if now is Trust.NEWCOMER and not all(condition.met for condition in for_members(facts, bars)):
        return Trust.NEWCOMER
    return Trust.REGULAR if all(condition.met for condition in for_regulars(facts, bars)) else Trust.MEMBER


def _at_least(key: str, has: int, needs: int) -> Condition:
    return Condition(key, has, needs, has >= needs)
