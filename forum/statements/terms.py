"""What may be stated and pledged, and how it stands on a day. Pure; days are those of the board's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from forum.core.errors import Invalid, InvalidFields
from forum.core.lines import one_line
from forum.core.words import gettext as _

REVIEW_AGAIN = timedelta(days=365)
FARTHEST = timedelta(days=3 * 365)
SHORTEST, LONGEST = 10, 300
SHORTEST_REASON = 15
_LINK = re.compile(r"[a-z]+://|\bwww\.|\]\(", re.IGNORECASE)


class PledgeState(StrEnum):
    """How a pledge stands."""

    OPEN = "open"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    WITHDRAWN = "withdrawn"


def pledge_state(due_on: date, kept_on: date | None, *, withdrawn: bool, today: date) -> PledgeState:
    """The day itself is still in time."""
    if withdrawn:
        return PledgeState.WITHDRAWN
    if kept_on is not None:
        return PledgeState.KEPT if kept_on <= due_on else PledgeState.KEPT_LATE
    return PledgeState.OPEN if today <= due_on else PledgeState.LATE


@dataclass(frozen=True, slots=True)
class Terms:
    """From when a statement holds, and when it is looked at again."""

    valid_from: date
    review_on: date


def first_terms(today: date) -> Terms:
    """Those of a statement about which nobody said anything yet."""
    return Terms(today, today + REVIEW_AGAIN)


def typed_day(typed: str, field: str) -> date:
    """A day as it is typed or sent by a calendar; Invalid at `field`."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise Invalid(_("Write the day as year-month-day, such as 2027-03-31."), field) from None


def checked_terms(terms: Terms, before: Terms, today: date) -> Terms:
    """Invalid where it holds from a day very far away, or is looked at again at a day that has come, unless that was
    so before."""
    if terms.valid_from != before.valid_from and abs(terms.valid_from - today) > FARTHEST:
        raise Invalid(_("Choose a day within three years."), "valid_from")
    if terms.review_on != before.review_on and not today < terms.review_on <= today + FARTHEST:
        raise Invalid(_("Choose a day to look at it again, in at most three years."), "review_on")
    return terms


def checked_pledge(words: str, due_on: date, today: date) -> str:
    """What is pledged, in a line; InvalidFields where it says too little or too much, or for a day that is over."""
    line, wrong = one_line(words), {}
    if sentence := _unfit(line):
        wrong["words"] = sentence
    if not today <= due_on <= today + FARTHEST:
        wrong["due_on"] = _("Choose a day from today on, within three years.")
    if wrong:
        raise InvalidFields(wrong)
    return line


def _unfit(line: str) -> str:
    """Why that is no pledge; "": it is one."""
    if len(line) < SHORTEST:
        return _("Say in a sentence what you will do, so that members can tell whether it was done.")
    if len(line) > LONGEST:
        return _("At most %(n)s characters; these are %(len)s.", n=LONGEST, len=len(line))
    if _LINK.search(line):
        return _("A pledge is a sentence about a deed: leave the link in the post.")
    return ""


def checked_reason(words: str) -> str:
    """Why a pledge is withdrawn, in a line; Invalid where that explains nothing."""
    line = one_line(words)
    if not SHORTEST_REASON <= len(line) <= LONGEST:
        said = {"least": SHORTEST_REASON, "most": LONGEST}
        raise Invalid(_("Say why, in %(least)s to %(most)s characters: members read it.", **said), "reason")
    return line
