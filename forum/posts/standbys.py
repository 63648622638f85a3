"""What becomes of a reply that stands by: a table of transitions (`organization.md` §3.4). Pure.

It is looked at when members have had their time, at each substantive reply, and every hour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(days=7)
EVERY = timedelta(hours=1)


class State(StrEnum):
    """Where a stand-by is. Only what is held can still become something."""

    HELD = "held"
    PUBLISHED = "published"
    CANCELLED = "cancelled_by_peer"
    RELEASED = "released_by_asker"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MOOT = "moot"


class Since(StrEnum):
    """What let a reply go that stood by, as the post says it."""

    MEMBERS = "members"
    ASKED = "asked"
    URGENT = "urgent"
    INCIDENT = "incident"


POSTED = (State.PUBLISHED, State.RELEASED)
"""A reply stands in the topic."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known when one looks. `level`: what the guard says to it now. `is_over`: its topic is closed, removed,
    merged away or solved. `peer_replied`: a member gave a substantive reply since it was kept. `is_released`: who asked
    would be glad of it. `is_taken_back`: its author does not want it posted any more."""

    now: datetime
    kept_at: datetime
    level: int
    is_over: bool = False
    peer_replied: bool = False
    author_is_staff: bool = True
    is_released: bool = False
    is_taken_back: bool = False

    @property
    def is_old(self) -> bool:
        return self.now - self.kept_at >= LONGEST

    @property
    def may_be_posted(self) -> bool:
        return self.level <= 1


TRANSITIONS: Sequence[tuple[Callable[[Seen], bool], State]] = (
    (lambda seen: seen.is_taken_back, State.WITHDRAWN),
    (lambda seen: seen.is_over, State.MOOT),
    (lambda seen: seen.peer_replied, State.CANCELLED),
    (lambda seen: not seen.author_is_staff or seen.is_old, State.EXPIRED),
    (lambda seen: seen.is_released and seen.may_be_posted, State.RELEASED),
    (lambda seen: seen.may_be_posted, State.PUBLISHED),
)
"""The first line that is true says what it becomes; where none is, it waits on."""


def turned(state: State, seen: Seen) -> State:
    """What a stand-by is after a look. What is settled stays as it is."""
    if state is not State.HELD:
        return state
    return next((to for is_so, to in TRANSITIONS if is_so(seen)), State.HELD)


def next_look(now: datetime, until: datetime | None) -> datetime:
    """When to look again: when members' time is over, within the hour in any case."""
    soon = now + EVERY
    return soon if until is None or until <= now else min(soon, until)


def since(state: State, now: datetime, until: datetime | None, *, is_urgent: bool, is_incident: bool) -> Since:
    """What let it go. `until`: the end of the members' time, as it was seen last; whoever had that waited for it."""
    if state is State.RELEASED:
        return Since.ASKED
    if until is not None and until <= now:
        return Since.MEMBERS
    return Since.INCIDENT if is_incident else Since.URGENT if is_urgent else Since.MEMBERS
