"""How long the guard takes to say whether the organization should wait: the pure function, without what it is told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import cycle, islice
from typing import Any
from zoneinfo import ZoneInfo

from forum.organization.guard import evaluate
from forum.organization.hours import Hours
from forum.organization.intents import Intent
from forum.organization.situation import BoardState, LastPost, Purpose, TopicFacts, Writer
from forum.organization.stages import LIMITS, Position, Stage
from forum.organization.windows import Asked

EVALUATIONS = 10_000
NOW = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
STAFF, ANSWER = Writer(is_organizations=True), Purpose(Intent.ANSWER)


@dataclass(frozen=True)
class Guarded:
    """So many evaluations: seconds on the wall, and of this process."""

    evaluations: int
    seconds: float
    cpu: float

    def line(self) -> str:
        """A row of the report."""
        each = self.cpu / self.evaluations * 1_000_000
        return (
            f"guard: {self.evaluations:,} evaluations in {self.seconds:.2f} s, CPU {self.cpu:.2f} s, {each:.0f} µs each"
        )


def measure() -> Guarded:
    """Answers on boards of every stage, in topics inside and outside of their window, with much to be looked at."""
    asked = [(topic, board) for topic in _topics() for board in _boards()]
    begun, cpu = time.perf_counter(), time.process_time()
    for topic, board in islice(cycle(asked), EVALUATIONS):
        evaluate(STAFF, topic, board, ANSWER, "", NOW)
    return Guarded(EVALUATIONS, time.perf_counter() - begun, time.process_time() - cpu)


def _topics() -> Sequence[TopicFacts]:
    last = LastPost(NOW - timedelta(hours=3), is_organizations=True)
    lively: dict[str, Any] = {"replies": 9, "our_replies": 3, "peer_authors": 4, "recent_peer_posts": 2, "last": last}
    return [
        TopicFacts(Asked(NOW - timedelta(hours=hours), by_newcomer=is_new), is_due=is_due, **lively)
        for hours in (1, 30, 200)
        for is_new in (False, True)
        for is_due in (False, True)
    ]


def _boards() -> Sequence[BoardState]:
    awake = Hours(ZoneInfo("Europe/Berlin"))
    return [
        BoardState(
            Position(stage, NOW - timedelta(days=20), voice_then=Fraction(47, 100)), LIMITS[stage], awake,
            measured_at=NOW, our_posts=ours, posts=100, our_topics=3, topics=20, staff_first=Fraction(1, 2),
        )
        for stage in Stage
        for ours in (5, 40)
    ]  # fmt: skip
