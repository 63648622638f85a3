"""Requests a second and the time an answer takes, forum and bare Flask in turn, so that noise hits both alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench import cpu, servers
from bench.cases import NAMES, READINGS, WRITINGS, Reading, Writing
from bench.community import Community
from bench.counted import Counted, visitor_for
from bench.load import Outcome, Plan
from bench.servers import Server
from bench.visitors import get, post_reply

REPLY = """I tried it with number {number} again, and **this time** it held.

- the tongue is filed to 0.3 mm,
- the valve closes `before` the bellows turn.

> It never sounded so before.

What I do not understand is why the second reed answers late when the first is loud; perhaps the chamber is too short.
"""
FASTEST_WRITERS = 700
"""Replies a second that nobody reaches: so many are prepared for each second."""


WARMING = 4
"""Visits on each connection before anything counts."""


@dataclass
class Speed:
    """What the rounds of one case gave. `bare`: of the bare Flask page measured right after it. `worked`: the forum's
    processor seconds an answer."""

    rounds: list[Outcome] = field(default_factory=list)
    bare: list[Outcome] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second, median of the rounds."""
        return statistics.median(outcome.rate for outcome in self.rounds) if self.rounds else 0.0

    @property
    def bare_rate(self) -> float | None:
        """Of bare Flask, median of the rounds."""
        return statistics.median(outcome.rate for outcome in self.bare) if self.bare else None

    @property
    def ratio(self) -> float | None:
        """Of bare Flask's, round by round; the median. None where nothing was compared or bare Flask stood still."""
        pairs = [(ours.rate, theirs.rate) for ours, theirs in zip(self.rounds, self.bare, strict=False) if theirs.rate]
        return statistics.median(ours / theirs for ours, theirs in pairs) if pairs else None

    @property
    def p50(self) -> float | None:
        """Milliseconds, median of the rounds' medians; None where nothing answered."""
        return statistics.median(outcome.p50 for outcome in self.rounds) if self.rate else None

    @property
    def p95(self) -> float | None:
        """Milliseconds, median of the rounds' 95th percentiles."""
        return statistics.median(outcome.p95 for outcome in self.rounds) if self.rate else None

    @property
    def cpu(self) -> float | None:
        """Processor milliseconds an answer, median of the rounds; None where the system does not say."""
        return statistics.median(self.worked) * 1000 if self.worked else None

    @property
    def others(self) -> dict[str, int]:
        """Answers that were not wanted, by status."""
        found: dict[str, int] = {}
        for outcome in (*self.rounds, *self.bare):
            for status, times in outcome.others.items():
                found[status] = found.get(status, 0) + times
        return found


@dataclass(frozen=True)
class Bench:
    """How it is measured, and the two servers."""

    community: Community
    forum: Server
    bare: Server
    connections: int
    seconds: float
    rounds: int

    def measure(self, counted: Mapping[str, Counted], speeds: dict[str, Speed], say: Callable[[str], None]) -> None:
        """All cases that answer, `rounds` times over, into `speeds` by name."""
        answering = [reading for reading in READINGS if counted[reading.name].status == 200]
        silent = {reading.name for reading in READINGS if reading not in answering}
        speeds.update((name, Speed()) for name in NAMES if name not in silent)
        replies = _Replies(self.community)
        for reading in answering:
            self._warm(reading)
        for number in range(1, self.rounds + 1):
            for reading in answering:
                say(f"round {number} of {self.rounds}: {reading.name}")
                self._read(reading, counted[reading.name].size, speeds[reading.name])
            for writing in WRITINGS:
                say(f"round {number} of {self.rounds}: {writing.name}")
                self._write(writing, replies, speeds[writing.name])

    def _warm(self, reading: Reading) -> None:
        """A few visits that do not count: templates are compiled and statements prepared at the first."""
        request = get(reading.page.path(self.community.places), visitor_for(reading, self.community))
        requests = [request] * WARMING * self.connections
        servers.load(Plan(self.forum.port, self.connections, self.seconds, requests, again=False, warming=0))

    def _read(self, reading: Reading, size: int, speed: Speed) -> None:
        visitor = visitor_for(reading, self.community)
        request = get(reading.page.path(self.community.places), visitor)
        self._forum(Plan(self.forum.port, self.connections, self.seconds, [request]), speed)
        speed.bare.append(servers.load(Plan(self.bare.port, self.connections, self.seconds, [get(f"/{size}")])))

    def _forum(self, plan: Plan, speed: Speed) -> Outcome:
        before = cpu.seconds_of(self.forum.process)
        outcome = servers.load(plan)
        after = cpu.seconds_of(self.forum.process)
        speed.rounds.append(outcome)
        if before is not None and after is not None and outcome.sent:
            speed.worked.append((after - before) / outcome.sent)
        return outcome

    def _write(self, writing: Writing, replies: _Replies, speed: Speed) -> None:
        prepared = replies.next(int(FASTEST_WRITERS * self.seconds))
        plan = Plan(self.forum.port, writing.writers, self.seconds, prepared, again=False, expected=303, warming=0.2)
        replies.used += self._forum(plan, speed).sent


@dataclass
class _Replies:
    """Replies that nobody has sent yet: each by who has waited longest, in the next topic, in words of its own."""

    community: Community
    used: int = 0

    def next(self, many: int) -> Sequence[str]:
        """The next ones; `used` says how many of them are gone."""
        writers, topics = self.community.writers, self.community.topics[-400:]
        return [
            post_reply(topics[number % len(topics)], REPLY.format(number=number), writers[number % len(writers)])
            for number in range(self.used, self.used + many)
        ]
