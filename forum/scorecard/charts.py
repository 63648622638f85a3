"""Where the marks of a chart stand. Pure geometry in the units of an SVG's view box; words and colours come later.

All charts are 360 wide, so that on a phone a unit is a pixel and letters keep their size. Nothing stands outside the
box. What is beyond a scale is drawn at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 360

# ── out of a hundred ──────────────────────────────────────────────────────────────────────────────────────────────────

COLUMNS, ROWS, CELL = 20, 5, 18
"""Five to a column, so that five of a hundred are a column."""


@dataclass(frozen=True, slots=True)
class Dots:
    """A hundred dots, column by column: the first `marked` are marked; a line steps down after the first `limit`."""

    marked: Sequence[tuple[int, int]]
    others: Sequence[tuple[int, int]]
    line: Sequence[tuple[int, int]]
    height: int = ROWS * CELL + 22


def dots(marked: int, limit: int | None) -> Dots:
    """`marked` and `limit` of a hundred, both from 0 to 100."""
    places = [(column * CELL + CELL // 2, row * CELL + CELL // 2) for column in range(COLUMNS) for row in range(ROWS)]
    return Dots(places[:marked], places[marked:], _step(limit) if limit is not None else ())


def _step(limit: int) -> Sequence[tuple[int, int]]:
    """Between the first so many dots and the rest, from top to bottom."""
    columns, rows = divmod(limit, ROWS)
    left, right, foot = columns * CELL, (columns + 1) * CELL, ROWS * CELL
    if rows == 0:
        return ((left, 0), (left, foot + 6))
    return ((right, 0), (right, rows * CELL), (left, rows * CELL), (left, foot + 6))


# ── bars ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

BAR_ROW, BAR, FIRST_BAR = 46, 10, 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar below its words and its value. `limit_at`: where the limit's line crosses; its words hang on the side
    (`limit_anchor`) where there is room."""

    y: int
    width: float
    limit_at: float | None
    limit_anchor: str


def bars(values: Iterable[tuple[float | None, float | None]], top: float) -> Sequence[Bar]:
    """(value, limit) of each, on a scale from 0 to `top`; no value: no bar."""
    found = []
    for number, (value, limit) in enumerate(values):
        width = _scaled(value, top, WIDTH) if value is not None else 0.0
        at = _scaled(limit, top, WIDTH) if limit is not None else None
        anchor = "end" if at is not None and at > WIDTH / 2 else "start"
        found.append(Bar(FIRST_BAR + number * BAR_ROW, width, at, anchor))
    return found


def bars_height(count: int) -> int:
    """Of a chart with so many bars."""
    return count * BAR_ROW + 4


def _scaled(value: float, top: float, length: float) -> float:
    return round(min(max(value, 0.0), top) / top * length, 1) if top > 0 else 0.0


# ── the weeks ─────────────────────────────────────────────────────────────────────────────────────────────────────────

TREND_HEIGHT = 176
LEFT, RIGHT, ROOF, FLOOR = 42, 306, 18, 150
"""The plot stands between these; right of it there is room for what a line is called."""
APART = 14


@dataclass(frozen=True, slots=True)
class Point:
    """A week's value; `value` as it is written."""

    x: float
    y: float
    week: date
    value: float


@dataclass(frozen=True, slots=True)
class Course:
    """A line through the weeks, in pieces: it breaks where there was nothing to say and where the measure changed.
    `label_y`: where its name stands, beside its last point."""

    pieces: Sequence[Sequence[Point]]
    label_y: float | None

    @property
    def last(self) -> Point | None:
        return self.pieces[-1][-1] if self.pieces else None


@dataclass(frozen=True, slots=True)
class Given:
    """What a week says of one measure: value, limit and the measure's version."""

    week: date
    value: float | None
    limit: float | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Trend:
    """Courses over the same weeks; `limits`: the dashed line of each, if it has one; `grid`: (y, value)."""

    courses: Sequence[Course]
    limits: Sequence[Sequence[Sequence[Point]]]
    grid: Sequence[tuple[float, float]]
    first: date
    last: date


def trend(series: Sequence[Sequence[Given]], top: float) -> Trend | None:
    """Over the weeks that all series share, on a scale from 0 to `top`; None below two weeks."""
    weeks = [given.week for given in series[0]] if series else []
    if len(weeks) < 2:
        return None
    span = (weeks[-1] - weeks[0]).days

    def place(given: Given, value: float) -> Point:
        x = LEFT + (given.week - weeks[0]).days / span * (RIGHT - LEFT)
        return Point(round(x, 1), _height(value, top), given.week, value)

    def course(givens: Sequence[Given], *, of_limit: bool) -> Sequence[Sequence[Point]]:
        pieces: list[list[Point]] = []
        before: Given | None = None
        for given in givens:
            value = given.limit if of_limit else given.value
            if value is not None:
                goes_on = before is not None and (of_limit or before.version == given.version)
                if not goes_on:
                    pieces.append([])
                pieces[-1].append(place(given, value))
            before = given if value is not None else None
        return pieces

    found = [course(givens, of_limit=False) for givens in series]
    labels = apart([pieces[-1][-1].y if pieces else None for pieces in found])
    return Trend(
        [Course(pieces, label) for pieces, label in zip(found, labels, strict=True)],
        [course(givens, of_limit=True) for givens in series],
        [(_height(part * top, top), part * top) for part in (0, 0.5, 1)],
        weeks[0],
        weeks[-1],
    )


def _height(value: float, top: float) -> float:
    return round(FLOOR - _scaled(value, top, FLOOR - ROOF), 1)


def apart(heights: Sequence[float | None]) -> Sequence[float | None]:
    """The same heights, moved so that no two words stand on each other, in the same order, and within the box."""
    order = sorted((height, number) for number, height in enumerate(heights) if height is not None)
    placed = [height for height, _number in order]
    for one in range(1, len(placed)):
        placed[one] = max(placed[one], placed[one - 1] + APART)
    over = max(0.0, placed[-1] - (TREND_HEIGHT - APART)) if placed else 0.0
    for one in reversed(range(len(placed))):
        most = TREND_HEIGHT - APART if one == len(placed) - 1 else placed[one + 1] - APART
        placed[one] = min(placed[one], most) if over else placed[one]
    found: list[float | None] = [None] * len(heights)
    for (_before, number), height in zip(order, placed, strict=True):
        found[number] = round(height, 1)
    return found


def nice_top(values: Iterable[float], steps: Sequence[float]) -> float:
    """The lowest of these tops of a scale under which all values fit, else the last."""
    highest = max(values, default=0.0)
    return next((step for step in steps if step >= highest), steps[-1])
