"""Versions of a charter: what two of them differ in, and what is in force when (`organization.md` §4). Pure.

**Whatever is looser waits 7 days, whatever is tighter holds at once.** So at any instant each limit and each promise is
the tightest that some version of the last 7 days had: a tighter one is among them from the moment it is saved, and a
looser one comes into force when the last tighter one has been gone for 7 days. Before the first version the usual
limits held (`UNWRITTEN`), so a first charter is no way around the 7 days either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from forum.organization.charter import UNWRITTEN, Charter, Clock, Commitment, Kind, turned
from forum.organization.dials import DIALS
from forum.organization.hours import Hours
from forum.organization.promises import longest_wait
from forum.organization.stages import LIMITS, Limits, Stage

NOTICE = timedelta(days=7)
"""How long members know of something looser before it holds."""
SHADOW = timedelta(days=14)
"""So long a first charter only advises. Later versions do not begin anew, or saving would be a way out."""

REFERENCE = datetime(2025, 6, 2, tzinfo=UTC)
"""The Monday of a week without holidays and changes of the clock."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Version:
    """A charter as it was saved."""

    number: int
    saved_at: datetime
    charter: Charter


@dataclass(frozen=True)
class InForce:
    """What holds at an instant. `charter`: as it was saved last, with number and instant; 0 and None before the first.
    `earlier`: those that count beside it, the oldest first, each with when it made way for the next. `since`: when the
    first charter was saved."""

    at: datetime
    charter: Charter
    earlier: Sequence[tuple[Charter, datetime]] = ()
    number: int = 0
    saved_at: datetime | None = None
    since: datetime | None = None

    def dial(self, key: str, stage: Stage, board_id: int | None = None) -> int:
        """Where a dial stands: the tightest of those that count."""
        values = [charter.dial(key, stage, board_id) for charter in self._holding]
        return max(values) if DIALS[key].more_is_tighter else min(values)

    def limits(self, stage: Stage, board_id: int | None = None) -> Limits:
        """The limits on a board of that stage."""
        return turned(LIMITS[stage], {key: self.dial(key, stage, board_id) for key in DIALS})

    def dial_comes(self, key: str, stage: Stage, board_id: int | None = None) -> datetime | None:
        """When the dial will stand as the latest charter says; None where it does."""
        after = self.charter.dial(key, stage, board_id)
        return self._comes(lambda one: DIALS[key].is_looser(one.dial(key, stage, board_id), after))

    def promise_comes(self, kind: Kind) -> datetime | None:
        """The same for a promise."""
        after = self.charter.commitments.get(kind)
        return self._comes(lambda one: is_weaker(one.commitments.get(kind), after))

    def service_comes(self) -> datetime | None:
        """The same for our hours."""
        return self._comes(lambda one: not covers(self.charter.service, one.service))

    @cached_property
    def commitments(self) -> Mapping[Kind, Commitment]:
        """What is promised."""
        promised = {kind: self._promised(kind) for kind in Kind}
        return {kind: one for kind, one in promised.items() if one is not None}

    @cached_property
    def service(self) -> Hours:
        """When we are there. Holidays count from when they are said."""
        held, *newer = [charter.service for charter in self._holding]
        for service in newer:
            held = service if covers(service, held) else held
        return replace(held, holidays=self.charter.service.holidays)

    @property
    def shadow_until(self) -> datetime | None:
        """Until when the guard only advises, for this charter's sake."""
        return None if self.since is None else self.since + SHADOW

    @property
    def is_waiting(self) -> bool:
        """Whether something looser is to come."""
        return is_looser([charter for charter, _until in self.earlier], self.charter)

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been looked at again."""
        return today > self.charter.review_by

    @property
    def _holding(self) -> Sequence[Charter]:
        return (*(charter for charter, _until in self.earlier), self.charter)

    def _promised(self, kind: Kind) -> Commitment | None:
        held, *newer = [charter.commitments.get(kind) for charter in self._holding]
        for promise in newer:
            held = held if is_weaker(held, promise) else promise
        return held

    def _comes(self, is_tighter: Callable[[Charter], bool]) -> datetime | None:
        return max((until + NOTICE for charter, until in self.earlier if is_tighter(charter)), default=None)


def in_force(versions: Iterable[Version], now: datetime) -> InForce:
    """What holds at an instant, from all versions or from those since the last that is 7 days old."""
    known = sorted((one for one in versions if one.saved_at <= now), key=lambda one: one.number)
    if not known:
        return InForce(now, UNWRITTEN)
    *former, last = (UNWRITTEN, *(one.charter for one in known))
    gone = (one.saved_at for one in known)  # each made way for the next then
    earlier = tuple((charter, until) for charter, until in zip(former, gone, strict=True) if until + NOTICE > now)
    return InForce(now, last, earlier, known[-1].number, known[-1].saved_at, known[0].saved_at)


class History:
    """What held at any instant from `since` on; what was before counts as if it had been then. `began`: when the first
    charter was saved."""

    def __init__(self, versions: Sequence[Version], since: datetime, began: datetime | None = None) -> None:
        self._versions, self._since, self._began = versions, since, began
        self._turns = sorted(at for one in versions for at in (one.saved_at, one.saved_at + NOTICE))
        self._held: dict[int, InForce] = {}

    def at(self, instant: datetime) -> InForce:
        """The same for all instants between two at which something changes."""
        at = max(instant, self._since)
        turn = bisect_right(self._turns, at)
        if turn not in self._held:
            found = in_force(self._versions, at)
            self._held[turn] = replace(found, since=self._began) if found.number else found
        return self._held[turn]

    def longest_wait(self) -> timedelta:
        """How long after it was promised anything of it may be due."""
        kept = [self.at(turn) for turn in (self._since, *self._turns)]
        return max(
            (
                longest_wait(timedelta(hours=one.hours), now.service if one.clock is Clock.SERVICE else None)
                for now in kept
                for one in now.commitments.values()
            ),
            default=timedelta(),
        )


UNWRITTEN_YET = History((), datetime.min.replace(tzinfo=UTC))
"""Where no charter was ever saved."""


# ── what is looser ────────────────────────────────────────────────────────────────────────────────────────────────────


def is_weaker(before: Commitment | None, after: Commitment | None) -> bool:
    """Whether a promise says less in any respect: more hours, a clock that stands at night, fewer cases, or nothing."""
    if before is None or after is None:
        return before is not None
    slower = after.clock is Clock.SERVICE and before.clock is Clock.WALL
    return slower or after.hours > before.hours or after.percentage < before.percentage


def covers(after: Hours, before: Hours) -> bool:
    """Whether we are there whenever we were before, holidays apart. Hours that no charter ever said bind nobody."""
    if before is UNWRITTEN.service:
        return True
    then = replace(after, holidays=frozenset())
    usual = replace(before, holidays=frozenset()).stretches(REFERENCE, REFERENCE + WEEK)
    return all(then.between(begins, ends) == ends - begins for begins, ends in usual)


def boards_of(*charters: Charter) -> list[int | None]:
    """All boards together (None), and those of which one of the charters says something."""
    return [None, *sorted({board_id for charter in charters for board_id in charter.boards})]


def is_looser(before: Sequence[Charter], after: Charter) -> bool:
    """Whether a charter lets the organization do more, or promises less, than one of those before."""
    return any(
        DIALS[key].is_looser(one.dial(key, stage, board_id), after.dial(key, stage, board_id))
        for one in before
        for board_id in boards_of(one, after)
        for stage in Stage
        for key in DIALS
    ) or any(
        not covers(after.service, one.service)
        or any(is_weaker(one.commitments.get(kind), after.commitments.get(kind)) for kind in Kind)
        for one in before
    )
