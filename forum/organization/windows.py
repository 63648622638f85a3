"""The peer-first window: how long members have the first word in a topic (`organization.md` §3.3, G1). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.organization.hours import Hours
from forum.organization.stages import Limits

LONGEST = timedelta(hours=96)
EXTENSION = timedelta(hours=6)
"""By at most so much, once, a member who says "I'm on it" keeps the window open."""
PATIENCE = timedelta(hours=48)
"""Where the organization answered first too often it waits half as long again, but not beyond this (G3)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic as the window sees it.

    `answered_at`: a peer's first substantive reply; `waived_at`: the asker would be glad of the organization's answer
    now; `taken_at`: a member said "I'm on it"; `promised_by`: 75 % of the no-silence promise is used, and the window
    ends at the latest; `kept_until`: so long it lasted where the organization took the topic from.
    """

    at: datetime
    by_newcomer: bool = False
    answered_at: datetime | None = None
    waived_at: datetime | None = None
    taken_at: datetime | None = None
    promised_by: datetime | None = None
    kept_until: datetime | None = None


def window_end(
    asked: Asked, limits: Limits, awake: Hours, *, is_longer: bool = False, is_boards: bool = True
) -> datetime:
    """min(asked + 96 h, max(asked + W, first instant with A awake hours)), then what ends it early or extends it.

    `is_longer`: by G3, W is half as long again. A newcomer's first topic does not wait longer for that. Not
    `is_boards`: where it stands members do not come first, and there is only what it brought along.
    """
    end = _of_board(asked, limits, awake, is_longer=is_longer) if is_boards else asked.at
    if asked.kept_until is not None:
        end = max(end, asked.kept_until)
    if asked.promised_by is not None:
        end = min(end, asked.promised_by)
    for early in (asked.answered_at, asked.waived_at):
        if early is not None:
            end = min(end, early)
    return max(end, asked.at)


def _of_board(asked: Asked, limits: Limits, awake: Hours, *, is_longer: bool) -> datetime:
    wall, hours = (limits.newcomer_wall, limits.newcomer_awake) if asked.by_newcomer else (limits.wall, limits.awake)
    if is_longer and not asked.by_newcomer:
        wall = max(wall, min(wall * 3 // 2, PATIENCE))
    latest = asked.at + LONGEST
    rested = awake.after(asked.at, hours, latest)
    end = latest if rested is None else min(latest, max(asked.at + wall, rested))
    if asked.taken_at is not None and asked.taken_at < end:
        end = max(end, min(end + EXTENSION, asked.taken_at + EXTENSION))
    return end
