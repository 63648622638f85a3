"""What was measured, as a table to read and as JSON to keep."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bench.cases import NAMES
from bench.counted import Counted
from bench.guarding import Guarded
from bench.importing import Imported
from bench.measuring import Speed
from bench.searching import Searched

NOISE = """\
What counts are the ratios to bare Flask, measured in turn with it, the processor milliseconds an answer and the
queries; requests a second are this machine's, at this hour. Latencies are those of a server that is kept fully busy."""


@dataclass
class Report:
    """One run. `counted`: community size → reading → what was counted. `notes`: what was left out, and why."""

    database: str
    posts: int
    shape: str
    counted: dict[int, Mapping[str, Counted]] = field(default_factory=dict)
    speeds: dict[str, Speed] = field(default_factory=dict)
    imported: Imported | None = None
    searches: Sequence[Searched] = ()
    guarded: Guarded | None = None
    notes: list[str] = field(default_factory=list)
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    busy: float = field(default_factory=lambda: os.getloadavg()[0])

    @property
    def bare_spread(self) -> float | None:
        """How far bare Flask's own rounds lay apart at worst (largest over smallest, less 1): the noise of this run."""
        spreads = [
            max(rates) / min(rates) - 1
            for speed in self.speeds.values()
            if len(rates := [outcome.rate for outcome in speed.bare]) > 1 and min(rates) > 0
        ]
        return max(spreads, default=None)

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain values."""
        return {
            "at": self.begun.isoformat(timespec="seconds"),
            "machine": machine(),
            "load_before": self.busy,
            "database": self.database,
            "posts": self.posts,
            "shape": self.shape,
            "cases": [self._case(name) for name in NAMES],
            "import": vars(self.imported) | {"rate": round(self.imported.rate, 1)} if self.imported else None,
            "searches": [vars(searched) for searched in self.searches],
            "guard": vars(self.guarded) if self.guarded else None,
            "bare_spread": self.bare_spread,
            "notes": self.notes,
        }

    def _case(self, name: str) -> dict[str, Any]:
        speed = self.speeds.get(name)
        rounded = {"rate": 1, "bare_rate": 1, "ratio": 4, "p50": 2, "p95": 2, "cpu": 2}
        counted = {size: pages[name] for size, pages in self.counted.items() if name in pages}
        return {
            "name": name,
            "queries": {str(size): page.queries for size, page in counted.items() if page.status == 200},
            "bytes": {str(size): page.size for size, page in counted.items() if page.status == 200},
            **{key: _rounded(getattr(speed, key), digits) if speed else None for key, digits in rounded.items()},
            "other_answers": speed.others if speed else {},
        }

    def lines(self) -> Iterator[str]:
        """The table."""
        yield f"{self.begun:%Y-%m-%d} · {machine()} · load when it began: {self.busy:.1f}"
        yield f"{self.database} · {self.posts:,} posts · {self.shape}"
        yield ""
        yield from self._table()
        yield ""
        for searched in self.searches:
            yield searched.line()
        if self.guarded:
            yield self.guarded.line()
        if self.imported:
            came, whole, start = self.imported.posts, self.imported.seconds, self.imported.start
            took = f"{whole - start:.1f} s, of the processors {self.imported.cpu:.1f} s"
            yield f"import: {self.imported.rate:.0f} posts/s ({came:,} posts in {took})"
            yield f"        {came / whole:.0f} posts/s with the command's start of {start:.1f} s"
        for note in self.notes:
            yield f"left out: {note}"
        if self.bare_spread is not None:
            yield f"noise: bare Flask's own rounds differed by up to {self.bare_spread:.0%}"
        yield NOISE

    def _table(self) -> Iterator[str]:
        sizes = sorted(self.counted)
        heads = [
            "",
            "/s",
            "bare /s",
            "of bare",
            "p50 ms",
            "p95 ms",
            "CPU ms",
            "KB",
            *(f"queries, {n:,} posts" for n in sizes),
        ]
        rows = [self._row(name, sizes) for name in NAMES]
        widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
        for row in (heads, *rows):
            cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
            yield "  ".join([row[0].ljust(widths[0]), *cells[1:]])

    def _row(self, name: str, sizes: Sequence[int]) -> list[str]:
        speed = self.speeds.get(name)
        pages = [page if (page := self.counted[size].get(name)) and page.status == 200 else None for size in sizes]
        largest = pages[-1] if pages else None
        return [
            name,
            _shown(speed.rate if speed else None, 1),
            _shown(speed.bare_rate if speed else None, 0),
            _shown(speed.ratio if speed else None, 3),
            _shown(speed.p50 if speed else None, 1),
            _shown(speed.p95 if speed else None, 1),
            _shown(speed.cpu if speed else None, 1),
            _shown(largest.size / 1024 if largest else None, 1),
            *(_shown(page.queries if page else None, 0) for page in pages),
        ]


def machine() -> str:
    """What it ran on, in a few words."""
    return f"{os.cpu_count()} cores {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _shown(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"
