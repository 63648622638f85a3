"""The report of a quarter for programs: as JSON, and as CSV with a row for each figure. The same figures as the page.
docs/moderating.md says what stands in them; neither changes without another `format`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from forum.openness.figures import Table
from forum.openness.quarters import Quarter

FORMAT = 1
COLUMNS = ("quarter", "table", "row", "column", "value")


def as_json(quarter: Quarter, tables: Sequence[Table], now: datetime) -> dict[str, Any]:
    """`is_over`: nothing is added to it any more."""
    return {
        "format": FORMAT,
        "quarter": quarter.name,
        "begins": quarter.begins.isoformat(),
        "ends": quarter.ends.isoformat(),
        "is_over": quarter.ends <= now,
        "tables": {
            table.key: {row: dict(zip(table.columns, values, strict=True)) for row, values in table.rows.items()}
            for table in tables
        },
    }


def as_csv(quarter: Quarter, tables: Sequence[Table]) -> str:
    """Whatever there is not is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for table in tables:
        for row, values in table.rows.items():
            for column, value in zip(table.columns, values, strict=True):
                writer.writerow([quarter.name, table.key, row, column, value])
    return out.getvalue()
