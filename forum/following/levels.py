"""How closely one can follow, from every word to none; and when a level that nobody chose may change. Pure.

A level set by hand is never changed by an automatic one, and an automatic one only rises. A topic's own level beats
those of its board and tags; among these, *muted* beats all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from forum.core.words import gettext as _
from forum.core.words import mark


class Level(StrEnum):
    """What one wants to hear of a topic, a board or a tag."""

    WATCHING = "watching"
    FIRST_POST = "first_post"
    ANSWERS = "answers"
    TRACKING = "tracking"
    NORMAL = "normal"
    MUTED = "muted"


class Said(NamedTuple):
    """A symbol, a word, and what it means in a sentence."""

    icon: str
    name: str
    summary: str


OF_TOPICS: Sequence[Level] = (Level.WATCHING, Level.TRACKING, Level.NORMAL, Level.MUTED)
OF_PLACES: Sequence[Level] = tuple(Level)
# What stands in the list of unread topics however old it is.
FOLLOWED: Sequence[Level] = (Level.WATCHING, Level.TRACKING)

READING_MAKES_TRACKING_S = 5 * 60
# Where no script counts: who reads on after so long, and before so long, was reading meanwhile.
READS_ON_AFTER, READS_ON_BEFORE = timedelta(seconds=READING_MAKES_TRACKING_S), timedelta(minutes=30)

_RANK: Mapping[str, int] = {"": 0, Level.NORMAL: 0, Level.TRACKING: 1, Level.WATCHING: 2}

_TOPIC: Mapping[Level, Said] = {
    Level.WATCHING: Said("bell", mark("Watching"), mark("You hear of every reply.")),
    Level.TRACKING: Said("eye", mark("Tracking"), mark("What you have not read is counted; you hear how it ends.")),
    Level.NORMAL: Said("message-square", mark("Normal"), mark("You hear when somebody mentions or answers you.")),
    Level.MUTED: Said("bell-off", mark("Muted"), mark("You hear nothing, and your lists leave it out.")),
}

_PLACE: Mapping[Level, Said] = {
    Level.WATCHING: Said("bell", mark("Watching"), mark("You hear of every topic and every reply here.")),
    Level.FIRST_POST: Said("sparkles", mark("First posts"), mark("You hear of every new topic here, not of replies.")),
    Level.ANSWERS: Said("circle-check", mark("Answers only"), mark("You hear what becomes of questions and ideas.")),
    Level.TRACKING: Said("eye", mark("Tracking"), mark("What you have not read is counted, without notices.")),
    Level.NORMAL: Said("message-square", mark("Normal"), mark("You hear when somebody mentions or answers you.")),
    Level.MUTED: Said("bell-off", mark("Muted"), mark("You hear nothing, and your lists leave it out.")),
}


def topic_levels() -> Mapping[str, Said]:
    """Level → its words, in the order in which one chooses."""
    return {level: _said(_TOPIC[level]) for level in OF_TOPICS}


def place_levels() -> Mapping[str, Said]:
    """Level → its words, for boards and tags."""
    return {level: _said(_PLACE[level]) for level in OF_PLACES}


def _said(said: Said) -> Said:
    return Said(said.icon, _(said.name), _(said.summary))


def reads_on(before: datetime, now: datetime) -> bool:
    """Whether two new pages of a topic, opened at these times, say that somebody has been reading it."""
    return READS_ON_AFTER <= now - before <= READS_ON_BEFORE


def may_rise(now: str, to: Level, *, by_hand: bool) -> bool:
    """Whether the level `now` becomes `to` by itself."""
    return not by_hand and now in _RANK and _RANK[to] > _RANK[now]
