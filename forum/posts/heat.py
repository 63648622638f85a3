"""When a conversation gets heated, members take a little longer between their replies. Pure.

From the third report in a chain of answers on: 2 minutes, 1 more for each report in it, and 1 more for each post of
one's own there that was reported (Lobsters, which also says why in the place where one writes). Whoever has a duty to
answer, or looks after the board, never waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from forum.core.errors import TooSoon
from forum.core.words import ngettext

FROM = 3
PAUSE, FOR_EACH = timedelta(minutes=2), timedelta(minutes=1)


@dataclass(frozen=True)
class Heat:
    """Reports on the posts of a chain, posts of the writer among those reported, and when they last replied there."""

    flags: int = 0
    own: int = 0
    last_at: datetime | None = None

    @property
    def is_heated(self) -> bool:
        return self.flags >= FROM


def pause(heat: Heat) -> timedelta:
    """How long somebody waits between two replies there."""
    return PAUSE + FOR_EACH * (heat.flags + heat.own) if heat.is_heated else timedelta()


def goes_on_at(heat: Heat, now: datetime) -> datetime | None:
    """From when on they may reply again; None: now."""
    if heat.last_at is None or (then := heat.last_at + pause(heat)) <= now:
        return None
    return then


def check_heat(heat: Heat, now: datetime) -> None:
    """Raise TooSoon, kindly and with why, for a reply that comes before its time."""
    then = goes_on_at(heat, now)
    if then is None:
        return
    seconds = ceil((then - now).total_seconds())
    raise TooSoon(
        ngettext(
            "This is getting heated, and several posts here were reported. So everybody takes a little time between "
            "two replies. Yours is kept: post it in %(num)s minute.",
            "This is getting heated, and several posts here were reported. So everybody takes a little time between "
            "two replies. Yours is kept: post it in %(num)s minutes.",
            ceil(seconds / 60),
        ),
        seconds,
    )
