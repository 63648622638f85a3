"""How much a topic is talked about. Pure, over plain values.

What counts are people, not clicks: each counts once in a topic, by their latest reply and once more by their latest
reaction; who opened the topic does not count in it. Posts of the organization do not count at all, and the reactions
of all its people together weigh as one member's: the host cannot make a topic popular.

*top*, of a span of time:  score = 2 · people who replied + people who reacted
*hot*, now:                score = Σ 2^(−h / 24) over replies + ½ · Σ 2^(−h / 24) over reactions, h in hours

so that a reply of this minute counts 1, of yesterday ½, of the day before ¼; after a week nothing is left (< 1 %).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum

HALF_LIFE_H = 24.0
REPLY, REACTION = 1.0, 0.5


class Span(StrEnum):
    """Over what time a list looks back."""

    HOT = "hot"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


LOOKS_BACK: Mapping[Span, timedelta] = {
    Span.HOT: timedelta(days=7),
    Span.DAY: timedelta(days=1),
    Span.WEEK: timedelta(days=7),
    Span.MONTH: timedelta(days=30),
    Span.YEAR: timedelta(days=365),
}
TOP = (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR)


def top(repliers: int, reactors: int) -> float:
    """How much people took part in a topic, in a span of time."""
    return 2.0 * repliers + reactors


def hot(replies: Iterable[float], reactions: Iterable[float]) -> float:
    """How much they do now; of each person the age in hours of their latest reply, and of their latest reaction."""
    return REPLY * _decayed(replies) + REACTION * _decayed(reactions)


def _decayed(ages: Iterable[float]) -> float:
    return sum(2 ** (-max(0.0, age) / HALF_LIFE_H) for age in ages)
