"""The figures of this place for its operator: `flask --app app measures`.

The domain measures; archives know which of their posts say nothing about the host. Here they meet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from forum.importers.queries import posts_without_affiliation
from forum.organization.counts import SPAN
from forum.organization.stages import Position, voice_ceiling
from forum.stewardship import queries
from forum.stewardship.figures import Measured
from forum.stewardship.measures import measured
from forum.stewardship.monthly import Row, monthly


@dataclass(frozen=True)
class Report:
    """The measures of a board (or of all, when `board` is empty) over the 28 days before `at`; a board has a stage."""

    board: str
    at: datetime
    measures: Sequence[Measured]
    stands: Position | None


def measures(session: Session, board: str, at: datetime) -> Report:
    """Measure a board, or all of them."""
    boards = queries.public_boards(session, board)
    found = measured(queries.facts(session, boards, at, posts_without_affiliation()))
    return Report(board, at, found, queries.position(session, boards[0], at) if board else None)


def months(session: Session, board: str, at: datetime) -> Sequence[Row]:
    """The months of a board (or of all) until `at`."""
    boards = queries.public_boards(session, board)
    return monthly(queries.written(session, boards, at, posts_without_affiliation()), at)


WIDE, GAP = 100, "  "

# ── saying it ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(report: Report) -> str:
    """One object: the question, then the measures by name. `value` is null where there are too few to say anything."""
    figures: dict[str, Mapping[str, Any]] = {one.measure.name: _plain(one) for one in report.measures}
    stage = None
    if (stands := report.stands) is not None:
        ceiling = _number(voice_ceiling(stands, report.at))
        since = stands.since.isoformat() if stands.since else None
        stage = {"name": stands.stage, "since": since, "voice_ceiling": ceiling}
    asked = {"at": report.at.isoformat(), "days": SPAN.days, "board": report.board or None, "stage": stage}
    return json.dumps(asked | {"measures": figures})


def _plain(one: Measured) -> Mapping[str, Any]:
    measure, figure = one.measure, one.figure
    return {
        "version": measure.version,
        "unit": measure.unit,
        "k": figure.k,
        "n": figure.n,
        "min_n": measure.min_n,
        "raw": _number(figure.value),
        "value": _number(one.published),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def in_words(report: Report) -> str:
    """A line a measure, for a terminal; before them the stage of a board."""
    lines = [(one.measure.name, _said(one)) for one in report.measures]
    if (stands := report.stands) is not None:
        since = f" since {stands.since:%Y-%m-%d}" if stands.since else ""
        ceiling = float(voice_ceiling(stands, report.at))
        lines.insert(0, ("stage", f"{stands.stage}{since}; the ceiling of our voice is {ceiling:.1%}"))
    return "\n".join(f"{name.replace('_', ' '):<28} {said}" for name, said in lines)


def _said(one: Measured) -> str:
    figure, value = one.figure, one.published
    if one.is_too_few:
        return f"too few to say ({figure.k} of {figure.n})"
    if value is None:  # a median that more than half have not reached
        return f"more than half still wait ({figure.k} of {figure.n} heard back)"
    match one.measure.unit:
        case "share":
            return f"{float(value):.1%} ({figure.k} of {figure.n})"
        case "minutes":
            return f"{float(value):.0f} min ({figure.k} of {figure.n} heard back)"
        case "people":
            return f"{value} (of {figure.n} posts)"
        case _:
            return f"{float(value):.3f} ({figure.n} posts by {figure.k} people)"


def as_csv(rows: Sequence[Row]) -> str:
    """With a line of names; empty where there is nothing to divide by."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_table(rows: Sequence[Row]) -> str:
    """The months for a terminal, every column: as many beside one another as fit into `WIDE` characters, the words of
    a name below one another."""
    months, *columns = [_column(name, rows) for name in rows[0]] if rows else [[]]
    tables = [[months]]
    for column in columns:
        if sum(len(cells[0]) + len(GAP) for cells in (*tables[-1], column)) > WIDE:
            tables.append([months])
        tables[-1].append(column)
    return "\n\n".join("\n".join(filter(str.strip, map(GAP.join, zip(*table, strict=True)))) for table in tables)


def _column(name: str, rows: Sequence[Row]) -> list[str]:
    """A column's cells, all of one width."""
    words = name.split("_")
    height = max(len(other.split("_")) for other in rows[0])
    cells = words + [""] * (height - len(words)) + ["–" if row[name] is None else str(row[name]) for row in rows]
    width = max(map(len, cells))
    return [cell.rjust(width) for cell in cells]
