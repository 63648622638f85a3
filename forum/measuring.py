"""The figures of this place for its operator: `flask --app app measures`.

The domain measures; archives know which of their posts say nothing about the host. Here they meet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from forum.importers.queries import posts_without_affiliation
from forum.stewardship import queries
from forum.stewardship.figures import Measured
from forum.stewardship.measures import NOT_YET, measured
from forum.stewardship.monthly import Row, monthly


def measures(session: Session, board: str, at: datetime) -> Sequence[Measured]:
    """Every measure of a board (or of all, when `board` is empty) over the 28 days before `at`."""
    boards = queries.public_boards(session, board)
    return measured(queries.facts(session, boards, at, posts_without_affiliation()))


def months(session: Session, board: str, at: datetime) -> Sequence[Row]:
    """The months of a board (or of all) until `at`."""
    boards = queries.public_boards(session, board)
    return monthly(queries.written(session, boards, at, posts_without_affiliation()), at)


# ── saying it ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(found: Sequence[Measured], board: str, at: datetime) -> str:
    """One object: the question, then the measures by name. `value` is null where there are too few to say anything."""
    figures: dict[str, Mapping[str, Any]] = {one.measure.name: _plain(one) for one in found}
    figures |= {name: {"value": None, "says": "not measured yet"} for name in NOT_YET}
    return json.dumps({"at": at.isoformat(), "days": 28, "board": board or None, "measures": figures})


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


def in_words(found: Sequence[Measured]) -> str:
    """A line a measure, for a terminal."""
    lines = [(one.measure.name, _said(one)) for one in found] + [(name, "not measured yet") for name in NOT_YET]
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
    """The months for a terminal: what one asks first; `--csv` and `--json` have every column."""
    shown = ("period", "topics", "posts", "distinct_posters", "staff_share_of_posts", "unanswered_share")
    lines = [[name.replace("_", " ") for name in shown]]
    lines += [["–" if row[name] is None else str(row[name]) for name in shown] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(shown))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
