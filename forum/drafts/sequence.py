"""May this tab write? Of two tabs with the same draft, neither overwrites what it has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Standing:
    """The draft as it is kept now."""

    stamp: str
    tab: str
    tick: int


@dataclass(frozen=True)
class Attempt:
    """What a form wants to keep: the stamp that it has seen ("": none), and where scripts run, itself and its clock."""

    stamp: str
    tab: str = ""
    tick: int | None = None


class Verdict(StrEnum):
    """What becomes of an attempt."""

    NEW = "new"  # there was no draft
    NEXT = "next"  # it has seen what it replaces
    OLDER = "older"  # the same form has kept later words already: nothing to do
    STALE = "stale"  # another tab has kept words that this one has not seen
    GONE = "gone"  # what it has seen was published or thrown away elsewhere


def judge(standing: Standing | None, attempt: Attempt) -> Verdict:
    """The verdict. A form may replace what it has seen, and what it wrote itself at an earlier time: its requests may
    overtake each other when a page is closed."""
    if standing is None:
        return Verdict.GONE if attempt.stamp else Verdict.NEW
    if standing.stamp == attempt.stamp:
        return Verdict.NEXT
    if attempt.tick is not None and attempt.tab and standing.tab == attempt.tab:
        return Verdict.NEXT if attempt.tick > standing.tick else Verdict.OLDER
    return Verdict.STALE
